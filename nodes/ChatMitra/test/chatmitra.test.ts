import * as items from '../../../test/support/items';
import { providerUnderTest, testCredential } from '../../../test/support/providers';
import type { JsonObject } from '../../shared/core/values/json';
import { provider } from '../provider';

const itemOf = (event: string, body: JsonObject) => items.itemOf(provider, { event, ...body });

describe('why a message failed', () => {
	it.each([
		['invalid_phone_number', /doesn't exist/, /country code/],
		['insufficient_credits', /enough credits/, /Add credits/],
		['template_not_approved', /pending approval/, /approval/],
		['rate_limited', /Too many requests/, /fewer messages/],
	])(
		'%s has, as fail_reason, the meaning that the guide gives it, and advice',
		(reason, message, help) => {
			expect(itemOf('message.failed', { fail_reason: reason }).error).toEqual({
				code: reason,
				message: expect.stringMatching(message) as string,
				details: null,
				help: expect.stringMatching(help) as string,
			});
		},
	);

	it.each(['fail_reason', 'failure_reason', 'reason', 'error'])('is read from %s', (name) => {
		expect(itemOf('message.failed', { [name]: 'blocked' }).error).toEqual({
			code: 'blocked',
			message: 'blocked',
			details: null,
			help: null,
		});
	});

	it('is unknown where ChatMitra says nothing', () => {
		expect(itemOf('message.status.updated', { status: 'FAILED' }).error).toEqual({
			code: 'unknown',
			message: 'ChatMitra gave no reason',
			details: null,
			help: null,
		});
	});
});

describe('who wrote to whom', () => {
	it.each(['to', 'recipient', 'recipient_mobile_number', 'wa_id'])(
		'is the customer in %s of a sent message',
		(name) => {
			expect(
				itemOf('message.sent', { from: '919888888888', [name]: '919999999999' }),
			).toMatchObject({
				direction: 'outbound',
				from: '+919888888888',
				to: '+919999999999',
				contact: { phone: '+919999999999', name: null, id: null },
				business: { phone: '+919888888888', phoneNumberId: null, accountId: null },
			});
		},
	);

	it('is no more than the numbers where the direction is not known', () => {
		const item = itemOf('message.moved', {
			direction: 'sideways',
			from: '919999999999',
			to: '919888888888',
			name: 'Asha Rao',
		});

		expect(item).toMatchObject({
			event: 'other',
			direction: null,
			from: '+919999999999',
			to: '+919888888888',
			contact: { phone: null, name: null, id: null },
			business: { phone: null },
		});
	});

	it.each([
		['inbound', 'other', 'inbound', '+919999999999'],
		['outbound', 'other', 'outbound', '+919888888888'],
		[undefined, 'message.received', 'inbound', '+919999999999'],
		['sideways', 'message.received', 'inbound', '+919999999999'],
	])('is told by the direction %s, else by the event %s', (given, event, direction, phone) => {
		expect(
			itemOf(event, { direction: given, from: '919999999999', to: '919888888888' }),
		).toMatchObject({ direction, contact: { phone } });
	});

	it('does not take the customer’s own number for the one that was written to', () => {
		expect(
			itemOf('message.received', { from: '919999999999', wa_id: '919999999999' }),
		).toMatchObject({ from: '+919999999999', to: null, business: { phone: null } });
	});

	it.each([
		['name', { name: 'Asha Rao' }],
		['profile_name', { profile_name: 'Asha Rao' }],
		['customer_name', { customer_name: 'Asha Rao' }],
		['contact', { contact: { name: 'Asha Rao' } }],
		['customer', { customer: { name: 'Asha Rao' } }],
	])('has the name that stands in %s', (_, body) => {
		expect(itemOf('message.received', body)).toMatchObject({ contact: { name: 'Asha Rao' } });
	});
});

describe('the status', () => {
	it.each([
		['message.sent', {}, 'message.sent', 'sent'],
		['message.failed', {}, 'message.failed', 'failed'],
		['message.failed', { status: 'undelivered' }, 'message.failed', 'failed'],
		['message.status.updated', { status: 'Delivered' }, 'message.delivered', 'delivered'],
		['message.status.updated', {}, 'other', null],
		['message.received', {}, 'message.received', null],
	])('of the event %s with %j makes it %s, %s', (name, body, event, status) => {
		expect(itemOf(name, body)).toMatchObject({ event, status });
	});
});

describe('an event’s id', () => {
	it.each([
		['message.received', { message: { text: 'Hi' } }, 'chatmitra:message.received:m1'],
		[
			'message.received',
			{ status: 'received', message: { text: 'Hi' } },
			'chatmitra:message.received:m1',
		],
		['message.sent', {}, 'chatmitra:message.sent:m1'],
		['message.failed', { fail_reason: 'rate_limited' }, 'chatmitra:message.failed:m1'],
		['message.status.updated', { status: 'sent' }, 'chatmitra:message.sent:m1:sent'],
		['message.status.updated', { status: 'read' }, 'chatmitra:message.read:m1:read'],
		['message.status.updated', { status: 'failed' }, 'chatmitra:message.failed:m1:failed'],
		[
			'message.status.updated',
			{ status: 'failed', fail_reason: 'rate_limited' },
			'chatmitra:message.failed:m1:failed:rate_limited',
		],
	])('of %s with %j is %s', (name, body, eventId) => {
		expect(itemOf(name, { message_id: 'm1', ...body })).toMatchObject({ messageId: 'm1', eventId });
	});

	it.each([
		['message.received', {}],
		['message.read', { message_id: 'm1', status: 'read' }],
		['message.status.updated', { message_id: 'm1' }],
		['message.status.updated', { message_id: 'm1', status: 'expired' }],
		['message.failed', { message_id: null }],
	])(
		'of %s with %j is its content’s, where a message may have several or has no id',
		(name, body) => {
			expect(itemOf(name, body).eventId).toMatch(/:sha256:[0-9a-f]{32}$/);
		},
	);
});

it('takes an event without a name for another', () => {
	for (const event of [null, 7, '']) {
		expect(items.itemOf(provider, { event })).toMatchObject({
			event: 'other',
			providerEvent: 'unknown',
		});
	}
});

describe('the test of a credential', () => {
	const test = async (webhookSecret: string) =>
		await testCredential(providerUnderTest('chatmitra'), {}, { webhookSecret });
	const digest = '7246ce1cc3552cded771812a15581ca0c65daa64b6a257599057c873c5b7db89';

	it('takes no signature for a secret', async () => {
		expect(await test(digest)).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('looks like a signature') as string,
		});
	});

	it('finds white space inside a secret, which ChatMitra makes without', async () => {
		expect(await test('abc def')).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('contains whitespace') as string,
		});
	});

	it('asks for no prefix, since none is documented', async () => {
		expect(await test('abc')).toMatchObject({ status: 'OK' });
	});
});
