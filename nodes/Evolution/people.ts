import type { JsonObject } from '../shared/core/values/json';
import { addressesIn, isPersonal } from '../shared/whatsapp-web/jid';
import type { Parties } from '../shared/whatsapp-web/people';

/**
 * Of the other person in a direct chat, in either direction: `remoteJidAlt`, `previousRemoteJid`,
 * `recipientPn`…
 */
const OF_THE_CHAT = /^(previousRemoteJid|remoteJid|recipient|peerRecipient)/i;

/** Of the author of a message: `senderPn`, `senderLid`… */
const OF_THE_SENDER = /^sender/i;

/** Of the author of a message in a group: `participantAlt`, `participantPn`, `participantLid`… */
const OF_THE_PARTICIPANT = /^participant/i;

/**
 * What Evolution says of the people of a message, by its key: `remoteJid` is the chat, in a group
 * `participant` who wrote. Either may come with the person's other address, in some versions next to the
 * key.
 *
 * @param me our own address
 * @param name the sender's profile name
 */
export function partiesOf(key: JsonObject, me: unknown, name: string | null): Parties {
	const isOurs = key.fromMe === true;
	const isDirect = isPersonal(key.remoteJid);
	const ofTheSender = isOurs ? [] : addressesIn(key, OF_THE_SENDER);
	return {
		chat: key.remoteJid,
		isOurs,
		me: [me],
		otherAddresses: [...addressesIn(key, OF_THE_CHAT), ...ofTheSender],
		participant: [
			key.participant,
			...addressesIn(key, OF_THE_PARTICIPANT),
			...(isDirect ? [] : ofTheSender),
		],
		name,
	};
}
