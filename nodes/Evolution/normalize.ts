import type { Chat } from '../shared/core/item/conversation';
import type { Draft, EventDraft } from '../shared/core/item/draft';
import { placeholderKey } from '../shared/core/item/event-key';
import type { EventName } from '../shared/core/item/events';
import {
	firstObject,
	firstText,
	isEmpty,
	isObject,
	objectOf,
	objectsOf,
	textOf,
	type JsonObject,
} from '../shared/core/values/json';
import { phoneOf } from '../shared/core/values/phone';
import { timeOf } from '../shared/core/values/time';
import { wamidOf } from '../shared/core/item/wamid';
import { contentOfWebMessage, notShown } from '../shared/whatsapp-web/content';
import {
	addressesIn,
	addressOfJid,
	callerAddresses,
	contactOfJids,
	isPersonal,
	isPublic,
	kindOfJid,
	phoneOfJid,
} from '../shared/whatsapp-web/jid';
import { numberOfLong } from '../shared/whatsapp-web/long';
import { readWebMessage } from '../shared/whatsapp-web/message';
import { webMessageKey } from '../shared/whatsapp-web/message-key';
import {
	aboutMessage,
	chatNamedBy,
	chatOfJids,
	directAddresses,
	peopleOf,
	personKey,
	type Parties,
	type People,
} from '../shared/whatsapp-web/people';
import { statusDraft } from '../shared/whatsapp-web/status';
import { partiesOf } from './people';

/** The drafts of an Evolution event: one, or one for each element where `data` is a list. */
export function normalize(body: JsonObject): Draft[] {
	const providerEvent = nameOfEvent(body) ?? 'unknown';
	const { data } = body;
	const business = {
		phone: phoneOfJid(body.sender),
		phoneNumberId: null,
		accountId: firstText(body, 'instance'),
	};
	const draftWith = (element: unknown) => ({
		business,
		...draftOf(providerEvent, element, body),
		providerEvent,
	});
	if (!Array.isArray(data)) return [draftWith(data)];
	return data.map((element: unknown) => ({
		...draftWith(element),
		raw: { ...body, data: element },
	}));
}

/** Evolution's own name of an event, or null. */
export function nameOfEvent(body: JsonObject): string | null {
	return typeof body.event === 'string' ? textOf(body.event) : null;
}

/** `messages.upsert`; with "webhook by events" and in older versions also `MESSAGES_UPSERT`. */
function draftOf(name: string, element: unknown, body: JsonObject): EventDraft {
	const data = objectOf(element);
	const me = body.sender;
	switch (name.toLowerCase().replaceAll('_', '.')) {
		case 'messages.upsert':
			return messageDraft(data, body, null);
		case 'send.message':
			return messageDraft(data, body, 'message.echo');
		// History, when an instance is linked.
		case 'messages.set':
			return { ...messageDraft(data, body, 'other'), key: null };
		case 'messages.update':
			return updateDraft(data, body);
		case 'messages.edited':
			return { ...changeDraft(data, me), ...peopleOfChange(objectOf(data.key), me) };
		case 'send.message.update':
			return changeDraft(data, me);
		case 'messages.delete':
			return deletionDraft(data, me);
		case 'connection.update':
		case 'status.instance':
		case 'qrcode.updated':
		case 'logout.instance':
		case 'remove.instance':
		case 'instance.create':
		case 'instance.delete':
			return accountDraft(data, body);
		case 'contacts.set':
		case 'contacts.upsert':
		case 'contacts.update':
			return contactDraft(data);
		case 'call':
			return callDraft(data);
		default:
			return {
				event: 'other',
				key: null,
				chat: chatIn(isObject(element) ? element : { id: element }),
			};
	}
}

/** The group or other chat that an event is about; some name it by its address alone. */
function chatIn({ remoteJid, chatId, id, subject }: JsonObject): Chat | null {
	return chatNamedBy([remoteJid, chatId, id], textOf(subject));
}

/**
 * A message from either side. What the API sends may come as `send.message` and as `messages.upsert`: the
 * message's ID makes them one event.
 *
 * @param known the event, if it doesn't follow from the message
 */
