import { PROVIDERS_WITH_PAIRS, type Body, type EventPairs } from '../support/event-pairs';
import { itemsOf } from '../support/items';
import type { Provider } from '../../nodes/shared/core/read/provider';

/** The rows of one list of every provider. */
const casesOf = (list: keyof EventPairs) =>
	PROVIDERS_WITH_PAIRS.flatMap(({ displayName, provider, pairs }) =>
		pairs[list].map(([name, first, second = first]) => ({
			displayName,
			provider,
			name,
			first,
			second,
		})),
	);

const idsOf = (provider: Provider, body: Body) =>
	itemsOf(provider, body).map(({ eventId }) => eventId);

it.each(casesOf('twoEvents'))(
	'$displayName: two events have two ids: $name',
	({ provider, first, second }) => {
		const ids = [...idsOf(provider, first), ...idsOf(provider, second)];

		expect(ids).toHaveLength(2);
		expect(new Set(ids).size).toBe(2);
	},
);

it.each(casesOf('oneEvent'))(
	'$displayName: two tries of one event have one id: $name',
	({ provider, first, second }) => {
		const ids = idsOf(provider, first);

		expect(ids).toHaveLength(1);
		expect(idsOf(provider, second)).toEqual(ids);
	},
);

// By its hash and its missing time the ledger knows what is to be remembered for an hour only.
it.each(casesOf('timeless'))(
	'$displayName: known by its hash, and without a time: $name',
	({ provider, first }) => {
		expect(itemsOf(provider, first)).toMatchObject([
			{ eventId: expect.stringMatching(/:sha256:[0-9a-f]{32}$/) as string, occurredAt: null },
		]);
	},
);

it.each(casesOf('timed'))(
	'$displayName: known by its hash, and with the time that stands in it: $name',
	({ provider, first }) => {
		expect(itemsOf(provider, first)).toMatchObject([
			{
				eventId: expect.stringMatching(/:sha256:[0-9a-f]{32}$/) as string,
				occurredAt: '2025-08-27T19:17:58.000Z',
			},
		]);
	},
);
