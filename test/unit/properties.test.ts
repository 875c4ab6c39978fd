import fc from 'fast-check';
import { isObject, type JsonObject } from '../../nodes/shared/core/json';
import { itemSchema, type Item } from '../../nodes/shared/core/item';
import { readDelivery } from '../../nodes/shared/core/read-delivery';
import { fixturesOf } from '../support/fixtures';
import { PROVIDERS_UNDER_TEST } from '../support/providers';

/** More with FAST_CHECK_RUNS=100000; enough here to stay within a second or two for each property. */
const numRuns = Number(process.env.FAST_CHECK_RUNS ?? 1_000);

type Path = (string | number)[];

/** The places in a JSON value, the root left out. */
function pathsOf(value: unknown, path: Path = []): Path[] {
	const entries: [string | number, unknown][] = Array.isArray(value)
		? value.map((element, index) => [index, element])
		: isObject(value)
			? Object.entries(value)
			: [];
	return entries.flatMap(([key, inner]) => [[...path, key], ...pathsOf(inner, [...path, key])]);
}

const isList = (value: unknown): value is unknown[] => Array.isArray(value);

const MUTATIONS = {
	'remove it': undefined,
	null: () => null,
	'a number': () => 1e21,
	text: () => 'text',
	'empty text': () => '',
	true: () => true,
	'an empty list': () => [],
	'an empty object': () => ({}),
	'in a list': (value: unknown) => [value],
	'in an object': (value: unknown) => ({ nested: value }),
	twice: (value: unknown) => [value, value],
	'a list as its first element': (value: unknown) => (isList(value) ? value[0] : value),
	'a list twice as long': (value: unknown) => (isList(value) ? [...value, ...value] : value),
} as const;

/** A copy of a body with one place changed. */
function mutated(body: JsonObject, path: Path, mutation: keyof typeof MUTATIONS): JsonObject {
	const copy = structuredClone(body);
	const parents = path.slice(0, -1);
	const last = path.at(-1) ?? '';
	const parent = parents.reduce<unknown>(
		(value, key) => (value as Record<string | number, unknown>)[key],
		copy,
	) as Record<string | number, unknown>;
	const change = MUTATIONS[mutation];
	if (change) parent[last] = change(parent[last]);
	else if (Array.isArray(parent)) parent.splice(Number(last), 1);
	else Reflect.deleteProperty(parent, last);
	return copy;
}

/** The messages, statuses and echoes of a body in Meta's format, written without the code under test. */
function messagesIn(body: JsonObject): unknown[] {
	const list = (value: unknown) => (Array.isArray(value) ? (value as unknown[]) : []);
	return list(body.entry).flatMap((entry) =>
		list(isObject(entry) ? entry.changes : null).flatMap((change) => {
			const value = isObject(change) && isObject(change.value) ? change.value : {};
			return ['messages', 'statuses', 'message_echoes', 'message_template_sends'].flatMap((name) =>
				list(value[name]),
			);
		}),
	);
}

describe.each(PROVIDERS_UNDER_TEST)('$provider.displayName', ({ provider }) => {
	const authentic = { ...provider, verify: () => ({ ok: true }) as const };

	function itemsOf(body: unknown): Item[] {
		const rawBody = Buffer.from(JSON.stringify(body));
		const reading = readDelivery(authentic, { rawBody, headers: {} }, { secrets: [] });
		if (reading.kind !== 'items') throw new Error(`read as ${reading.kind}`);
		return reading.items;
	}

	function expectValid(items: Item[]): void {
		expect(items.length).toBeGreaterThan(0);
		for (const item of items) {
			itemSchema.parse(item);
			expect(provider.events).toContain(item.event);
			expect(item.summary).not.toMatch(/[\n\r]/);
		}
	}

	it('makes valid items of any JSON object', () => {
		fc.assert(
			fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (body) => {
				expectValid(itemsOf(body));
			}),
			{ numRuns },
		);
	});

	it('makes valid items of any JSON where its own fields stand', () => {
		const keys = fixturesOf(provider.id)
			.flatMap(({ rawBody }) => pathsOf(JSON.parse(rawBody.toString())))
			.flat()
			.filter((key): key is string => typeof key === 'string');
		const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
			tree: fc.oneof(
				{ maxDepth: 6 },
				fc.constantFrom(
					'text',
					'messages',
					'sent',
					'READ',
					'wamid.1',
					'919911223344',
					'1756322278',
				),
				fc.jsonValue({ maxDepth: 1 }),
				fc.array(tie('tree'), { maxLength: 3 }),
				fc.dictionary(fc.constantFrom(...new Set(keys)), tie('tree'), { maxKeys: 6 }),
			),
		}));
		fc.assert(
			fc.property(fc.dictionary(fc.constantFrom(...new Set(keys)), tree), (body) => {
				expectValid(itemsOf(body));
			}),
			{ numRuns },
		);
	});

	it('makes valid items of a sample with one place changed, and leaves no message out', () => {
		const samples = fixturesOf(provider.id).map(({ name, rawBody }) => {
			const body = JSON.parse(rawBody.toString()) as JsonObject;
			return { name, body, paths: pathsOf(body) };
		});
		const mutation = fc
			.constantFrom(...samples)
			.chain(({ name, body, paths }) =>
				fc.tuple(
					fc.constant({ name, body }),
					fc.constantFrom(...paths),
					fc.constantFrom(...(Object.keys(MUTATIONS) as (keyof typeof MUTATIONS)[])),
				),
			);
		fc.assert(
			fc.property(mutation, ([{ body }, path, change]) => {
				const changed = mutated(body, path, change);
				const items = itemsOf(changed);

				expectValid(items);
				const raw = JSON.stringify(items.map((item) => item.raw));
				for (const message of messagesIn(changed)) expect(raw).toContain(JSON.stringify(message));
				if (messagesIn(changed).length > 0 && items.every(({ event }) => event !== 'other')) {
					expect(items.length).toBeGreaterThanOrEqual(messagesIn(changed).length);
				}
			}),
			{ numRuns },
		);
	});

	it('gives a sample the same event ids every time, and another to every other event in it', () => {
		// One sample has two messages of one id, as a software kit's own test data has them.
		const samples = fixturesOf(provider.id).filter(({ name }) => name !== 'meta-php-multiple-text');
		const ids = samples.map(({ rawBody }) => {
			const body: unknown = JSON.parse(rawBody.toString());
			const once = itemsOf(body).map(({ eventId }) => eventId);
			expect(itemsOf(body).map(({ eventId }) => eventId)).toEqual(once);
			return once;
		});
		for (const once of ids) expect(new Set(once).size).toBe(once.length);
	});
});
