import type { Chat } from './conversation';
import type { Item } from './item';

/** A customer, as far as the provider identifies them. */
export type DraftContact = Omit<Item['contact'], 'username'> &
	Partial<Pick<Item['contact'], 'username'>>;

/** The fields of an item a normalizer knows. `createItem` adds the rest. */
export interface Draft extends EventDraft {
	/** The provider's name for the event. */
	providerEvent: string;
	/** The provider's payload for this item, untouched; the whole body unless given. */
	raw?: unknown;
}

/** Derived from the rest of the draft and from the provider. */
type Added = 'eventId' | 'summary' | 'provider' | 'providerEvent' | 'conversation' | 'replyTo';

/** The data of one message, status, or change. */
export interface EventDraft extends Partial<Omit<Item, Added | 'event' | 'contact' | 'raw'>> {
	event: Item['event'];
	contact?: DraftContact;
	/** The chat, unless it's the direct chat with the customer; null if there is none. */
	chat?: Chat | null;
	/**
	 * Unique among events of this kind, and the same for every retry: the provider's event ID, a message ID,
	 * or a `statusKey`. Null if the payload has none; then the hash of `raw` is the key.
	 */
	key: string | null;
}
