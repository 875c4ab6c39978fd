import { provider } from '../../nodes/PingMate/provider';
import { hashKey } from '../../nodes/shared/core/item/event-key';
import {
	MOST_ENTRIES,
	MOST_ITEMS,
	MOST_LEVELS,
	sizeOf,
} from '../../nodes/shared/core/values/bounds';
import { contentOf } from '../../nodes/shared/core/item/content';
import { createItem } from '../../nodes/shared/core/item/create-item';
import type { Draft } from '../../nodes/shared/core/item/draft';
import { itemSchema } from '../../nodes/shared/core/item/item';
import type { JsonObject } from '../../nodes/shared/core/values/json';
import { readItems } from '../../nodes/shared/core/read/read-delivery';
import { itemOf, itemsOf } from '../support/items';
import { PROVIDERS_UNDER_TEST, providerUnderTest } from '../support/providers';

/** Lists in lists, as JSON. */
const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

/** The deepest level of a value, counted without the code under test and without recursion. */
function depthOf(value: unknown): number {
	let level = [value];
	for (let depth = 0; ; depth++) {
		level = level.flatMap((inner) =>
			typeof inner === 'object' && inner !== null ? (Object.values(inner) as unknown[]) : [],
		);
		if (level.length === 0) return depth;
	}
}

describe('the size of a value', () => {
	it.each([
		['a text', 'text', 1],
		['nothing', null, 1],
		['a list', [1, [2, 3]], 5],
		['an object', { a: 1, b: { c: [] } }, 4],
	])('of %s is the number of values in it', (_, value, size) => {
		expect(sizeOf(value)).toBe(size);
	});

	it('is endless beyond the most levels and the most values', () => {
		expect(sizeOf(JSON.parse(nested(MOST_LEVELS)))).toBe(MOST_LEVELS);
		expect(sizeOf(JSON.parse(nested(MOST_LEVELS + 1)))).toBe(Infinity);
		expect(sizeOf(JSON.parse(nested(1_000_000)))).toBe(Infinity);
		expect(sizeOf(Array(99_999).fill(1))).toBe(100_000);
		expect(sizeOf(Array(100_000).fill(1))).toBe(Infinity);
	});
});

describe('a value beyond the bounds', () => {
	const draft: Draft = { event: 'other', providerEvent: 'x', key: null };
	const deep = JSON.parse(`{"b":1,"a":${nested(MOST_LEVELS)}}`) as JsonObject;
	const wide = { all: Array.from({ length: 100_000 }, (_, index) => index) };

	it.each([
		['deep', deep],
		['wide', wide],
	])('stays in raw as text, as it was, when it is %s', (_, body) => {
		const item = createItem(provider, draft, body);

		expect(JSON.parse(item.raw as string)).toEqual(body);
		expect(Object.keys(JSON.parse(item.raw as string) as object)).toEqual(Object.keys(body));
		expect(itemSchema.parse(item)).toEqual(item);
		// Known as before by its content, whatever the order of its keys.
		const reversed = Object.fromEntries(Object.entries(body).reverse());
		expect(createItem(provider, draft, reversed).eventId).toBe(item.eventId);
	});

	it.each([
		['deep', deep],
		['wide', wide],
	])('leaves a form and an account empty when it is %s', (_, fields) => {
		const form = { id: '1', name: 'Demo', fields };
		const item = createItem(provider, { ...draft, form, account: fields }, {});

		expect(item).toMatchObject({ form: { id: '1', name: 'Demo', fields: {} }, account: {} });
	});
});

describe('a form with 20,000 levels', () => {
	const LEVELS = 20_000;
	const responseJson = `{"flow_token":"t","answer":${nested(LEVELS)}}`;
	const reply = { type: 'nfm_reply', nfm_reply: { name: 'flow', response_json: responseJson } };
	const message = { id: 'wamid.1', from: '15551234567', type: 'interactive', interactive: reply };
	const inMeta = { entry: [{ changes: [{ field: 'messages', value: { messages: [message] } }] }] };

	it.each<[string, JsonObject | string]>([
		...['meta', '360dialog', 'chakrahq'].map((id): [string, JsonObject] => [id, inMeta]),
		['ycloud', { type: 'whatsapp.inbound_message.received', whatsappInboundMessage: message }],
		['chirp', { event: 'messages.whatsapp.received', data: { message } }],
		['pingmate', { type: 'form.submitted', data: { object: { response_json: responseJson } } }],
		['pingmate', `{"type":"form.submitted","data":{"object":{"fields":{"a":${nested(LEVELS)}}}}}`],
		['pingmate', `{"type":"form.submitted","data":{"object":{"a":${nested(LEVELS)}}}}`],
		[
			'pingmate',
			`{"type":"form.submitted","data":{"object":{"answers":[{"key":"a","value":${nested(LEVELS)}}]}}}`,
		],
	])('reaches nobody’s Code node, and is not lost: %s', (id, body) => {
		const item = itemOf(providerUnderTest(id).provider, body);

		expect(item).toMatchObject({ event: 'form.submitted', form: { fields: {} } });
		expect(depthOf(item)).toBeLessThanOrEqual(MOST_LEVELS + 3);
		expect(JSON.stringify(item)).toContain(nested(LEVELS));
	});
});

