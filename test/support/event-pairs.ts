import type { JsonObject } from '../../nodes/shared/core/json';

/**
 * Two deliveries of one provider, and whether they tell of one event or of two. Bodies are text, as
 * they come in: the order of keys and the digits of large numbers matter.
 */
export interface EventPair {
	name: string;
	provider: 'chakrahq' | 'chatmitra' | 'chirp' | 'pingmate';
	first: string;
	second: string;
	events: 1 | 2;
}

type Pair = [name: string, first: JsonObject | string, second: JsonObject | string];

function pairs(provider: EventPair['provider'], events: 1 | 2, list: Pair[]): EventPair[] {
	const text = (body: JsonObject | string) =>
		typeof body === 'string' ? body : JSON.stringify(body);
	return list.map(([name, first, second]) => ({
		name,
		provider,
		first: text(first),
		second: text(second),
		events,
	}));
}

const CUSTOMER = '919911223344';
const OTHER_CUSTOMER = '919911223355';
const AT = '1756322278';
const LATER = '1756322300';
const METADATA = { display_phone_number: '917259775805', phone_number_id: '694794789348887' };

/** A change in Meta's format. */
function change(field: string, value: JsonObject, entry: JsonObject = {}): JsonObject {
	const change = { field, value: { metadata: METADATA, ...value } };
	return {
		object: 'whatsapp_business_account',
		entry: [{ id: '83784929738012', ...entry, changes: [change] }],
	};
}

const status = (fields: JsonObject) =>
	change('messages', {
		statuses: [{ id: 'wamid.A', timestamp: AT, recipient_id: CUSTOMER, ...fields }],
	});

const inGroup = (fields: JsonObject) =>
	status({ status: 'read', recipient_id: 'group-1', recipient_type: 'group', ...fields });

const message = (fields: JsonObject) =>
	change('messages', { messages: [{ id: 'wamid.A', from: CUSTOMER, timestamp: AT, ...fields }] });

const failed = (code?: number) =>
	status({ status: 'failed', ...(code === undefined ? {} : { errors: [{ code }] }) });

const payment = (fields: JsonObject, payment: JsonObject) =>
	status({ id: 'order-7', type: 'payment', ...fields, payment: { reference_id: '7', ...payment } });

/** An event in ChakraHQ's own format. */
const own = (event: string, payload: JsonObject) => ({ event, payload });

const ownStatus = (fields: JsonObject) =>
	own('deliveryStatus', {
		externalId: 'wamid.A',
		timestamp: 1756322278000,
		recipientId: CUSTOMER,
		...fields,
	});

const ownGroup = { deliveryStatus: 'READ', recipientType: 'group' };

const text = { type: 'text', text: { body: 'Hi' } };

