import { addressOf, phoneOf } from '../../nodes/shared/core/values/phone';

describe('phoneOf', () => {
	it.each([
		['919999999999', '+919999999999'],
		['+919999999999', '+919999999999'],
		[919999999999, '+919999999999'],
		['whatsapp:+91 (99) 999-99999', '+919999999999'],
		['+91 [99] 99999999', '+919999999999'],
		['1234567', '+1234567'],
		['123456789012345', '+123456789012345'],
		['123456', null],
		['1234567890123456', null],
		['US.13491208655302741918', null],
		['++919999999999', null],
		['91whatsapp:9999999999', null],
		['', null],
		[null, null],
		[{ phone: '919999999999' }, null],
	])('reads %p as %p', (value, expected) => {
		expect(phoneOf(value)).toBe(expected);
	});
});

describe('addressOf', () => {
	it('gives what is not a phone number as it is', () => {
		expect(addressOf('US.13491208655302741918')).toBe('US.13491208655302741918');
		expect(addressOf('12345')).toBe('12345');
		expect(addressOf(' +91 99999 99999')).toBe('+919999999999');
		expect(addressOf(undefined)).toBeNull();
	});
});
