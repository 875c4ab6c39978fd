import * as items from '../../../test/support/items';
import { providerUnderTest, testCredential } from '../../../test/support/providers';
import type { JsonObject } from '../../shared/core/values/json';
import { readDelivery } from '../../shared/core/read/read-delivery';
import { retentionOf } from '../../shared/core/remember/retention';
import { provider } from '../provider';

const itemOf = (type: string, payload: JsonObject) => items.itemOf(provider, { type, ...payload });

describe('a signature', () => {
	const SIGNED_WITH = 'whsec_test_6c2f0f6c3a6d4b16';
	const BODY = '{"id":"evt_01","type":"whatsapp.inbound_message.received","apiVersion":"v2"}';
	const SIGNATURE = '4ee5dc4c43b9d27aa16b9e46a59ea8700d0b3b90d9da6139a302aa7a55cbdaa1';
	const SIGNED_AT = 1_700_000_000;

	/** What becomes of a delivery: "items", or the reason why it is rejected. */
	function verdict(
		change: { now?: number; header?: string; body?: string; signedWith?: string } = {},
	): string {
		const { now = SIGNED_AT, header = `t=${SIGNED_AT},s=${SIGNATURE}`, body = BODY } = change;
		const result = readDelivery(
			provider,
			{
				rawBody: Buffer.from(body),
				headers: { 'ycloud-signature': header },
				url: '',
				receivedAt: now * 1000,
			},
			{ webhookSecret: change.signedWith ?? SIGNED_WITH },
		);
		return result.kind === 'rejected' ? result.reason : result.kind;
	}

	// YCloud-Developer-Kit, ycloud-webhook-endpoints, webhook-signature-vectors.tsv; those that are valid
	// are the known answers of the simulator.
	it.each([
		['invalid-wrong-secret', { signedWith: 'whsec_wrong_b7678c2e' }, 'header_mismatch'],
		['invalid-future-timestamp', { now: 1_699_999_699 }, 'timestamp_expired'],
		['invalid-tampered-body', { body: BODY.replace('evt_01', 'evt_02') }, 'header_mismatch'],
		[
			'invalid-json-reserialized',
			{
				body: '{"id":"evt_json","type":"whatsapp.message.updated"}',
				header: 't=1700000000,s=36d04f9f1ed20dcf56af41be4f114135d53ae163fef2d9f6964daa3faf0b0b1e',
			},
			'header_mismatch',
		],
		[
			'invalid-trailing-delimiter',
			{ header: 't=1700000000,s=b8bb058363c7202026937cf1dc107fe813050630980f23093578f9cbb674a5f6' },
			'header_mismatch',
		],
		[
			'invalid-uppercase-signature',
			{ header: `t=1700000000,s=${SIGNATURE.toUpperCase()}` },
			'header_malformed',
		],
	])('is rejected as the vector %s has it', (_, change, reason) => {
		expect(verdict(change)).toBe(reason);
	});

	// A retry may have the time of the first try: the last one comes 5 h 35 min 40 s later, and each may
	// wait for 3 minutes. The vector "invalid-stale-timestamp" has the kit's own choice of 300 seconds.
	it.each([
		['10 s', 10],
		['40 s', 40],
		['5 min 40 s', 340],
		['35 min 40 s', 2_140],
		['1 h 35 min 40 s', 5_740],
		['3 h 35 min 40 s', 12_940],
		['5 h 35 min 40 s', 20_140],
		['that and a pause before each', 20_140 + 7 * 180],
		['7 h', 25_200],
	])('is accepted in a retry after %s', (_, seconds) => {
		expect(verdict({ now: SIGNED_AT + seconds })).toBe('items');
	});

	it('is accepted up to 300 seconds before its time, and not after 7 hours', () => {
		expect(verdict({ now: SIGNED_AT - 300 })).toBe('items');
		expect(verdict({ now: SIGNED_AT + 25_201 })).toBe('timestamp_expired');
	});

	it('is of an event that the node remembers for longer than that', () => {
		const item = itemOf('whatsapp.inbound_message.received', { id: 'evt_1' });

		expect(item.eventId).toBe('ycloud:message.received:evt_1');
		expect(retentionOf(item)).toBeGreaterThan(25_200_000);
	});

	it.each([
		['without a time', `s=${SIGNATURE}`],
		['with an empty time', `t=,s=${SIGNATURE}`],
		['with the time 0', `t=0,s=${SIGNATURE}`],
		['with a time that has a sign', `t=+${SIGNED_AT},s=${SIGNATURE}`],
		['the other way round', `s=${SIGNATURE},t=${SIGNED_AT}`],
		['with a further part', `t=${SIGNED_AT},s=${SIGNATURE},v=1`],
		['bare', SIGNATURE],
	])('is malformed %s', (_, header) => {
		expect(verdict({ header })).toBe('header_malformed');
	});
});

