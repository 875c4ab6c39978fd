import type { Item } from './item';

/** What a normalizer knows of an item. Its `eventId`, `summary` and `provider` are added in one place. */
export interface Draft extends EventDraft {
	/** The provider's own name of the event. */
	providerEvent: string;
	/** The provider's payload for this item, untouched; the whole body unless given. */
	raw?: unknown;
}

/** What one message, status or change says by itself. */
export interface EventDraft extends Partial<
	Omit<Item, 'event' | 'eventId' | 'summary' | 'provider' | 'providerEvent' | 'raw'>
> {
	event: Item['event'];
	/**
	 * What tells this event from every other of its kind and stays the same over retries: a
	 * provider's event id, a message's id, or what `statusKey` makes of a status. Null where the
	 * payload has none; then the hash of `raw` is the key.
	 */
	key: string | null;
}
