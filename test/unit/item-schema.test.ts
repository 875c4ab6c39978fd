import { fixturesOf, PROVIDERS_UNDER_TEST } from '../support/providers';

type ItemModule = typeof import('../../nodes/shared/core/item');

/** The item's schema, made by a version of zod. */
function schemaBy(zod: 'zod' | 'zod4'): ItemModule['itemSchema'] {
	let item: ItemModule | undefined;
	jest.isolateModules(() => {
		jest.doMock('zod', () => jest.requireActual<object>(zod));
		item = jest.requireActual<ItemModule>('../../nodes/shared/core/item');
	});
	jest.dontMock('zod');
	if (!item) throw new Error('the module was not loaded');
	return item.itemSchema;
}

/** n8n decides which zod there is. */
describe.each(['zod', 'zod4'] as const)("the item's schema by %s", (zod) => {
	const schema = schemaBy(zod);
	const items = PROVIDERS_UNDER_TEST.flatMap(fixturesOf).flatMap((fixture) => fixture.items);

	it('is made by the version that is asked for', () => {
		expect('_zod' in schema).toBe(zod === 'zod4');
	});

	it('takes every item of the samples, and changes none', () => {
		expect(items.length).toBeGreaterThan(0);
		for (const item of items) expect(schema.parse(item)).toEqual(item);
	});

	it.each([
		['a field that is not published', { extra: 1 }],
		['an event that is none', { event: 'message.moved' }],
		['an empty summary', { summary: '' }],
		['an empty eventId', { eventId: '' }],
		['a time in another form', { occurredAt: '2026-01-15 12:00' }],
		['a channel that is none', { channel: 'email' }],
		['a missing status', { status: undefined }],
		['an error without a code', { error: { message: 'x', details: null, help: null } }],
	])('refuses %s', (_, change) => {
		const [item] = items;

		expect(schema.safeParse(item).success).toBe(true);
		expect(schema.safeParse({ ...item, ...change }).success).toBe(false);
	});
});
