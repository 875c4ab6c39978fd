import type { EventDraft } from '../core/item/draft';
import { UNKNOWN_CODE } from '../core/item/event-key';
import { eventOfStatus } from '../core/item/events';
import { contactOfJids, isPersonal } from './jid';
import { peopleOf, personKey, type Parties } from './people';

/**
 * A message's status by the names of servers that speak WhatsApp Web's protocol, and by Meta's, which a
 * server relays for a number on the Cloud API.
 */
const STATUS_BY_NAME = new Map([
	['ERROR', 'failed'],
	['PENDING', 'pending'],
	['SERVER', 'sent'],
	['SERVER_ACK', 'sent'],
	['DEVICE', 'delivered'],
	['DELIVERY_ACK', 'delivered'],
	['READ', 'read'],
	['PLAYED', 'played'],
	['SENT', 'sent'],
	['DELIVERED', 'delivered'],
	['FAILED', 'failed'],
]);

/** A server's data about a status. */
interface WebStatus extends Omit<Parties, 'isOurs' | 'name'> {
	/** The server's name for it. */
	statusName: string | null;
	messageId: string | null;
	/** The key of the message itself. */
	messageKey: string | null;
	/** False for a customer's message. If it's missing, the message is ours. */
	fromMe: unknown;
}

/**
 * The draft of a status.
 *
 * @param server the name of the server, which gives no reason for a failure
 */
export function statusDraft(
	{ statusName, messageId, messageKey, fromMe, ...parties }: WebStatus,
	server: string,
): EventDraft {
	const known = STATUS_BY_NAME.get(statusName ?? '');
	const status = known ?? statusName?.toLowerCase() ?? null;
	// A status of a customer's message means we have read it.
	const event = fromMe === false ? 'other' : eventOfStatus(status);
	const { chat, participant } = parties;
	const isInGroup = !isPersonal(chat);
	return {
		event,
		key: known === undefined ? null : webStatusKey(messageKey, known, isInGroup ? participant : []),
		messageId,
		...peopleOf({ ...parties, isOurs: fromMe !== false, name: null }),
		...(isInGroup ? { contact: contactOfJids(participant, null) } : {}),
		status,
		...(event === 'message.failed' ? { error: errorOf(server) } : {}),
	};
}

/** One key for each reporting group participant. An unknown status may occur more than once. */
function webStatusKey(
	messageKey: string | null,
	status: string,
	participant: readonly unknown[],
): string | null {
	if (messageKey === null) return null;
	const reader = personKey(participant);
	return reader === null ? `${messageKey}:${status}` : `${messageKey}:${status}:${reader}`;
}

function errorOf(server: string): NonNullable<EventDraft['error']> {
	return {
		code: UNKNOWN_CODE,
		message: `${server} gave no reason`,
		details: null,
		help: `Look at the message on the phone, and at ${server}'s log`,
	};
}