describe('the time of a status', () => {
	const times = {
		sendTime: '2026-06-26T10:00:01.000Z',
		deliverTime: '2026-06-26T10:00:02.000Z',
		readTime: '2026-06-26T10:00:03.000Z',
		updateTime: '2026-06-26T10:00:04.000Z',
	};

	it.each([
		['sent', times.sendTime],
		['delivered', times.deliverTime],
		['read', times.readTime],
		['failed', times.updateTime],
		['accepted', times.updateTime],
	])('%s is the one of that stage', (status, occurredAt) => {
		const whatsappMessage = { status, ...times };

		expect(itemOf('whatsapp.message.updated', { whatsappMessage })).toMatchObject({ occurredAt });
	});

	it('is that of the last change, then that of the event, where the stage has none', () => {
		const { updateTime } = times;
		const createTime = '2026-06-26T10:00:05.000Z';
		const whatsappMessage = { status: 'read' };

		expect(
			itemOf('whatsapp.message.updated', { whatsappMessage: { status: 'read', updateTime } }),
		).toMatchObject({ occurredAt: updateTime });
		expect(itemOf('whatsapp.message.updated', { createTime, whatsappMessage })).toMatchObject({
			occurredAt: createTime,
		});
	});
});

describe('why a message failed', () => {
	it.each<[string, JsonObject, JsonObject]>([
		[
			'in YCloud’s own words',
			{ errorCode: 'INTERNAL_SERVER_ERROR', errorMessage: 'Try again' },
			{ code: 'INTERNAL_SERVER_ERROR', message: 'Try again', details: null },
		],
		[
			'in WhatsApp’s, where YCloud has none',
			{ whatsappApiError: { code: 100, message: 'Invalid parameter' } },
			{ code: '100', message: 'Invalid parameter', details: null },
		],
		[
			'in both, each once',
			{
				errorCode: '100',
				errorMessage: 'Parameter Invalid',
				whatsappApiError: {
					code: '100',
					message: '(#100) Invalid parameter',
					error_user_title: 'Not sent',
					error_user_msg: 'The template does not exist.',
					error_data: 'name',
				},
			},
			{
				code: '100',
				message: 'Parameter Invalid',
				details: '(#100) Invalid parameter; Not sent; The template does not exist.; name',
			},
		],
		['nowhere', {}, { code: 'unknown', message: 'YCloud gave no reason', details: null }],
	])('is said %s', (_, fields, error) => {
		const whatsappMessage = { status: 'failed', ...fields };

		expect(itemOf('whatsapp.message.updated', { whatsappMessage })).toMatchObject({
			event: 'message.failed',
			error: { ...error, help: null },
		});
	});
});

describe('who a message is to', () => {
	it.each<[JsonObject, JsonObject]>([
		[
			{ to: '919876543210', recipientUserId: 'IN.1' },
			{ to: '+919876543210', contact: { id: 'IN.1' } },
		],
		[{ recipientUserId: 'IN.1' }, { to: 'IN.1', contact: { phone: null, id: 'IN.1' } }],
		[{ toUserId: 'IN.1' }, { to: 'IN.1', contact: { phone: null, id: 'IN.1' } }],
		[{ recipient: 'IN.ENT.1' }, { to: 'IN.ENT.1', contact: { phone: null, id: null } }],
	])('%j', (fields, expected) => {
		const whatsappMessage = { status: 'sent', ...fields };

		expect(itemOf('whatsapp.message.updated', { whatsappMessage })).toMatchObject(expected);
	});
});