const CHAKRAHQ_PAIRS = [
	...pairs('chakrahq', 2, [
		[
			'two participants of a group, known by their user ids, read one message',
			inGroup({ recipient_participant_user_id: 'IN.111' }),
			inGroup({ recipient_participant_user_id: 'IN.222' }),
		],
		[
			'two participants under the other name that Meta prints read one message',
			inGroup({ participant_recipient_user_id: 'IN.111' }),
			inGroup({ participant_recipient_user_id: 'IN.222' }),
		],
		[
			'a participant with a phone number and one with a user id read one message',
			inGroup({ recipient_participant_id: CUSTOMER }),
			inGroup({ recipient_participant_user_id: 'IN.222' }),
		],
		[
			'two participants of a group fail with one error',
			inGroup({
				status: 'failed',
				recipient_participant_user_id: 'IN.111',
				errors: [{ code: 131026 }],
			}),
			inGroup({
				status: 'failed',
				recipient_participant_user_id: 'IN.222',
				errors: [{ code: 131026 }],
			}),
		],
		[
			'two participants of a group read one message, in the own format',
			ownStatus({ ...ownGroup, recipientId: CUSTOMER }),
			ownStatus({ ...ownGroup, recipientId: OTHER_CUSTOMER }),
		],
		[
			'a payment is captured, and later refunded under the same status',
			payment({ status: 'captured' }, { transaction: { id: 'txn-1' }, refunds: null }),
			payment(
				{ status: 'captured', timestamp: LATER },
				{ transaction: { id: 'txn-1' }, refunds: [{ id: 'rfnd-1' }] },
			),
		],
		[
			'a second attempt to pay fails like the first',
			payment({ status: 'failed' }, { transaction: { id: 'txn-1' } }),
			payment({ status: 'failed' }, { transaction: { id: 'txn-2' } }),
		],
		[
			'a second attempt to pay is pending like the first',
			payment({ status: 'pending' }, { transaction: { id: 'txn-1' } }),
			payment({ status: 'pending' }, { transaction: { id: 'txn-2' } }),
		],
		[
			'a call rings twice under one id',
			status({ type: 'call', status: 'RINGING' }),
			status({ type: 'call', status: 'RINGING', timestamp: LATER }),
		],
		[
			'a message has two warnings',
			status({ status: 'warning', errors: [{ code: 1 }] }),
			status({ status: 'warning', errors: [{ code: 2 }] }),
		],
		[
			'a message is deleted twice',
			status({ status: 'deleted' }),
			status({ status: 'deleted', timestamp: LATER }),
		],
		[
			'a status without a name comes for two recipients',
			status({}),
			status({ recipient_id: OTHER_CUSTOMER }),
		],
		[
			'an unknown deliveryStatus of the own format comes twice',
			ownStatus({ deliveryStatus: 'HELD' }),
			ownStatus({ deliveryStatus: 'HELD', timestamp: 1756322300000 }),
		],
		['a message sent again fails with another error', failed(131026), failed(131047)],
		['a message fails without a reason, then with one', failed(), failed(131026)],
		['a message fails with a reason, then without one', failed(131026), failed()],
		[
			'the own format tells of a failure without a reason, then the pass-through why',
			ownStatus({ deliveryStatus: 'FAILED' }),
			failed(131026),
		],
		[
			'the pass-through tells why a message failed, then the own format that it did',
			failed(131026),
			ownStatus({ deliveryStatus: 'FAILED' }),
		],
		[
			'WhatsApp cannot show a message, then does',
			message({ type: 'unsupported', errors: [{ code: 131051 }] }),
			message(text),
		],
		[
			'the ids of two people’s messages are numbers that parsing makes one',
			JSON.stringify(message({ ...text, id: 0 })).replace('"id":0', '"id":9007199254740993'),
			JSON.stringify(message({ ...text, id: 0, from: OTHER_CUSTOMER })).replace(
				'"id":0',
				'"id":9007199254740992',
			),
		],
		[
			'one account change comes a second after another, in the same words',
			change('account_update', { event: 'DISABLED_UPDATE' }, { time: 1756322278 }),
			change('account_update', { event: 'DISABLED_UPDATE' }, { time: 1756322279 }),
		],
		[
			'an event of the own format that is not known happens again later',
			own('leadCreated', { id: '1', timestamp: 1756322278 }),
			own('leadCreated', { id: '1', timestamp: 1756322300 }),
		],
	]),
	...pairs('chakrahq', 1, [
		['a message', message(text), message(text)],
		[
			'a participant’s status',
			inGroup({ recipient_participant_user_id: 'IN.111' }),
			inGroup({ recipient_participant_user_id: 'IN.111' }),
		],
		[
			'a refund',
			payment({ status: 'captured' }, { refunds: [{ id: 'rfnd-1' }] }),
			payment({ status: 'captured' }, { refunds: [{ id: 'rfnd-1' }] }),
		],
		['a failure without a reason', failed(), failed()],
		['a failure with a reason', failed(131026), failed(131026)],
		[
			'a template’s change, its keys in another order',
			'{"entry":[{"id":"1","time":5,"changes":[{"field":"template_x","value":{"a":1,"b":{"c":2,"d":[3]}}}]}]}',
			'{"entry":[{"changes":[{"value":{"b":{"d":[3],"c":2},"a":1},"field":"template_x"}],"time":5,"id":"1"}]}',
		],
		[
			'an event that is not known, its keys in another order and with white space',
			'{"event":"leadCreated","payload":{"id":"1","name":"x"}}',
			'{ "payload": { "name": "x", "id": "1" }, "event": "leadCreated" }',
		],
		[
			'a message through both webhooks',
			message(text),
			own('message', { messageId: 'wamid.A', message: { id: 'wamid.A', from: CUSTOMER, ...text } }),
		],
		[
			'a message in Meta’s body within the own format, and through the pass-through',
			own('message', message(text)),
			message(text),
		],
		[
			'a message that WhatsApp cannot show through both webhooks',
			message({ type: 'unsupported', errors: [{ code: 131051 }] }),
			own('message', { message: { id: 'wamid.A', from: CUSTOMER, type: 'unsupported' } }),
		],
		[
			'a status through both webhooks',
			ownStatus({ deliveryStatus: 'READ' }),
			status({ status: 'read' }),
		],
		[
			'a status in Meta’s list within the own format, and through the pass-through',
			own('status', { statuses: [{ id: 'wamid.A', status: 'read', timestamp: AT }] }),
			status({ status: 'read' }),
		],
		[
			'a status with Meta’s recipient_id in the own format, and through the pass-through',
			own('status', { id: 'wamid.A', status: 'read', recipient_id: CUSTOMER, timestamp: AT }),
			status({ status: 'read' }),
		],
		[
			'a failure with one reason through both webhooks',
			ownStatus({ deliveryStatus: 'FAILED', errors: [{ code: 131026 }] }),
			failed(131026),
		],
		[
			'a participant’s status through both webhooks',
			ownStatus({ ...ownGroup, recipientId: CUSTOMER }),
			inGroup({ recipient_participant_id: CUSTOMER }),
		],
		[
			'a message of the phone app through both webhooks',
			own('smb_message_echo', { message: { id: 'wamid.A', to: CUSTOMER, ...text } }),
			change('smb_message_echoes', {
				message_echoes: [{ id: 'wamid.A', to: CUSTOMER, timestamp: AT, ...text }],
			}),
		],
	]),
];

