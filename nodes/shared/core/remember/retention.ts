import type { Item } from '../item/item';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

/** The longest time an accepted event is remembered, in milliseconds. */
export const LONGEST_RETENTION = 7 * DAY;

/** An `eventId` that is a hash of the payload, because the payload has no ID. */
const HASHED_ID = /^[^:]*:[^:]*:sha256:/;

/**
 * How long an accepted event is remembered, in milliseconds: seven days, or one hour if the ID is a hash of
 * a payload without a time. The same text a day later is another event.
 */
export function retentionOf({ eventId, occurredAt }: Pick<Item, 'eventId' | 'occurredAt'>): number {
	return occurredAt === null && HASHED_ID.test(eventId) ? HOUR : LONGEST_RETENTION;
}
