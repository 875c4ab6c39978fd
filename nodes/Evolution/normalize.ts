import type { Draft, EventDraft } from '../shared/core/draft';
import type { EventName } from '../shared/core/events';
import {
	firstObject,
	firstText,
	isObject,
	objectOf,
	textOf,
	type JsonObject,
} from '../shared/core/json';
import { timeOf } from '../shared/core/time';
import {
	addressOfJid,
	contactOfJids,
	isPersonal,
	isPublic,
	phoneOfJid,
} from '../shared/whatsapp-web/jid';
import { aboutMessage, peopleOf } from '../shared/whatsapp-web/people';
import { statusDraft } from '../shared/whatsapp-web/status';
import { contentOfMessage } from './content';
import { numberOfLong } from './long';
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
		...draftOf(providerEvent, objectOf(element), body),
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
function draftOf(name: string, data: JsonObject, body: JsonObject): EventDraft {
	const me = body.sender;
	switch (name.toLowerCase().replaceAll('_', '.')) {
		case 'messages.upsert':
			return messageDraft(data, me, null);
		case 'send.message':
			return messageDraft(data, me, 'message.echo');
		// History, when an instance is linked.
		case 'messages.set':
			return { ...messageDraft(data, me, 'other'), key: null };
		case 'messages.update':
			return statusDraftOf(data, me);
		case 'messages.edited':
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
			return { event: 'other', key: null };
	}
}

/**
 * A message, whoever wrote it. What the API sends may come as `send.message` and as `messages.upsert`: the
 * message's id makes them one event.
 *
 * @param known the event, where it does not follow from the message
 */
function messageDraft(data: JsonObject, me: unknown, known: EventName | null): EventDraft {
	const key = objectOf(data.key);
	const message = objectOf(data.message);
	const protocol = firstObject(message, 'protocolMessage');
	if (protocol)
		return { ...changeDraft(protocol, me), ...peopleOf(partiesOf(key, me, nameIn(data))) };
	const messageId = firstText(key, 'id');
	const vote = objectOf(message.pollUpdateMessage);
	const isOurs = key.fromMe === true;
	// What is for everybody is nobody's to us, and a vote is no message.
	const isOther = isPublic(key.remoteJid) || 'pollUpdateMessage' in message;
	return {
		event: isOther ? 'other' : (known ?? (isOurs ? 'message.echo' : 'message.received')),
		key: messageId,
		occurredAt: timeOf(numberOfLong(data.messageTimestamp)),
		messageId,
		...peopleOf(partiesOf(key, me, nameIn(data))),
		...contentOfMessage(message, data.contextInfo),
		...aboutMessage(objectOf(vote.pollCreationMessageKey).id),
	};
}

function nameIn(data: JsonObject): string | null {
	return firstText(data, 'pushName');
}

function statusDraftOf(data: JsonObject, me: unknown): EventDraft {
	// An older version has the key's fields in the data itself, the oldest in an object.
	const key = { ...data, ...objectOf(data.key) };
	const statusName = firstText(data, 'status') ?? firstText(objectOf(data.update), 'status');
	const messageId = firstText(data, 'keyId') ?? firstText(key, 'id');
	const status = { ...partiesOf(key, me, null), statusName, messageId, fromMe: key.fromMe };
	return statusDraft(status, 'Evolution API');
}

/** An edit or a deletion, as WhatsApp Web's protocol tells it: a message about another one. */
function changeDraft(data: JsonObject, me: unknown): EventDraft {
	const edited = firstObject(data, 'editedMessage');
	const messageType = edited ? 'edit' : isRevoke(data.type) ? 'revoke' : null;
	const key = objectOf(data.key);
	return {
		event: 'other',
		key: null,
		occurredAt: timeOf(numberOfLong(data.timestampMs)),
		...peopleOf(partiesOf(key, me, null)),
		...aboutMessage(key.id),
		messageType,
		text: edited ? contentOfMessage(edited, null).text : null,
	};
}

/** By its name, or as Baileys has it by its number. */
function isRevoke(type: unknown): boolean {
	return type === 'REVOKE' || type === 0;
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
	const { remoteJid, id, remoteJidAlt, lid } = data;
	const jid = isPersonal(remoteJid) || !isPersonal(id) ? (remoteJid ?? id) : id;
	return {
		event: 'contact.updated',
		key: null,
		from: addressOfJid(jid),
		contact: contactOfJids(
			[jid, remoteJidAlt, lid],
			firstText(data, 'pushName', 'name', 'notify', 'verifiedName'),
		),
	};
}

function callDraft(data: JsonObject): EventDraft {
	return {
		event: 'other',
		key: null,
		occurredAt: timeOf(data.date),
		direction: 'inbound',
		from: addressOfJid(data.from),
		contact: contactOfJids([data.from, data.callerPn], null),
		status: firstText(data, 'status'),
	};
}