const chatMitra = (event: string, fields: JsonObject) => ({
	event,
	message_id: 'm1',
	timestamp: 1785329060,
	...fields,
});

const told = {
	direction: 'outbound',
	from: '919888888888',
	to: '919999999999',
	message: { type: 'text', text: 'Your package is ready' },
};

const bare = (status: string, fields: JsonObject = {}) =>
	chatMitra('message.status.updated', { status, ...fields });

const chatMitraFailed = chatMitra('message.failed', { ...told, fail_reason: 'rate_limited' });

const CHATMITRA_PAIRS = [
	...pairs('chatmitra', 2, [
		['a bare "sent" comes before the sent message', bare('sent'), chatMitra('message.sent', told)],
		['a bare "sent" comes after the sent message', chatMitra('message.sent', told), bare('sent')],
		['a bare "failed" comes before the failed message', bare('failed'), chatMitraFailed],
		['a bare "failed" comes after the failed message', chatMitraFailed, bare('failed')],
		[
			'a bare "failed" with a reason comes before the failed message',
			bare('failed', { fail_reason: 'rate_limited' }),
			chatMitraFailed,
		],
		[
			'a bare "failed" comes without a reason, then with one',
			bare('failed'),
			bare('failed', { fail_reason: 'rate_limited' }),
		],
		[
			'a status that is not known comes twice',
			bare('expired'),
			bare('expired', { timestamp: 1785329061 }),
		],
		[
			'an event that is not known happens to one message twice',
			chatMitra('message.clicked', {}),
			chatMitra('message.clicked', { timestamp: 1785329061 }),
		],
		[
			'a message without an id fails again a second later',
			{ ...chatMitraFailed, message_id: null },
			{ ...chatMitraFailed, message_id: null, timestamp: 1785329061 },
		],
		[
			'the ids of two people’s messages are numbers that parsing makes one',
			'{"event":"message.received","message_id":9007199254740993,"from":"919999999999"}',
			'{"event":"message.received","message_id":9007199254740992,"from":"919999999998"}',
		],
	]),
	...pairs('chatmitra', 1, [
		['a sent message', chatMitra('message.sent', told), chatMitra('message.sent', told)],
		['a bare "sent"', bare('sent'), bare('sent', { timestamp: 1785329090 })],
		['a failed message', chatMitraFailed, chatMitraFailed],
		[
			'a failed message without an id',
			{ ...chatMitraFailed, message_id: null, timestamp: 1785329100 },
			{ ...chatMitraFailed, message_id: null, timestamp: 1785329100 },
		],
		['a bare "failed"', bare('failed'), bare('failed')],
	]),
];

