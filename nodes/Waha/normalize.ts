import type { Draft, EventDraft } from '../shared/core/draft';
import { firstObject, firstText, objectOf, textOf, type JsonObject } from '../shared/core/json';
import { firstTimeOf } from '../shared/core/time';
import { addressOfJid, contactOfJids, isPublic, phoneOfJid } from '../shared/whatsapp-web/jid';
import { aboutMessage, peopleOf } from '../shared/whatsapp-web/people';
import { statusDraft } from '../shared/whatsapp-web/status';
import { contentOfMessage } from './content';
import { chatOf, partiesOf } from './people';

/** The draft of a WAHA event. */
export function normalize(body: JsonObject): Draft[] {
	const providerEvent = nameOfEvent(body) ?? 'unknown';
	const payload = objectOf(body.payload);
	const { key, ...draft } = draftOf(providerEvent, payload, body);
	return [
		{
			business: {
				phone: phoneOfJid(objectOf(body.me).id),
				phoneNumberId: null,
				accountId: firstText(body, 'session'),
			},
			occurredAt: firstTimeOf(payload.timestamp, body.timestamp),
			...draft,
			providerEvent,
			// A session may have both "message" and "message.any" sent for one message, each with an id of its own.
			key: isMessage(providerEvent) && key !== null ? key : (firstText(body, 'id') ?? key),
		},
	];
}

/** WAHA's own name of an event, or null. */
export function nameOfEvent(body: JsonObject): string | null {
	return typeof body.event === 'string' ? textOf(body.event) : null;
}

function isMessage(name: string): boolean {
	return name === 'message' || name === 'message.any';
}

/** The key is the one that serves where an event has no id of its own, as in older versions. */
function draftOf(name: string, payload: JsonObject, body: JsonObject): EventDraft {
	const me = objectOf(body.me).id;
	switch (name) {
		case 'message':
		case 'message.any':
		case 'message.reaction':
			return messageDraft(payload, me);
		case 'message.ack':
		case 'message.ack.group':
			return ackDraft(payload, me);
		case 'message.edited':
			return {
				...changeDraft(payload, 'edit', payload.editedMessageId, me),
				text: textOf(payload.body),
			};
		case 'message.revoked': {
			const message = firstObject(payload, 'after', 'before') ?? payload;
			return changeDraft(message, 'revoke', payload.revokedMessageId, me);
		}
		case 'message.waiting':
			return changeDraft(payload, null, undefined, me);
		case 'poll.vote':
		case 'poll.vote.failed':
			return pollVoteDraft(payload, body);
		case 'event.response':
		case 'event.response.failed': {
			const { eventResponse, eventCreationKey } = payload;
			return {
				...changeDraft(payload, 'event_response', objectOf(eventCreationKey).id, me),
				text: firstText(objectOf(eventResponse), 'response'),
			};
		}
		case 'call.received':
		case 'call.accepted':
		case 'call.rejected':
			return callDraft(payload);
		case 'session.status':
			return sessionDraft(payload, body);
		default:
			return { event: 'other', key: null };
	}
}

/** A message, whoever wrote it; a reaction is one as well. What is for everybody is nobody's to us. */
function messageDraft(message: JsonObject, me: unknown): EventDraft {
	const isOurs = message.fromMe === true;
	const messageId = firstText(message, 'id');
	return {
		event: isPublic(chatOf(message)) ? 'other' : isOurs ? 'message.echo' : 'message.received',
		key: messageId,
		messageId,
		...peopleOf(partiesOf(message, me)),
		...contentOfMessage(message),
	};
}

/** WAHA's own names of what became of a message, in the order of their numbers. */
const ACK_NAMES = ['ERROR', 'PENDING', 'SERVER', 'DEVICE', 'READ', 'PLAYED'];
const FIRST_ACK = -1;

function ackDraft(payload: JsonObject, me: unknown): EventDraft {
	const { ack, fromMe, participant } = payload;
	const statusName =
		firstText(payload, 'ackName') ??
		(typeof ack === 'number' ? ACK_NAMES[ack - FIRST_ACK] : undefined) ??
		null;
	const parties = partiesOf({ ...payload, fromMe: fromMe ?? true }, me);
	const messageId = firstText(payload, 'id');
	const status = { ...parties, participant: [participant], statusName, messageId, fromMe };
	return statusDraft(status, 'WAHA');
}

/** What happened to a message later, or instead of it. */
function changeDraft(
	message: JsonObject,
	messageType: string | null,
	about: unknown,
	me: unknown,
): EventDraft {
	return {
		event: 'other',
		key: null,
		messageId: firstText(message, 'id'),
		messageType,
		...peopleOf(partiesOf(message, me)),
		...aboutMessage(about),
	};
}

function pollVoteDraft(payload: JsonObject, body: JsonObject): EventDraft {
	const vote = objectOf(payload.vote);
	const options: unknown[] = Array.isArray(vote.selectedOptions) ? vote.selectedOptions : [];
	const text = options.flatMap((option) => textOf(option) ?? []).join(', ');
	return {
		...changeDraft(vote, 'poll_vote', objectOf(payload.poll).id, objectOf(body.me).id),
		occurredAt: firstTimeOf(vote.timestamp, body.timestamp),
		text: text || null,
	};
}

function callDraft(payload: JsonObject): EventDraft {
	return {
		event: 'other',
		key: null,
		direction: 'inbound',
		from: addressOfJid(payload.from),
		contact: contactOfJids([payload.from], null),
	};
}

function sessionDraft(payload: JsonObject, body: JsonObject): EventDraft {
	const session = firstText(body, 'session') ?? firstText(payload, 'name');
	const status = firstText(payload, 'status');
	return {
		event: 'account.updated',
		key: null,
		text: session !== null && status !== null ? `session ${session} is ${status}` : null,
		account: { session, ...payload },
	};
}