function messageDraft(data: JsonObject, body: JsonObject, known: EventName | null): EventDraft {
	if (isEmpty(data)) return { event: 'other', key: null };
	const key = objectOf(data.key);
	const web = readWebMessage(objectOf(data.message), data);
	const content = contentOfWebMessage(web, data.contextInfo);
	// For a message the API sent, the key doesn't count.
	const fromMe = known === 'message.echo' ? true : key.fromMe;
	const parties = partiesOf({ ...data, ...key, fromMe }, body.sender, nameIn(data));
	const messageId = firstText(key, 'id');
	const messageKey = keyOfMessage(messageId, parties, body);
	const draft = {
		messageId,
		occurredAt: timeOf(numberOfLong(data.messageTimestamp)),
		...peopleOf(parties),
		...content,
	};
	if (web.kind === 'not written') {
		return {
			...draft,
			event: 'other',
			key: messageKey,
			...aboutMessage(web.about),
			text: draft.text ?? votedOptions(data.pollUpdates, voterOf(parties)),
		};
	}
	if (web.field === 'systemMessage' && known === null) return systemDraft(web.part, draft);
	const isPlaceholder = web.kind === 'placeholder';
	// A public post isn't a message to us.
	const event = key.fromMe === true ? 'message.echo' : 'message.received';
	return {
		...draft,
		event: isPublic(key.remoteJid) ? 'other' : (known ?? event),
		key: isPlaceholder ? placeholderKey(messageKey) : messageKey,
		...(isPlaceholder ? notShown(data.messageStubType, web.field) : {}),
	};
}

function nameIn(data: JsonObject): string | null {
	return firstText(data, 'pushName');
}

/**
 * Our messages are identified by instance and ID, since the instance creates the IDs. A customer's device
 * creates theirs, so the chat counts as well, and in a group the author.
 */
function keyOfMessage(id: string | null, parties: Parties, body: JsonObject): string | null {
	const instance = firstText(body, 'instance');
	const { chat, participant } = parties;
	if (parties.isOurs) return webMessageKey([instance], id);
	return isPersonal(chat)
		? webMessageKey([instance, personKey(directAddresses(parties))], id)
		: webMessageKey([instance, addressOfJid(chat), personKey(participant)], id);
}

/** A customer on the Cloud API who has a new number; `from` still has the old one. */
function systemDraft(system: JsonObject, draft: Partial<EventDraft>): EventDraft {
	const phone = phoneOf(system.wa_id ?? system.new_wa_id);
	return {
		...draft,
		event: 'contact.updated',
		key: null,
		messageType: 'system',
		...(phone === null
			? {}
			: { contact: { phone, name: null, id: null }, chat: chatOfJids([phone], null) }),
	};
}

/**
 * A status, unless it contains a change of the message: the status next to that is only Evolution's
 * fallback.
 */
function updateDraft(data: JsonObject, body: JsonObject): EventDraft {
	const update = { ...data, ...objectOf(data.update) };
	// An older version has the key's fields in the data itself, the oldest in an object.
	const key = { ...data, ...objectOf(data.key) };
	const messageId = firstText(data, 'keyId') ?? firstText(key, 'id');
	if (isChange(update)) return updatedDraft(update, { ...key, id: messageId }, body);
	const statusName = firstText(update, 'status');
	const fromMe = isOfMeta(messageId, statusName) ? true : key.fromMe;
	const parties = partiesOf({ ...key, fromMe: fromMe ?? true }, body.sender, null);
	const messageKey = keyOfMessage(messageId, parties, body);
	return statusDraft({ ...parties, statusName, messageId, messageKey, fromMe }, 'Evolution API');
}

/**
 * Whether a status is one of the Cloud API, by the form of the ID or by Meta's words. It's about our
 * message, although Evolution writes `fromMe: false`.
 */
function isOfMeta(messageId: string | null, statusName: string | null): boolean {
	return wamidOf(messageId) !== null || /^(SENT|DELIVERED|FAILED)$/.test(statusName ?? '');
}

/**
 * The other fields of a stored message's status (Baileys, `WebMessageInfo`), as far as it changes later.
 */
const CHANGES = [
	'message',
	'editedMessage',
	'pinInChat',
	'keepInChat',
	'reactions',
	'eventResponses',
];

function isChange(update: JsonObject): boolean {
	return hasVotes(update) || CHANGES.some((name) => isFilled(update[name]));
}

function hasVotes({ pollUpdates }: JsonObject): boolean {
	return Array.isArray(pollUpdates) && pollUpdates.length > 0;
}

