import type { EventName } from '../shared/core/item/events';

/** The events that Chirp's API accepts for a webhook (API reference, `PUT /v1/webhooks/{webhookId}`). */
export const CHIRP_EVENTS = [
	'messages.sms.received',
	'messages.sms.sent',
	'messages.sms.delivered',
	'messages.sms.failed',
	'messages.whatsapp.received',
	'messages.whatsapp.sent',
	'messages.whatsapp.delivered',
	'messages.whatsapp.read',
	'messages.whatsapp.failed',
	'templates.whatsapp.created',
	'templates.whatsapp.updated',
	'templates.whatsapp.deleted',
	'templates.whatsapp.connected',
	'contacts.whatsapp.created',
	'contacts.whatsapp.updated',
	'contacts.whatsapp.deleted',
	'whatsapp.account.connected',
	'whatsapp.account.disconnected',
] as const;

type ChirpEventName = (typeof CHIRP_EVENTS)[number];

const startingWith = (prefix: string) => CHIRP_EVENTS.filter((event) => event.startsWith(prefix));

/** The Chirp events each of our events needs. */
const NEEDED: Record<EventName, readonly ChirpEventName[]> = {
	'message.received': ['messages.sms.received', 'messages.whatsapp.received'],
	'message.sent': ['messages.sms.sent', 'messages.whatsapp.sent'],
	'message.delivered': ['messages.sms.delivered', 'messages.whatsapp.delivered'],
	'message.read': ['messages.whatsapp.read'],
	'message.failed': ['messages.sms.failed', 'messages.whatsapp.failed'],
	// A Flow's reply is a received message.
	'form.submitted': ['messages.whatsapp.received'],
	// Messages of the phone app come through the same events as the others.
	'message.echo': ['messages.whatsapp.received', 'messages.whatsapp.sent'],
	'template.updated': startingWith('templates.'),
	'contact.updated': startingWith('contacts.'),
	'account.updated': startingWith('whatsapp.account.'),
	other: CHIRP_EVENTS,
};

/** A channel of which Chirp reports events. */
export type ChirpChannel = 'whatsapp' | 'sms';

/** Templates, contacts and accounts are WhatsApp's. */
const channelOf = (event: ChirpEventName): ChirpChannel =>
	event.startsWith('messages.sms.') ? 'sms' : 'whatsapp';

/** The Chirp events that the selected events need on the channels, in the order of Chirp's list. */
export function chirpEventsFor(
	selected: readonly EventName[],
	channels: readonly ChirpChannel[],
): ChirpEventName[] {
	const needed = new Set(selected.flatMap((event) => NEEDED[event]));
	return CHIRP_EVENTS.filter((event) => needed.has(event) && channels.includes(channelOf(event)));
}
