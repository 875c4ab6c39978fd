import type { EventDraft } from '../core/draft';
import { statusKey, UNKNOWN_CODE } from '../core/event-key';
import { eventOfStatus } from '../core/events';
import { addressOfJid, contactOfJids, isPersonal } from './jid';
import { peopleOf, type Parties } from './people';

/** What becomes of a message, in the words of the servers that speak WhatsApp Web's protocol. */
const STATUS_BY_NAME = new Map([
	['ERROR', 'failed'],
	['PENDING', 'pending'],
	['SERVER', 'sent'],
	['SERVER_ACK', 'sent'],
	['DEVICE', 'delivered'],
	['DELIVERY_ACK', 'delivered'],
	['READ', 'read'],
	['PLAYED', 'played'],
]);

/** What a server says of a status. */
export interface WebStatus extends Omit<Parties, 'isOurs' | 'name'> {
	/** The server's own name of it. */
	statusName: string | null;
	messageId: string | null;
	/** False for a customer's message; where it is not said it is ours. */
	fromMe: unknown;
}

/**
 * The draft of a status.
 *
 * @param server what the server is called, which brings no reason for a failure
 */
export function statusDraft(
	{ statusName, messageId, fromMe, ...parties }: WebStatus,
	server: string,
): EventDraft {
	const status =
		statusName === null ? null : (STATUS_BY_NAME.get(statusName) ?? statusName.toLowerCase());
	// What becomes of a customer's message is that we have read it.
	const event = fromMe === false ? 'other' : eventOfStatus(status);
	const { chat, participant } = parties;
	const isInGroup = !isPersonal(chat);
	const draft = {
		event,
		messageId,
		...peopleOf({ ...parties, isOurs: (fromMe ?? true) === true, name: null }),
		...(isInGroup ? { contact: contactOfJids(participant, null) } : {}),
		status,
		...(event === 'message.failed' ? { error: errorOf(server) } : {}),
	};
	return { ...draft, key: statusKey(draft, isInGroup ? addressOfJid(participant[0]) : null) };
}

function errorOf(server: string): NonNullable<EventDraft['error']> {
	return {
		code: UNKNOWN_CODE,
		message: `${server} gave no reason`,
		details: null,
		help: `Look at the message on the phone, and at ${server}'s log`,
	};
}
