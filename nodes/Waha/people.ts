import { firstText, objectOf, textOf, type JsonObject } from '../shared/core/json';
import type { Parties } from '../shared/whatsapp-web/people';

/** `true_<chat>_<message>`, in a group with `_<participant>` behind it (WAHA, "Events"). */
const MESSAGE_ID = /^(?:true|false)_([^_\s]+@[^_\s]+)_/;

/** The chat that a message is in: the customer's address, or that of a group, a channel, a status. */
export function chatOf(message: JsonObject): string | null {
	const inId = MESSAGE_ID.exec(textOf(message.id) ?? '')?.[1];
	// Of our own messages some engines have our address in "from", others the chat's.
	return inId ?? firstText(message, ...(message.fromMe === true ? ['to', 'from'] : ['from']));
}

/**
 * What WAHA says of the people of a message.
 *
 * @param me our own address
 */
export function partiesOf(message: JsonObject, me: unknown): Parties {
	return {
		chat: chatOf(message),
		isOurs: message.fromMe === true,
		me,
		otherAddresses: otherAddressesOf(message, true),
		participant: [firstText(message, 'participant', 'author'), ...otherAddressesOf(message, false)],
		name: nameOf(message),
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