function isFilled(value: unknown): boolean {
	return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

function updatedDraft(update: JsonObject, key: JsonObject, body: JsonObject): EventDraft {
	const web = readWebMessage(firstObject(update, 'message') ?? update);
	const { messageType, text, media } = contentOfWebMessage(web);
	const vote = { messageType: 'poll_vote', text: votedOptions(update.pollUpdates, null) };
	return {
		event: 'other',
		key: null,
		...peopleOf(partiesOf(key, body.sender, null)),
		...aboutMessage(key.id),
		...(hasVotes(update) ? vote : { messageType, text }),
		...(media ? { media } : {}),
	};
}

/** The options of a poll by their names: of one voter, or all that anybody has chosen. */
function votedOptions(pollUpdates: unknown, voter: readonly unknown[] | null): string | null {
	const voters = voter === null ? null : new Set(voter.map(addressOfJid));
	const names = objectsOf(pollUpdates).flatMap((option) => {
		const votes: unknown[] = Array.isArray(option.voters) ? option.voters : [];
		const isChosen = voters ? votes.some((jid) => voters.has(addressOfJid(jid))) : votes.length > 0;
		return isChosen ? (textOf(option.name) ?? []) : [];
	});
	return names.join(', ') || null;
}

/** Who voted, by each address that is known. */
function voterOf(parties: Parties): unknown[] {
	if (parties.isOurs) return [...parties.me, 'me'];
	return isPersonal(parties.chat) ? directAddresses(parties) : [...parties.participant];
}

/** An edit, a deletion, or another message of the protocol's own, without the message that brought it. */
function changeDraft(data: JsonObject, me: unknown): EventDraft {
	const web = readWebMessage({ protocolMessage: data });
	const key = objectOf(data.key);
	return {
		...contentOfWebMessage(web),
		event: 'other',
		key: null,
		occurredAt: timeOf(numberOfLong(data.timestampMs)),
		...peopleOf(partiesOf(key, me, null)),
		...aboutMessage(key.id),
	};
}

/**
 * Who changed a message, where only its key is there. It is as its author sees it: to a customer we are the
 * chat, and the message is "from me". If our number doesn't show it, no author is given.
 */
function peopleOfChange(key: JsonObject, me: unknown): Partial<People> {
	const chat = phoneOfJid(key.remoteJid);
	const ours = phoneOfJid(me);
	if (key.fromMe !== true || (chat !== null && chat !== ours)) return {};
	const isTheirs = chat !== null;
	// A group is the same to all.
	const group = kindOfJid(key.remoteJid) === 'group' ? chatOfJids([key.remoteJid], null) : null;
	return {
		direction: isTheirs ? 'inbound' : null,
		from: null,
		to: isTheirs ? ours : null,
		contact: contactOfJids([], null),
		chat: group,
	};
}

/** A deletion, by the key of the message, or by all that Evolution had stored of it. */
function deletionDraft(data: JsonObject, me: unknown): EventDraft {
	const key = firstObject(data, 'key') ?? data;
	return {
		event: 'other',
		key: null,
		...peopleOf(partiesOf(key, me, nameIn(data))),
		...aboutMessage(key.id),
		messageType: 'revoke',
	};
}

/** What a QR code says links a device to the number: it stays in `raw`. */
function accountDraft({ qrcode, ...data }: JsonObject, body: JsonObject): EventDraft {
	const instance = firstText(data, 'instance', 'instanceName') ?? firstText(body, 'instance');
	const state = firstText(data, 'state', 'status', 'message');
	const what = state ?? (isObject(qrcode) ? 'waiting for its QR code to be scanned' : null);
	return {
		event: 'account.updated',
		key: null,
		text: instance !== null && what !== null ? `instance ${instance}: ${what}` : null,
		account: { ...data, instance },
	};
}

function contactDraft(data: JsonObject): EventDraft {
	const { remoteJid, id, jid } = data;
	const first = isPersonal(remoteJid) || !isPersonal(id) ? (remoteJid ?? id ?? jid) : id;
	const addresses = [first, ...addressesIn(data, /^(remoteJid|jid|lid|phoneNumber|pn)/i)];
	const name = firstText(data, 'pushName', 'name', 'notify', 'verifiedName');
	return {
		event: 'contact.updated',
		key: null,
		from: addressOfJid(first),
		contact: contactOfJids(addresses, name),
		chat: chatOfJids(addresses, name),
	};
}

function callDraft(data: JsonObject): EventDraft {
	const addresses = callerAddresses(data.from, data);
	return {
		event: 'other',
		key: null,
		occurredAt: timeOf(data.date),
		direction: 'inbound',
		from: addressOfJid(data.from),
		contact: contactOfJids(addresses, null),
		chat: kindOfJid(data.chatId) === 'group' ? chatIn(data) : chatOfJids(addresses, null),
		status: firstText(data, 'status'),
	};
}
