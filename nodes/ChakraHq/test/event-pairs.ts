import type { EventPairs } from '../../../test/support/event-pairs';
import type { JsonObject } from '../../shared/core/values/json';
import {
	AT,
	change,
	CUSTOMER,
	failed,
	inGroup,
	message,
	OTHER_CUSTOMER,
	status,
	text,
} from '../../shared/meta/test/event-pairs';

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

/** Pairs of ChakraHQ's own format, and of one event through both webhooks. */
export const eventPairs: EventPairs = {
	twoEvents: [
		[
			'two participants of a group read one message, in the own format',
			ownStatus({ ...ownGroup, recipientId: CUSTOMER }),
			ownStatus({ ...ownGroup, recipientId: OTHER_CUSTOMER }),
		],
		[
			'an unknown deliveryStatus of the own format comes twice',
			ownStatus({ deliveryStatus: 'HELD' }),
			ownStatus({ deliveryStatus: 'HELD', timestamp: 1756322300000 }),
		],
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
			'an event of the own format that is not known happens again later',
			own('leadCreated', { id: '1', timestamp: 1756322278 }),
			own('leadCreated', { id: '1', timestamp: 1756322300 }),
		],
	],
	oneEvent: [
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
	],
	timeless: [
		['an unknown event of the own format', own('leadCreated', { id: '1' })],
		['a body that is not known at all', { hello: 'world' }],
	],
	timed: [
		['an unknown event', own('leadCreated', { timestamp: 1756322278 })],
		['a body that is not known', { timestamp: 1756322278 }],
	],
};
