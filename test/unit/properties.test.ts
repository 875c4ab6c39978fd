import fc from 'fast-check';
import { isObject, type JsonObject } from '../../nodes/shared/core/values/json';
import { itemSchema, type Item } from '../../nodes/shared/core/item/item';
import * as support from '../support/items';
import {
	fixturesOf,
	PROVIDERS_UNDER_TEST,
	providerUnderTest,
	type Fixture,
} from '../support/providers';

/** More with FAST_CHECK_RUNS=100000; enough here to stay within a second or two for each property. */
const numRuns = Number(process.env.FAST_CHECK_RUNS ?? 1_000);

/** Samples in which two messages have one id, so that they have one event id as well. */
const REPEATED_IDS = new Set(['meta-multiple-text']);

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

/** A sample's body, and the places in it. */
function bodyOf({ rawBody }: Fixture): { body: JsonObject; paths: Path[] } {
	const body = JSON.parse(rawBody.toString()) as JsonObject;
	return { body, paths: pathsOf(body) };
}

/** Each sample with one place changed. */
function mutationsOf(fixtures: readonly Fixture[]): fc.Arbitrary<JsonObject> {
	return fc
		.constantFrom(...fixtures.map(bodyOf))
		.chain(({ body, paths }) =>
			fc
				.tuple(
					fc.constantFrom(...paths),
					fc.constantFrom(...(Object.keys(MUTATIONS) as (keyof typeof MUTATIONS)[])),
				)
				.map(([path, mutation]) => mutated(body, path, mutation)),
		);
}

const JSON_PROVIDERS = PROVIDERS_UNDER_TEST.filter(({ provider }) => !provider.readBody);

describe.each(JSON_PROVIDERS)('$displayName', (discovered) => {
	const { provider } = discovered;
	const fixtures = fixturesOf(discovered);
	const itemsOf = (body: JsonObject) => support.itemsOf(provider, body);

	function expectValid(items: Item[]): void {
		expect(items.length).toBeGreaterThan(0);
		for (const item of items) {
			itemSchema.parse(item);
			expect(provider.emits).toContain(item.event);
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
		const keys = fixtures
			.flatMap((fixture) => bodyOf(fixture).paths)
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

	it('makes valid items of a sample with one place changed, without an exception', () => {
		fc.assert(
			fc.property(mutationsOf(fixtures), (body) => {
				const rawBody = Buffer.from(JSON.stringify(body));

				provider.normalize(body, { rawBody, headers: {}, url: '', receivedAt: 0 });
				expectValid(itemsOf(body));
			}),
			{ numRuns },
		);
	});

	it('gives every event in a sample another event id', () => {
		for (const fixture of fixtures.filter(({ name }) => !REPEATED_IDS.has(name))) {
			const ids = itemsOf(bodyOf(fixture).body).map(({ eventId }) => eventId);
			expect([fixture.name, new Set(ids).size]).toEqual([fixture.name, ids.length]);
		}
	});
});

describe("Meta's format", () => {
	const meta = providerUnderTest('meta');
	const fixtures = fixturesOf(meta).filter(({ name }) => name.startsWith('meta-'));

	it('leaves no message, status or echo out of a sample with one place changed', () => {
		let seen = 0;
		fc.assert(
			fc.property(mutationsOf(fixtures), (body) => {
				const messages = messagesIn(body);
				const items = support.itemsOf(meta.provider, body);

				seen += messages.length;
				const raw = JSON.stringify(items.map((item) => item.raw));
				for (const message of messages) expect(raw).toContain(JSON.stringify(message));
				if (messages.length > 0 && items.every(({ event }) => event !== 'other')) {
					expect(items.length).toBeGreaterThanOrEqual(messages.length);
				}
			}),
			{ numRuns },
		);
		expect(seen).toBeGreaterThan(numRuns / 10);
	});
});
