import { hashKey, rawKey } from './event-key';
import type { EventName } from './events';
import type { Item, ProviderId } from './item';
import { summarise } from './summary';

/** What a normaliser knows of an item; {@link createItem} fills in the rest. */
export interface ItemDraft extends Partial<Omit<Item, 'eventId' | 'summary' | 'raw'>> {
	event: EventName;
	provider: ProviderId;
	providerEvent: string;
	/**
	 * What tells this event from every other of its kind and stays the same over retries: a
	 * provider's event id, a message's id, or what `statusKey` makes of a status. Null where the
	 * payload has none; then the hash of `raw` is the key.
	 */
	key: string | null;
	/** The provider's payload for this item, untouched. */
	raw: unknown;
}

const OPTIONAL_FIELDS = [
	'error',
	'media',
	'location',
	'contacts',
	'interactive',
	'reaction',
	'order',
	'referral',
	'context',
	'form',
	'template',
	'pricing',
	'account',
] as const satisfies ReadonlyArray<keyof Item>;

const NOBODY: Readonly<Item['contact']> = { phone: null, name: null, id: null };
const NOWHERE: Readonly<Item['business']> = { phone: null, phoneNumberId: null, accountId: null };

/** An item in the published form, with every required field present, its `eventId` and `summary`. */
export function createItem(draft: ItemDraft): Item {
	// In the order in which n8n's editor shows them: first what a person looks for.
	const item: Item = {
		event: draft.event,
		summary: '',
		text: draft.text ?? null,
		contact: draft.contact ?? { ...NOBODY },
		occurredAt: draft.occurredAt ?? null,
		messageType: draft.messageType ?? null,
		status: draft.status ?? null,
		direction: draft.direction ?? null,
		from: draft.from ?? null,
		to: draft.to ?? null,
		channel: draft.channel ?? 'whatsapp',
		messageId: draft.messageId ?? null,
		// A copy: the items of a batch share their draft's, and a node behind may change one item.
		business: { ...(draft.business ?? NOWHERE) },
		provider: draft.provider,
		providerEvent: draft.providerEvent,
		eventId: `${draft.provider}:${draft.event}:${keyOf(draft)}`,
	};
	for (const field of OPTIONAL_FIELDS) {
		const value = draft[field];
		if (value !== undefined) (item as Record<string, unknown>)[field] = value;
	}
	item.summary = summarise(item);
	item.raw = draft.raw;
	return item;
}

/** No provider's id is longer; a longer one is remembered by its hash, which takes less room. */
const LONGEST_KEY = 256;

function keyOf({ key, raw }: ItemDraft): string {
	if (key === null) return rawKey(raw);
	return key.length > LONGEST_KEY ? hashKey(key) : key;
}
