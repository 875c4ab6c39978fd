import type { Item } from '../shared/core/item';
import { firstText, objectOf, textOf, type JsonObject } from '../shared/core/json';
import { addressOfJid, contactOfJids, isPersonal } from '../shared/whatsapp-web/jid';

/** Who sent a message to whom. */
export type People = Pick<Item, 'direction' | 'from' | 'to' | 'contact'>;

/** `true_<chat>_<message>`, in a group with `_<participant>` behind it (WAHA, "Events"). */
const MESSAGE_ID = /^(?:true|false)_([^_\s]+@[^_\s]+)_/;

/** The chat that a message is in: the customer's address, or that of a group, a channel, a status. */
export function chatOf(message: JsonObject): string | null {
	const inId = MESSAGE_ID.exec(textOf(message.id) ?? '')?.[1];
	// Of our own messages some engines have our address in "from", others the chat's.
	return inId ?? firstText(message, ...(message.fromMe === true ? ['to', 'from'] : ['from']));
}

/**
 * The people of a message. In a group the customer is who wrote it, and the group whom it is to.
 *
 * @param me our own address
 */
export function peopleOf(message: JsonObject, me: unknown): People {
	const chat = chatOf(message);
	const isDirect = isPersonal(chat);
	const ours = addressOfJid(me);
	if (message.fromMe === true) {
		const others = isDirect ? [chat, ...otherAddressesOf(message, true)] : [];
		return {
			direction: 'outbound',
			from: ours,
			to: addressOfJid(chat),
			contact: contactOfJids(others, null),
		};
	}
	const customer = isDirect ? chat : firstText(message, 'participant', 'author');
	return {
		direction: 'inbound',
		from: addressOfJid(customer),
		to: isDirect ? ours : addressOfJid(chat),
		contact: contactOfJids([customer, ...otherAddressesOf(message, isDirect)], nameOf(message)),
	};
}

/** The customer's other address, by which a user id gets its phone number; from the engine's own data. */
function otherAddressesOf({ _data }: JsonObject, isDirect: boolean): unknown[] {
	const { key, Info } = objectOf(_data);
	const { remoteJidAlt, participantAlt } = objectOf(key);
	const { SenderAlt, RecipientAlt, IsFromMe } = objectOf(Info);
	return [isDirect ? remoteJidAlt : participantAlt, IsFromMe === true ? RecipientAlt : SenderAlt];
}

/** What the sender calls himself; from the engine's own data. */
function nameOf({ _data }: JsonObject): string | null {
	const data = objectOf(_data);
	return firstText(data, 'notifyName', 'pushName') ?? firstText(objectOf(data.Info), 'PushName');
}
