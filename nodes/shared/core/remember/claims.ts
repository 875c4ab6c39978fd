import type { Item } from '../item/item';
import { LONGEST_RETENTION, retentionOf } from './retention';

/** What of a delivery the ledger is asked about. */
export interface Claimable {
	items: readonly Item[];
	/** The delivery's own ID, where it has one; see `DeliveryResult`. */
	deliveryId: string | null;
}

/** The IDs that a delivery claims, with how long each is remembered once it is accepted, in milliseconds. */
export function idsOf({ items, deliveryId }: Claimable): Map<string, number> {
	const ids = new Map(items.map((item) => [item.eventId, retentionOf(item)]));
	return deliveryId === null ? ids : ids.set(deliveryId, LONGEST_RETENTION);
}

/**
 * The items that are new: none of a delivery whose own ID isn't. Two of one ID in the same delivery
 * both stay: what is repeated is a delivery, not a part of one.
 *
 * @param fresh the IDs that the ledger says are new
 */
export function newItems({ items, deliveryId }: Claimable, fresh: ReadonlySet<string>): Item[] {
	if (deliveryId !== null && !fresh.has(deliveryId)) return [];
	return items.filter(({ eventId }) => fresh.has(eventId));
}
