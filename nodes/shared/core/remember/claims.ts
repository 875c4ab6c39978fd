import type { Item } from '../item/item';
import { LONGEST_RETENTION, retentionOf } from './retention';

/** The parts of a delivery the ledger needs. */
export interface Claimable {
	items: readonly Item[];
	/** The delivery's ID, if it has one; see `DeliveryResult`. */
	deliveryId: string | null;
}

/** The IDs a delivery claims, with how long each is remembered once it's accepted, in milliseconds. */
export function idsOf({ items, deliveryId }: Claimable): Map<string, number> {
	const ids = new Map(items.map((item) => [item.eventId, retentionOf(item)]));
	return deliveryId === null ? ids : ids.set(deliveryId, LONGEST_RETENTION);
}

/**
 * The new items; none if the delivery's ID isn't new. Two items with one ID in the same delivery both stay:
 * providers resend deliveries, not parts of them.
 *
 * @param fresh the IDs the ledger reported as new
 */
export function newItems({ items, deliveryId }: Claimable, fresh: ReadonlySet<string>): Item[] {
	if (deliveryId !== null && !fresh.has(deliveryId)) return [];
	return items.filter(({ eventId }) => fresh.has(eventId));
}
