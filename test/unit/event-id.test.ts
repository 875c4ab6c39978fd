import { PROVIDERS_WITH_PAIRS, type Body } from '../support/event-pairs';
import { itemsOf } from '../support/items';

describe.each(PROVIDERS_WITH_PAIRS)(
	'$displayName',
	({ provider, twoEvents, oneEvent, timeless, timed }) => {
		const idsOf = (body: Body) => itemsOf(provider, body).map(({ eventId }) => eventId);

		it.each(twoEvents)('gives two events two ids: %s', (_, first, second) => {
			const ids = [...idsOf(first), ...idsOf(second)];

			expect(ids).toHaveLength(2);
			expect(new Set(ids).size).toBe(2);
		});

		it.each(oneEvent)('gives two tries of one event one id: %s', (_, first, second) => {
			const ids = idsOf(first);

			expect(ids).toHaveLength(1);
			expect(idsOf(second)).toEqual(ids);
		});

		// By its hash and its missing time the ledger knows what is to be remembered for an hour only.
		it.each(timeless)('knows by its hash, and gives no time, %s', (_, body) => {
			expect(itemsOf(provider, body)).toMatchObject([
				{
					eventId: expect.stringMatching(/:sha256:[0-9a-f]{32}$/) as string,
					occurredAt: null,
				},
			]);
		});

		it.each(timed)('knows by its hash, and finds the time of, %s', (_, body) => {
			expect(itemsOf(provider, body)).toMatchObject([
				{
					eventId: expect.stringMatching(/:sha256:[0-9a-f]{32}$/) as string,
					occurredAt: '2025-08-27T19:17:58.000Z',
				},
			]);
		});
	},
);
