import type { EventName } from '../shared/core/item/events';

/** The events only the output Other needs, as WAHA's "Events" page lists it. */
const FURTHER_EVENTS = [
	'message.waiting',
	'message.edited',
	'message.revoked',
	'chat.archive',
	'group.v2.join',
	'group.v2.leave',
	'group.v2.participants',
	'group.v2.update',
	'presence.update',
	'poll.vote',
	'poll.vote.failed',
	'event.response',
	'event.response.failed',
	'label.upsert',
	'label.deleted',
	'label.chat.added',
	'label.chat.deleted',
	'call.received',
	'call.accepted',
	'call.rejected',
];

/** The WAHA events each of our events needs. */
const NEEDED: Partial<Record<EventName, readonly string[]>> = {
	'message.received': ['message', 'message.reaction'],
	'message.sent': ['message.ack', 'message.ack.group'],
	'message.delivered': ['message.ack', 'message.ack.group'],
	'message.read': ['message.ack', 'message.ack.group'],
	'message.failed': ['message.ack', 'message.ack.group'],
	'message.echo': ['message.any', 'message.reaction'],
	'account.updated': ['session.status'],
	other: FURTHER_EVENTS,
};

/**
 * The WAHA events that the selected events need. "message.any" has every message of "message" in it, so
 * they are never asked for together. "engine.event", which is for debugging, is asked for never.
 */
export function wahaEventsFor(selected: readonly EventName[]): string[] {
	const needed = new Set(selected.flatMap((event) => NEEDED[event] ?? []));
	if (needed.has('message.any')) needed.delete('message');
	return [...needed];
}
