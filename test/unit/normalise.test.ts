import { itemSchema } from '../../nodes/shared/core/item';
import { readDelivery } from '../../nodes/shared/core/read-delivery';
import { fixturesOf } from '../support/fixtures';
import { PROVIDERS_UNDER_TEST } from '../support/providers';

describe.each(PROVIDERS_UNDER_TEST)('$provider.displayName', ({ provider }) => {
	it.each(fixturesOf(provider.id))('reads $name as the items written by hand', (fixture) => {
		const authentic = { ...provider, verify: () => ({ ok: true }) as const };

		const reading = readDelivery(
			authentic,
			{ rawBody: fixture.rawBody, headers: {} },
			{ secrets: [] },
		);

		expect(reading).toEqual({ kind: 'items', items: fixture.items });
		for (const item of fixture.items) expect(itemSchema.parse(item)).toEqual(item);
	});

	it('has a sample of every event that it can emit', () => {
		const emitted = fixturesOf(provider.id).flatMap(({ items }) => items.map(({ event }) => event));

		expect(new Set(emitted)).toEqual(new Set(provider.events));
	});
});