const chirp = (event: string, message: JsonObject, fields: JsonObject = {}) => ({
	event,
	timestamp: '2026-01-15T12:00:00.000Z',
	data: { message: { id: 'msg_wa_1', ...message } },
	...fields,
});

const STAGES = ['edited', 'reaction', 'updated', 'clicked'];

const chirpFailed = (code?: string) =>
	chirp('messages.whatsapp.failed', { ...(code === undefined ? {} : { error: { code } }) });

const CHIRP_PAIRS = [
	...pairs('chirp', 2, [
		...STAGES.map((stage): Pair => [
			`messages.whatsapp.${stage} comes for one message again later`,
			chirp(`messages.whatsapp.${stage}`, {}),
			chirp(`messages.whatsapp.${stage}`, {}, { timestamp: '2026-01-15T12:00:09.000Z' }),
		]),
		[
			'a message is edited a second time, in payloads without a time',
			{ event: 'messages.whatsapp.edited', data: { id: 'msg_wa_1', text: 'better' } },
			{ event: 'messages.whatsapp.edited', data: { id: 'msg_wa_1', text: 'best' } },
		],
		[
			'a message sent again fails with another error',
			chirpFailed('message_undeliverable'),
			chirpFailed('account_restricted'),
		],
		[
			'a message fails without a reason, then with one',
			chirpFailed(),
			chirpFailed('account_restricted'),
		],
		[
			'a message fails with a reason, then without one',
			chirpFailed('account_restricted'),
			chirpFailed(),
		],
		[
			'an account is connected again later',
			{ event: 'whatsapp.account.connected', timestamp: '2026-01-15T12:00:00Z', data: {} },
			{ event: 'whatsapp.account.connected', timestamp: '2026-01-15T13:00:00Z', data: {} },
		],
		[
			'the ids of two people’s messages are numbers that parsing makes one',
			'{"event":"messages.whatsapp.received","data":{"id":9007199254740993,"from":"+15551234567"}}',
			'{"event":"messages.whatsapp.received","data":{"id":9007199254740992,"from":"+15551234568"}}',
		],
	]),
	...pairs('chirp', 1, [
		[
			'an edited message, its keys in another order',
			'{"event":"messages.whatsapp.edited","data":{"id":"msg_wa_1","text":"better"}}',
			'{"data":{"text":"better","id":"msg_wa_1"},"event":"messages.whatsapp.edited"}',
		],
		[
			'a failure with a reason',
			chirpFailed('account_restricted'),
			chirpFailed('account_restricted'),
		],
		[
			'a received message, the time of sending another',
			chirp('messages.whatsapp.received', { text: 'Hi' }),
			chirp(
				'messages.whatsapp.received',
				{ text: 'Hi' },
				{ timestamp: '2026-01-15T12:00:05.000Z', attempt: 2 },
			),
		],
	]),
];

const report = (fields: JsonObject) => ({
	type: 'message.report',
	created_at: 1778676500,
	data: { object: { wamid: 'wamid.1', ...fields } },
});

