import { LONGEST_RETENTION, retentionOf } from '../../nodes/shared/core/remember/retention';

const HOUR = 60 * 60_000;
const TIME = '2026-01-15T12:00:00.000Z';

it.each([
	['an id of the provider’s', 'pingmate:message.received:evt_1', TIME, LONGEST_RETENTION],
	['an id of the provider’s, without a time', 'x:message.received:1', null, LONGEST_RETENTION],
	['a hash over a payload with a time', 'chirp:account.updated:sha256:ab', TIME, LONGEST_RETENTION],
	['a hash over a payload without a time', 'chirp:account.updated:sha256:ab', null, HOUR],
	['an id that only looks like a hash', 'x:other:1:sha256:ab', null, LONGEST_RETENTION],
])('an accepted event is remembered long enough: %s', (_, eventId, occurredAt, retention) => {
	expect(retentionOf({ eventId, occurredAt })).toBe(retention);
	expect(LONGEST_RETENTION).toBe(7 * 24 * HOUR);
});
