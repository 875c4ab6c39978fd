import type { JsonObject } from '../shared/core/json';
import type { Parties } from '../shared/whatsapp-web/people';

/**
 * What Evolution says of the people of a message, by its key: `remoteJid` is the chat, in a group
 * `participant` who wrote. With either there may be the person's other address.
 *
 * @param me our own address
 * @param name what the sender calls himself
 */
export function partiesOf(key: JsonObject, me: unknown, name: string | null): Parties {
	return {
		chat: key.remoteJid,
		isOurs: key.fromMe === true,
		me,
		otherAddresses: [key.remoteJidAlt, key.senderPn, key.senderLid],
		participant: [key.participant, key.participantAlt, key.participantPn],
		name,
	};
}
