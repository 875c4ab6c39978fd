import type { Item } from '../shared/core/item/item';

/** What the name of a Chirp event says. */
type ChirpEvent =
	/** `stage` is `received`, a delivery status, or an unknown stage. */
	| { about: 'message'; channel: Item['channel']; stage: string }
	| { about: 'template' | 'account' | 'contact' | 'unknown' };

/** `messages.whatsapp.received`. */
const MESSAGE = /^messages\.([^.]+)\.(.+)$/;

/** `MESSAGE_DELIVERED`, the oldest generation, which knew SMS only. */
const OLDEST = /^MESSAGE_([A-Z]+)$/;

const ACCOUNT = /(^|\.)(accounts?|wabas?|phone_?numbers?)(\.|$)/i;

/**
 * Reads a Chirp event's name (Chirp, webhook reference; of newer categories only some names are published,
 * so a category is recognized by its words).
 *
 * @param isInbound whether the message is the customer's: the oldest generation says only "created"
 */
export function readEventName(name: string, isInbound: boolean): ChirpEvent {
	const message = MESSAGE.exec(name);
	if (message) {
		const channel = message[1] === 'whatsapp' ? 'whatsapp' : 'sms';
		return { about: 'message', channel, stage: message[2]?.toLowerCase() ?? '' };
	}
	const oldest = OLDEST.exec(name);
	if (oldest) {
		const stage = oldest[1]?.toLowerCase() ?? '';
		const isReceived = stage === 'created' && isInbound;
		return { about: 'message', channel: 'sms', stage: isReceived ? 'received' : stage };
	}
	if (name.startsWith('templates.')) return { about: 'template' };
	if (name.startsWith('contacts.')) return { about: 'contact' };
	return { about: ACCOUNT.test(name) ? 'account' : 'unknown' };
}
