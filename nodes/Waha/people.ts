import { withoutPlus } from '../shared/core/item/conversation';
import { firstText, objectOf, textOf, type JsonObject } from '../shared/core/values/json';
import { addressesIn, isPersonal } from '../shared/whatsapp-web/jid';
import { webMessageKey } from '../shared/whatsapp-web/message-key';
import type { Parties } from '../shared/whatsapp-web/people';

/** `true_<chat>_<message>`, in a group with `_<participant>` behind it (WAHA, "Events"). */
const MESSAGE_ID = /^(true|false)_([^_\s]+@[^_\s]+)_(.+?)(?:_[^_\s]+@[^_\s]+)?$/;

/** The chat that a message is in: the customer's address, or that of a group, a channel, a status. */
export function chatOf(message: JsonObject): string | null {
	const inId = MESSAGE_ID.exec(textOf(message.id) ?? '')?.[2];
	// In our messages, some engines have our address in "from", others the chat's.
	return inId ?? firstText(message, ...(message.fromMe === true ? ['to', 'from'] : ['from']));
}

/**
 * WAHA may report a message twice, by a person's number and by their user ID, each with different WAHA and
 * event IDs. The session, the direction, and WhatsApp's ID stay the same. Other chats have only one
 * address, which is part of the key.
 *
 * @param message the message, or an event about it under its ID
 */
export function keyOfMessage(message: JsonObject, session: string | null): string | null {
	const id = textOf(message.id);
	const chat = chatOf(message);
	const [, fromMe, , ownId] = MESSAGE_ID.exec(id ?? '') ?? [];
	const isOurs = fromMe === undefined ? message.fromMe === true : fromMe === 'true';
	const scope = [session, isOurs ? 'outbound' : 'inbound', isPersonal(chat) ? null : chat];
	return webMessageKey(scope, ownId ?? id);
}

/**
 * What WAHA says of the people of a message.
 *
 * @param me our own addresses
 */
export function partiesOf(message: JsonObject, me: unknown): Parties {
	const isOurs = message.fromMe === true;
	const { id, jid, lid } = objectOf(me);
	return {
		chat: chatOf(message),
		isOurs,
		me: [id, jid, lid],
		otherAddresses: otherAddressesOf(message, isOurs),
		participant: [firstText(message, 'participant', 'author'), ...participantsOf(message, isOurs)],
		name: nameOf(message),
	};
}

/**
 * The customer's other address in a direct chat, by which a user id gets its phone number; from the
 * engine's own data. The sender of our message is us; the sender of an event about it is the customer: the
 * engine says which it is.
 */
function otherAddressesOf({ _data }: JsonObject, isOurs: boolean): unknown[] {
	const data = objectOf(_data);
	const key = objectOf(data.key);
	const ofTheSender = isOurs ? [] : addressesIn(key, /^sender/i);
	const source = { ...data, ...objectOf(data.Info) };
	const isSentByUs = source.IsFromMe ?? isOurs;
	return [
		...addressesIn(key, /^(previousRemoteJid|remoteJid|recipient|peerRecipient)/i),
		...ofTheSender,
		...addressesIn(source, isSentByUs === true ? /^Recipient/ : /^Sender/),
	];
}

/**
 * In a group who wrote, by every address in the engine's own data; of a message of ours who read it. There
 * the engine may name the author, who is us, so only what belongs to the reader is taken.
 */
function participantsOf({ _data, participant }: JsonObject, isOurs: boolean): unknown[] {
	const data = objectOf(_data);
	const ofTheKey = addressesIn(objectOf(data.key), /^(participant|sender)/i);
	const source = { ...data, ...objectOf(data.Info) };
	const ofTheSource = addressesIn(source, /^(participant|author|Sender)/);
	if (!isOurs) return [...ofTheKey, ...ofTheSource];
	return [
		...(ofTheKey.includes(participant) ? ofTheKey : []),
		...(source.IsFromMe === false ? ofTheSource : []),
	];
}

/** The sender's profile name, from the engine's own data. */
function nameOf({ _data }: JsonObject): string | null {
	const data = objectOf(_data);
	return firstText(data, 'notifyName', 'pushName') ?? firstText(objectOf(data.Info), 'PushName');
}

/** An address as WAHA's calls expect it in `chatId` (WAHA, "Send messages"): numbers end with `@c.us`. */
export function chatIdOf(address: string): string {
	const bare = withoutPlus(address).replace(/@s\.whatsapp\.net$/, '');
	return bare.includes('@') ? bare : `${bare}@c.us`;
}