const PINGMATE_PAIRS = [
	...pairs('pingmate', 2, [
		[
			'a status that is not known comes twice, without ids of its events',
			report({ status: 'HELD', reported_at: '2026-05-13T12:54:54Z' }),
			report({ status: 'HELD', reported_at: '2026-05-13T12:55:54Z' }),
		],
		[
			'a message fails without a reason, then with one, without ids of its events',
			report({ status: 'FAILED' }),
			report({ status: 'FAILED', error_code: 131026 }),
		],
		[
			'the ids of two events are numbers that parsing makes one',
			'{"id":9007199254740993,"type":"message.incoming","data":{"object":{"from":"919876543210"}}}',
			'{"id":9007199254740992,"type":"message.incoming","data":{"object":{"from":"919876543211"}}}',
		],
		[
			'one message has two events of their own ids',
			{ id: 'evt_1', ...report({ status: 'READ' }) },
			{ id: 'evt_2', ...report({ status: 'READ' }) },
		],
	]),
	...pairs('pingmate', 1, [
		[
			'an event with an id of its own',
			{ id: 'evt_1', ...report({ status: 'READ' }) },
			{ id: 'evt_1', ...report({ status: 'READ' }), attempt: 2 },
		],
		['a report without an id of its own', report({ status: 'READ' }), report({ status: 'READ' })],
	]),
];

/** Pairs of deliveries that were once taken for each other, or might be. */
export const EVENT_PAIRS: readonly EventPair[] = [
	...CHAKRAHQ_PAIRS,
	...CHATMITRA_PAIRS,
	...CHIRP_PAIRS,
	...PINGMATE_PAIRS,
];

/** Deliveries that say neither which event they are nor when it happened. */
export const TIMELESS: readonly { name: string; provider: EventPair['provider']; body: string }[] =
	[
		...timeless('chakrahq', [
			['a change that holds errors only', change('messages', { errors: [{ code: 130429 }] })],
			[
				'history that was declined',
				change('history', { history: [{ errors: [{ code: 2593109 }] }] }),
			],
			['an account’s change whose relay leaves out its time', change('account_update', {})],
			['a template’s change without a time', change('template_x', { event: 'PAUSED' })],
			['a field that is not known', change('field_x', {})],
			['an entry without changes', { entry: [{ id: '1' }] }],
			['a list that is empty', change('messages', { messages: [] })],
			['a message without id and time', change('messages', { messages: [text] })],
			['an unknown event of the own format', own('leadCreated', { id: '1' })],
			['a body that is not known at all', { hello: 'world' }],
		]),
		...timeless('chatmitra', [
			['an event that is not known', { event: 'contact.created' }],
			['one that is not known, of a message', { event: 'message.clicked', message_id: 'm1' }],
		]),
		...timeless('chirp', [
			['a connected account', { event: 'whatsapp.account.connected', data: { id: 'a' } }],
			[
				'a connected account that says when it was created',
				{ event: 'whatsapp.account.connected', data: { createdAt: '2024-01-15T12:00:00Z' } },
			],
			[
				'a number’s quality',
				{ event: 'phone_numbers.whatsapp.quality_changed', data: { quality: 'RED' } },
			],
			['a contact', { event: 'contacts.whatsapp.updated', data: { name: 'A' } }],
			['a template', { event: 'templates.whatsapp.updated', data: { status: 'PAUSED' } }],
			[
				'a click on a message that says when it was created',
				{
					event: 'messages.whatsapp.clicked',
					data: { id: 'm1', createdAt: '2024-01-15T12:00:00Z' },
				},
			],
		]),
		...timeless('pingmate', [
			['an event without an id and a time', { type: 'template.reviewed', data: {} }],
		]),
	];

function timeless(provider: EventPair['provider'], list: [name: string, body: JsonObject][]) {
	return list.map(([name, body]) => ({ name, provider, body: JSON.stringify(body) }));
}
