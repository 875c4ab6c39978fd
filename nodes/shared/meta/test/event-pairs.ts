import type { JsonObject } from '../../core/values/json';
import type { EventPairs } from '../../../../test/support/event-pairs';

export const CUSTOMER = '919911223344';
export const OTHER_CUSTOMER = '919911223355';
export const AT = '1756322278';
const LATER = '1756322300';
export const METADATA = {
	display_phone_number: '917259775805',
	phone_number_id: '694794789348887',
};

/** A change in Meta's format. */
export function change(field: string, value: JsonObject, entry: JsonObject = {}): JsonObject {
	const change = { field, value: { metadata: METADATA, ...value } };
	return {
		object: 'whatsapp_business_account',
		entry: [{ id: '83784929738012', ...entry, changes: [change] }],
	};
}

export const status = (fields: JsonObject) =>
	change('messages', {
		statuses: [{ id: 'wamid.A', timestamp: AT, recipient_id: CUSTOMER, ...fields }],
	});

export const inGroup = (fields: JsonObject) =>
	status({ status: 'read', recipient_id: 'group-1', recipient_type: 'group', ...fields });

export const message = (fields: JsonObject) =>
	change('messages', { messages: [{ id: 'wamid.A', from: CUSTOMER, timestamp: AT, ...fields }] });

export const failed = (code?: number) =>
	status({ status: 'failed', ...(code === undefined ? {} : { errors: [{ code }] }) });

export const payment = (fields: JsonObject, payment: JsonObject) =>
	status({ id: 'order-7', type: 'payment', ...fields, payment: { reference_id: '7', ...payment } });

export const text = { type: 'text', text: { body: 'Hi' } };

/** Pairs of Meta's format, for every provider that relays it. */
export const eventPairs: EventPairs = {
	twoEvents: [
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
		['a message sent again fails with another error', failed(131026), failed(131047)],
		['a message fails without a reason, then with one', failed(), failed(131026)],
		['a message fails with a reason, then without one', failed(131026), failed()],
		[
			'WhatsApp cannot show a message, then does',
			message({ type: 'unsupported', errors: [{ code: 131051 }] }),
			message(text),
		],
		['WhatsApp does not know a message, then does', message({ type: 'unknown' }), message(text)],
		['a message has no content yet, then it has', message({}), message(text)],
		[
			'a message that cannot be shown is edited',
			message({ type: 'unsupported' }),
			message({ type: 'edit', edit: { original_message_id: 'wamid.A', message: text } }),
		],
		[
			'a message is edited twice under its own id',
			message({ type: 'edit', edit: { original_message_id: 'wamid.A', message: text } }),
			message({
				type: 'edit',
				timestamp: LATER,
				edit: { original_message_id: 'wamid.A', message: { ...text, text: { body: 'Ho' } } },
			}),
		],
		[
			'a message is deleted under its own id, after it was read',
			status({ status: 'read' }),
			message({ type: 'revoke', revoke: { original_message_id: 'wamid.A' } }),
		],
		[
			'a reaction has the id of its message',
			message(text),
			message({ type: 'reaction', reaction: { message_id: 'wamid.A', emoji: '👍' } }),
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
	],
	oneEvent: [
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
	],
	timeless: [
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
	],
	timed: [
		['a call', change('calls', { calls: [{ id: 'c1', timestamp: '1756322278' }] })],
		['a group', change('group_settings_update', { groups: [{ timestamp: '1756322278' }] })],
		[
			'an automatic event',
			change('automatic_events', { automatic_events: [{}, { timestamp: 1756322278 }] }),
		],
		['a change of an entry with a time', change('field_x', {}, { time: 1756322278 })],
		[
			'an element that is none, of an entry with a time',
			change('messages', { messages: ['text'] }, { time: 1756322278 }),
		],
		['an entry without changes', { entry: [{ id: '1', time: 1756322278 }] }],
	],
};
