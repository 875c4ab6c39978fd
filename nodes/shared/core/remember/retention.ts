import type { Item } from '../item/item';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

/** The longest that an accepted event is remembered, in milliseconds. */
export const LONGEST_RETENTION = 7 * DAY;

/** An `eventId` that is a hash of the payload, since the payload has no id of its own. */
const HASHED_ID = /^[^:]*:[^:]*:sha256:/;

/**
 * How long an accepted event is remembered, in milliseconds: seven days, but one hour where the id is
 * a hash over a payload without a time. The same words a day later are another event.
 */
export function retentionOf({ eventId, occurredAt }: Pick<Item, 'eventId' | 'occurredAt'>): number {
	return occurredAt === null && HASHED_ID.test(eventId) ? HOUR : LONGEST_RETENTION;
}