it('knows a message by WhatsApp’s id, by YCloud’s own before there is one', () => {
	for (const [ids, messageId] of [
		[{ id: '6a3e', wamid: 'wamid.1' }, 'wamid.1'],
		[{ id: '6a3e' }, '6a3e'],
	] as const) {
		expect(
			itemOf('whatsapp.message.updated', { whatsappMessage: { ...ids, status: 'sent' } }),
		).toMatchObject({ messageId, eventId: `ycloud:message.sent:${messageId}:sent` });
		expect(
			itemOf('whatsapp.inbound_message.received', {
				whatsappInboundMessage: { ...ids, text: { body: 'Hi' } },
			}),
		).toMatchObject({ messageId, eventId: `ycloud:message.received:${messageId}` });
	}
});

it('keeps an echo without an id of its event apart from the status of the same message', () => {
	const whatsappMessage = { wamid: 'wamid.1', status: 'sent', text: { body: 'Hi' } };

	expect(itemOf('whatsapp.smb.message.echoes', { whatsappMessage })).toMatchObject({
		eventId: 'ycloud:message.echo:wamid.1',
	});
});

it.each([
	['whatsapp.inbound_message.received', 'whatsappInboundMessage', 'message.received'],
	['whatsapp.group.inbound_message.received', 'whatsappInboundMessage', 'message.received'],
	['whatsapp.message.updated', 'whatsappMessage', 'message.read'],
	['whatsapp.group.message.updated', 'whatsappMessage', 'message.read'],
	['whatsapp.echo_message.updated', 'whatsappMessage', 'message.read'],
	['whatsapp.smb.message.updated', 'whatsappMessage', 'message.read'],
	['whatsapp.smb.message.echoes', 'whatsappMessage', 'message.echo'],
	['whatsapp.smb.message.created', 'whatsappMessage', 'message.echo'],
	['whatsapp.echo_message.created', 'whatsappMessage', 'message.echo'],
	['whatsapp.message.deleted', 'whatsappMessage', 'other'],
])('takes %s with its %s for %s', (type, name, event) => {
	const message = { wamid: 'wamid.1', status: 'read', type: 'text', text: { body: 'Hi' } };

	expect(itemOf(type, { [name]: message })).toMatchObject({ event, providerEvent: type });
});

it.each([
	[{ unsupported: { type: 'poll_creation' } }, 'unknown', 'poll_creation'],
	[{ unsupported: { raw_type: 'edit', type: 'unknown' } }, 'unknown', 'edit'],
	[{ errors: [{ code: 131051, error_data: { details: 'No.' } }] }, '131051', 'No.'],
	[
		{ errors: [{ code: 131051, error_data: { details: 'No.' } }], unsupported: { type: 'poll' } },
		'131051',
		'No.; poll',
	],
	[{}, 'unknown', null],
])('says why a message is not shown: %j', (fields, code, details) => {
	for (const type of ['unsupported', 'unknown']) {
		const whatsappInboundMessage = { type, ...fields };

		expect(itemOf('whatsapp.inbound_message.received', { whatsappInboundMessage })).toMatchObject({
			event: 'message.received',
			error: { code, details },
		});
	}
});

it('does not take the author of a note for the customer', () => {
	const contactNote = { username: 'support', phoneNumber: null, content: 'Call back' };

	expect(itemOf('contact.note.created', { contactNote })).toMatchObject({
		event: 'contact.updated',
		text: 'Call back',
		contact: { phone: null, name: null, id: null },
	});
});

it.each([
	['a secret as YCloud makes it', 'whsec_abc4147651944f02baf3be1eb45d33f1', null],
	['one without its prefix', 'abc4147651944f02baf3be1eb45d33f1', /whsec_/],
	['one with a line break behind it', 'whsec_abc4147651944f02baf3be1eb45d33f1\n', /whitespace/],
	['nothing', '', /Developers → Webhook/],
])('tells of %s in the test of the credential', async (_, webhookSecret, problem) => {
	const result = await testCredential(providerUnderTest('ycloud'), {}, { webhookSecret });

	expect(result).toMatchObject(
		problem === null
			? { status: 'OK' }
			: { status: 'Error', message: expect.stringMatching(problem) as string },
	);
});
