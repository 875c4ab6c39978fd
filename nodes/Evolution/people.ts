import type { Item } from '../shared/core/item';
import { firstText, type JsonObject } from '../shared/core/json';
import { addressOfJid, contactOfJids, isPersonal } from '../shared/whatsapp-web/jid';

/** Who sent a message to whom. */
export type People = Pick<Item, 'direction' | 'from' | 'to' | 'contact'>;

/**
 * The people of a message by its key: `remoteJid` is the chat, in a group `participant` who wrote. With either
 * there may be the person's other address, so that a user id comes with its phone number.
 *
 * @param me our own address
 * @param name what the sender calls himself
 */
export function peopleOf(key: JsonObject, me: unknown, name: string | null): People {
	const chat = firstText(key, 'remoteJid');
	const isDirect = isPersonal(chat);
	const ours = addressOfJid(me);
	const direct = isDirect ? [chat, key.remoteJidAlt, key.senderPn, key.senderLid] : [];
	if (key.fromMe === true) {
		return {
			direction: 'outbound',
			from: ours,
			to: addressOfJid(chat),
			contact: contactOfJids(direct, null),
		};
	}
	const others = isDirect ? direct : participantsOf(key);
	return {
		direction: 'inbound',
		from: addressOfJid(others[0]),
		to: isDirect ? ours : addressOfJid(chat),
		contact: contactOfJids(others, name),
	};
}

/** Who of a group it is about, by each address that is known of the person. */
export function participantsOf({
	participant,
	participantAlt,
	participantPn,
}: JsonObject): unknown[] {
	return [participant, participantAlt, participantPn];
}
