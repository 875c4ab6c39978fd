/**
 * The event vocabulary: one closed list for every provider, one output for each event.
 *
 * The position in this list is the index of the output in every node, so that a workflow can move from one
 * provider to another without reconnecting it. Append only, never insert or reorder: n8n stores connections
 * by index.
 */
export const EVENTS = [
	{
		event: 'message.received',
		label: 'Received',
		optionName: 'Message Received',
		description: 'A customer sent something',
	},
	{
		event: 'message.sent',
		label: 'Sent',
		optionName: 'Message Sent',
		description: 'WhatsApp accepted your message',
	},
	{
		event: 'message.delivered',
		label: 'Delivered',
		optionName: 'Message Delivered',
		description: "Your message reached the customer's device",
	},
	{
		event: 'message.read',
		label: 'Read',
		optionName: 'Message Read',
		description: 'The customer read your message',
	},
	{
		event: 'message.failed',
		label: 'Failed',
		optionName: 'Message Failed',
		description: "Your message couldn't be delivered; the item says why",
	},
	{
		event: 'other',
		label: 'Other',
		optionName: 'Other',
		description: 'Anything else the provider sends, so nothing gets lost',
	},
	{
		event: 'form.submitted',
		label: 'Form',
		optionName: 'Form Submitted',
		description: 'A customer completed a form or a WhatsApp Flow',
	},
	{
		event: 'message.echo',
		label: 'Echo',
		optionName: 'Message Echo',
		description: 'You sent a message from somewhere else, such as the phone app',
	},
	{
		event: 'template.updated',
		label: 'Template',
		optionName: 'Template Updated',
		description: 'A template was approved, rejected, paused, or changed',
	},
	{
		event: 'account.updated',
		label: 'Account',
		optionName: 'Account Updated',
		description: 'Your account, phone number, flows, or security settings changed',
	},
	{
		event: 'contact.updated',
		label: 'Contact',
		optionName: 'Contact Updated',
		description: 'A customer changed their number, opted out or in, or was created or synced',
	},
] as const;

/** The name of an event, as in an item's `event` field. */
export type EventName = (typeof EVENTS)[number]['event'];

/** Every event name, in output order. */
export const EVENT_NAMES = EVENTS.map(({ event }) => event) as [EventName, ...EventName[]];

const INDEX_BY_EVENT = new Map<EventName, number>(EVENTS.map(({ event }, index) => [event, index]));

/** The index of an event's output: the same in every node, forever. */
export function outputIndexOf(event: EventName): number {
	return INDEX_BY_EVENT.get(event) as number;
}

/** How many outputs a node has: up to the last event its provider emits. */
export function outputCountOf(emits: readonly EventName[]): number {
	return Math.max(...emits.map(outputIndexOf)) + 1;
}

/** The events a new node listens to, if its provider has them. */
export const DEFAULT_EVENTS: readonly EventName[] = [
	'message.received',
	'message.failed',
	'form.submitted',
];

const EVENT_BY_STATUS = new Map<string, EventName>([
	['sent', 'message.sent'],
	['delivered', 'message.delivered'],
	['read', 'message.read'],
	// To WhatsApp, playing a voice note is reading it.
	['played', 'message.read'],
	['failed', 'message.failed'],
]);

/**
 * The event for a delivery status.
 *
 * @param status the provider's status in lowercase, or null if the payload has none
 * @returns `other` for a status that isn't one of WhatsApp's
 */
export function eventOfStatus(status: string | null): EventName {
	return EVENT_BY_STATUS.get(status ?? '') ?? 'other';
}
