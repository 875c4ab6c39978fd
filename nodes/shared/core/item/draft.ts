import type { Chat } from './conversation';
import type { Item } from './item';

/** A customer, as far as a provider names one. */
export type DraftContact = Omit<Item['contact'], 'username'> &
	Partial<Pick<Item['contact'], 'username'>>;

/** What a normalizer knows of an item. The rest is added in one place, `createItem`. */
export interface Draft extends EventDraft {
	/** The provider's own name of the event. */
	providerEvent: string;
	/** The provider's payload for this item, untouched; the whole body unless given. */
	raw?: unknown;
}

/** What follows from the rest of a draft, and from the provider. */
type Added = 'eventId' | 'summary' | 'provider' | 'providerEvent' | 'conversation' | 'replyTo';

/** What one message, status or change says by itself. */
export interface EventDraft extends Partial<Omit<Item, Added | 'event' | 'contact' | 'raw'>> {
	event: Item['event'];
	contact?: DraftContact;
	/** The chat, where that isn't the direct one with the customer; null where there is none. */
	chat?: Chat | null;
	/**
	 * What tells this event from every other of its kind and stays the same over retries: a
	 * provider's event id, a message's id, or what `statusKey` makes of a status. Null where the
	 * payload has none; then the hash of `raw` is the key.
	 */
	key: string | null;
}