describe.each(PROVIDERS_UNDER_TEST)('$displayName', ({ provider }) => {
	it('makes no item that is nested deeper, wherever the delivery is', () => {
		const keys = ['entry', 'data', 'payload', 'message', 'whatsappMessage', 'changes', 'value'];
		for (const key of keys) {
			const body = `{"event":"message","type":"message","${key}":${nested(20_000)}}`;
			for (const item of itemsOf(provider, body)) {
				expect(depthOf(item)).toBeLessThanOrEqual(MOST_LEVELS + 3);
				// A form has no levels.
				if (!provider.readBody) expect(typeof item.raw).toBe('string');
			}
		}
	});
});

describe('a delivery of more updates than anybody sends', () => {
	const updatesOf = (count: number) => `[${Array(count).fill('{}').join(',')}]`;
	const updates = updatesOf(10_000);

	it.each([
		['messages', `{"entry":[{"changes":[{"field":"messages","value":{"messages":${updates}}}]}]}`],
		['statuses', `{"entry":[{"changes":[{"field":"messages","value":{"statuses":${updates}}}]}]}`],
		['changes', `{"entry":[{"changes":${updates}}]}`],
		['entries', `{"entry":${updates}}`],
		['333,000 entries', `{"entry":${updatesOf(333_000)}}`],
	])('becomes a bounded number of items, the last with all of it: %s', (_, body) => {
		const { provider } = providerUnderTest('meta');
		const items = itemsOf(provider, body);
		const rest = items.at(-1);

		expect(items).toHaveLength(MOST_ITEMS + 1);
		expect(rest).toMatchObject({
			event: 'other',
			eventId: `meta:other:${hashKey(body)}`,
			text: expect.stringMatching(/first 2000.*raw has all of them/) as string,
			raw: body,
		});
	});

	it('of ChakraHQ’s own format is bounded, too', () => {
		const body = `{"event":"message","payload":{"messages":${updates}}}`;

		expect(itemsOf(providerUnderTest('chakrahq').provider, body)).toHaveLength(MOST_ITEMS + 1);
	});

	it('is whole up to the bound', () => {
		const messages = Array.from({ length: MOST_ITEMS }, (_, index) => ({ id: `wamid.${index}` }));
		const body = { entry: [{ changes: [{ field: 'messages', value: { messages } }] }] };
		const items = itemsOf(providerUnderTest('meta').provider, body);

		expect(items).toHaveLength(MOST_ITEMS);
		expect(items.every(({ event }) => event === 'message.received')).toBe(true);
	});

	it('is bounded by what the items hold, too', () => {
		const frame = Object.fromEntries(Array.from({ length: 90_000 }, (_, key) => [`k${key}`, key]));
		const messages = Array.from({ length: 1_000 }, (_, index) => ({ id: `wamid.${index}` }));
		const body = { entry: [{ changes: [{ field: 'messages', value: { ...frame, messages } }] }] };
		const items = itemsOf(providerUnderTest('meta').provider, body);

		expect(items.length).toBeLessThan(20);
		expect(items.at(-1)).toMatchObject({ event: 'other', raw: JSON.stringify(body) });
	});
});

describe('a list in an item', () => {
	const many = (entry: object) => Array.from({ length: 2 * MOST_ENTRIES }, () => entry);

	it('has as many contact cards, numbers and addresses as WhatsApp ever sends, and no more', () => {
		const card = {
			name: 'A',
			phones: many({ phone: '15551234567' }),
			emails: many({ email: 'a' }),
		};
		const { contacts = [] } = contentOf({ type: 'contacts', contacts: [card, ...many({})] });

		expect(contacts).toHaveLength(MOST_ENTRIES);
		expect(contacts[0]?.phones).toHaveLength(MOST_ENTRIES);
		expect(contacts[0]?.emails).toHaveLength(MOST_ENTRIES);
	});

	it('of products has no total where some are left out', () => {
		const product = { quantity: 1, item_price: 2, currency: 'INR' };
		const orderOf = (product_items: object[]) =>
			contentOf({ type: 'order', order: { product_items } }).order;

		expect(orderOf(many(product))).toMatchObject({ total: null });
		expect(orderOf(many(product))?.items).toHaveLength(MOST_ENTRIES);
		expect(orderOf(many(product).slice(0, MOST_ENTRIES))).toMatchObject({ total: 2_000 });
	});
});

it('reads a form of 120,000 fields as one item with its text', () => {
	const form = Array.from({ length: 120_000 }, (_, index) => `f${index}=`).join('&');
	const { provider } = providerUnderTest('twilio');
	const items = readItems(provider, {
		rawBody: Buffer.from(form),
		headers: {},
		url: '',
		receivedAt: 0,
	});

	expect(items).toMatchObject([{ event: 'other', raw: expect.any(String) as string }]);
});
