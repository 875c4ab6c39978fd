import fc from 'fast-check';
import { firstTimeOf, timeOf } from '../../nodes/shared/core/values/time';

const NOON = '2026-01-15T12:00:00.000Z';

describe('timeOf', () => {
	it.each([
		['seconds', 1_768_478_400, NOON],
		['seconds as text', '1768478400', NOON],
		['seconds with a fraction', 1_768_478_400.25, '2026-01-15T12:00:00.250Z'],
		['milliseconds', 1_768_478_400_000, NOON],
		['milliseconds as text', ' 1768478400000 ', NOON],
		['the first number that counts milliseconds', 100_000_000_000, '1973-03-03T09:46:40.000Z'],
		['the last number that counts seconds', 99_999_999_999, '5138-11-16T09:46:39.000Z'],
		['ISO text', '2026-01-15T12:00:00Z', NOON],
		['ISO text with an offset', '2026-01-15T17:30:00+05:30', NOON],
		['ISO text with an offset without a colon', '2026-01-15T17:30:00.000+0530', NOON],
		['ISO text with microseconds', '2026-01-15T12:00:00.123456Z', '2026-01-15T12:00:00.123Z'],
		['ISO text without seconds', '2026-01-15T12:00Z', NOON],
		['ISO text with a space', '2026-01-15 12:00:00Z', NOON],
		['ISO text with a space and no zone', '2026-01-15 12:00:00', NOON],
		['ISO text without a zone, which counts as UTC', '2026-01-15T12:00:00', NOON],
		['microseconds, which no provider sends', 1_768_478_400_000_000, null],
		['zero', 0, null],
		['a negative number', -5, null],
		['a number past the end of time', 9e15, null],
		['the last millisecond of four-digit years', 253_402_300_799_999, '9999-12-31T23:59:59.999Z'],
		['the first millisecond after it', 253_402_300_800_000, null],
		['not a number', NaN, null],
		['a date that does not exist', '2026-13-45T12:00:00Z', null],
		['prose', 'yesterday at noon', null],
		['nothing', '', null],
		['null', null, null],
		['an object', { seconds: 5 }, null],
	])('reads %s', (_, value, expected) => {
		expect(timeOf(value)).toBe(expected);
	});
});

describe('firstTimeOf', () => {
	it('passes over what is not a time', () => {
		expect(firstTimeOf(undefined, 'soon', '1768478400', 5)).toBe(NOON);
		expect(firstTimeOf(null, 'soon')).toBeNull();
	});
});

it('writes every time as JavaScript does, in whatever order the days come', () => {
	// From the first number that counts milliseconds to the last millisecond of the year 9999.
	const milliseconds = fc.integer({ min: 100_000_000_000, max: 253_402_300_799_999 });
	fc.assert(
		fc.property(fc.array(milliseconds, { minLength: 1 }), (times) => {
			expect(times.map(timeOf)).toEqual(times.map((time) => new Date(time).toISOString()));
		}),
	);
	expect(timeOf(1)).toBe('1970-01-01T00:00:01.000Z');
	expect(timeOf(253_402_300_799_999)).toBe('9999-12-31T23:59:59.999Z');
});
