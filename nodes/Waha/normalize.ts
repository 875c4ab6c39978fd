import type { Content } from '../shared/core/item/content';
import type { Chat } from '../shared/core/item/conversation';
import type { Draft, EventDraft } from '../shared/core/item/draft';
import { placeholderKey } from '../shared/core/item/event-key';
import {
	firstObject,
	firstText,
	isEmpty,
	objectOf,
	textOf,
	type JsonObject,
} from '../shared/core/values/json';
import { firstTimeOf } from '../shared/core/values/time';
import { notShown } from '../shared/whatsapp-web/content';
import {
	addressOfJid,
	callerAddresses,
	contactOfJids,
	isPublic,
	phoneOfJid,
} from '../shared/whatsapp-web/jid';
import type { WebMessage } from '../shared/whatsapp-web/message';
import { aboutMessage, chatNamedBy, chatOfJids, peopleOf } from '../shared/whatsapp-web/people';
import { statusDraft } from '../shared/whatsapp-web/status';
import { contentOfMessage } from './content';
import { messageOfEngine } from './engine';
import { chatOf, keyOfMessage, partiesOf } from './people';

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
				accountId: sessionOf(body),
			},
			occurredAt: firstTimeOf(payload.timestamp, body.timestamp),
			...draft,
			providerEvent,
			// Events about a message may occur several times, each with its own event ID.
			key: key ?? firstText(body, 'id'),
		},
	];
}

/** WAHA's own name of an event, or null. */
export function nameOfEvent(body: JsonObject): string | null {
	return typeof body.event === 'string' ? textOf(body.event) : null;
}

function sessionOf(body: JsonObject): string | null {
	return firstText(body, 'session');
}

/** The key is null if the event's ID serves as the key. */
function draftOf(name: string, payload: JsonObject, body: JsonObject): EventDraft {
	const { me } = body;
	switch (name) {
		case 'message':
		case 'message.any':
		case 'message.reaction':
			return messageDraft(payload, body);
		case 'message.ack':
		case 'message.ack.group':
			return ackDraft(payload, body);
		// One message may be edited several times.
		case 'message.edited':
			return {
				...changeDraft(payload, 'edit', payload.editedMessageId, me),
				text: textOf(payload.body),
			};
		case 'message.revoked': {
			const message = firstObject(payload, 'after', 'before') ?? payload;
			const key = keyOfMessage(message, sessionOf(body));
			return {
				...changeDraft(message, 'revoke', payload.revokedMessageId, me),
				key: key && `${key}:revoke`,
			};
		}
		case 'message.waiting':
			return {
				...changeDraft(payload, null, undefined, me),
				key: placeholderKey(keyOfMessage(payload, sessionOf(body))),
			};
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
			return { event: 'other', key: null, chat: chatIn(payload) };
	}
}

/** The group or other chat that an event is about. */
function chatIn({ group, chatId, id }: JsonObject): Chat | null {
	const { id: groupId, subject } = objectOf(group);
	return chatNamedBy([groupId, chatId, id], textOf(subject));
}

/** A message or reaction from either side. A public post isn't a message to us. */
function messageDraft(message: JsonObject, body: JsonObject): EventDraft {
	if (isEmpty(message)) return { event: 'other', key: null };
	const engine = messageOfEngine(message);
	const messageKey = keyOfMessage(message, sessionOf(body));
	const draft = {
		messageId: firstText(message, 'id'),
		...peopleOf(partiesOf(message, body.me)),
		...contentOfMessage(message, engine),
	};
	if (engine?.kind === 'not written') {
		const { change, about } = engine;
		// One message may be edited several times, in some engines under its own ID.
		const key = change === 'edit' || messageKey === null ? null : `${messageKey}:${change}`;
		return { ...draft, event: 'other', key, ...aboutMessage(about) };
	}
	const isPlaceholder = draft.text === null && !hasContent(message, draft, engine);
	const event = message.fromMe === true ? 'message.echo' : 'message.received';
	return {
		...draft,
		event: isPublic(chatOf(message)) ? 'other' : event,
		key: isPlaceholder ? placeholderKey(messageKey) : messageKey,
		...(isPlaceholder ? notShown(engine?.field ?? null, objectOf(message._data).type) : {}),
	};
}

/** Whether there is anything in it, or a file that WAHA hasn't downloaded. */
function hasContent(
	message: JsonObject,
	{ messageType }: Content,
	engine: WebMessage | null,
): boolean {
	if (message.hasMedia === true) return true;
	return messageType !== null && engine?.kind !== 'placeholder';
}

/** WAHA's names of a message's statuses, in the order of their numbers. */
const ACK_NAMES = ['ERROR', 'PENDING', 'SERVER', 'DEVICE', 'READ', 'PLAYED'];
const FIRST_ACK = -1;

function ackDraft(payload: JsonObject, body: JsonObject): EventDraft {
	const { ack, fromMe } = payload;
	const statusName =
		firstText(payload, 'ackName') ??
		(typeof ack === 'number' ? ACK_NAMES[ack - FIRST_ACK] : undefined) ??
		null;
	const message = { ...payload, fromMe: fromMe ?? true };
	const parties = partiesOf(message, body.me);
	const messageId = firstText(payload, 'id');
	const messageKey = keyOfMessage(message, sessionOf(body));
	return statusDraft({ ...parties, statusName, messageId, messageKey, fromMe }, 'WAHA');
}

/** What happened to a message later. */
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
		...changeDraft(vote, 'poll_vote', objectOf(payload.poll).id, body.me),
		occurredAt: firstTimeOf(vote.timestamp, body.timestamp),
		text: text || null,
	};
}

function callDraft(payload: JsonObject): EventDraft {
	const addresses = callerAddresses(payload.from, { ...objectOf(payload._data), ...payload });
	return {
		event: 'other',
		key: null,
		direction: 'inbound',
		from: addressOfJid(payload.from),
		contact: contactOfJids(addresses, null),
		chat: chatOfJids(addresses, null),
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
