import { readDelivery } from '../../nodes/shared/core/read-delivery';
import type { Item } from '../../nodes/shared/core/item';
import { EVENT_PAIRS, TIMELESS, type EventPair } from '../support/event-pairs';
import { PROVIDERS_UNDER_TEST } from '../support/providers';

/** The items of an authentic delivery. */
function itemsOf(providerId: EventPair['provider'], body: string): Item[] {
	const under = PROVIDERS_UNDER_TEST.find(({ provider }) => provider.id === providerId);
	if (!under) throw new Error(`there is no provider ${providerId}`);
	const authentic = { ...under.provider, verify: () => ({ ok: true }) as const };
	const delivery = { rawBody: Buffer.from(body), headers: {} };
	const reading = readDelivery(authentic, delivery, { secrets: [] });
	if (reading.kind !== 'items') throw new Error(`read as ${reading.kind}`);
	return reading.items;
}

const idsOf = (provider: EventPair['provider'], body: string) =>
	itemsOf(provider, body).map(({ eventId }) => eventId);

describe('two events have two ids:', () => {
	it.each(EVENT_PAIRS.filter(({ events }) => events === 2))(
		'$provider: $name',
		({ provider, first, second }) => {
			const ids = [...idsOf(provider, first), ...idsOf(provider, second)];

			expect(ids).toHaveLength(2);
			expect(new Set(ids).size).toBe(2);
		},
	);
});

describe('two tries of one event have one id:', () => {
	it.each(EVENT_PAIRS.filter(({ events }) => events === 1))(
		'$provider: $name',
		({ provider, first, second }) => {
			const ids = idsOf(provider, first);

			expect(ids).toHaveLength(1);
			expect(idsOf(provider, second)).toEqual(ids);
		},
	);
});

describe('an event that says neither which it is nor when it happened is remembered for an hour only:', () => {
	it.each(TIMELESS)('$provider: $name', ({ provider, body }) => {
		expect(itemsOf(provider, body)).toMatchObject([
			{
				// By these two the ledger tells it.
				eventId: expect.stringMatching(/:sha256:[0-9a-f]{32}$/) as string,
				occurredAt: null,
			},
		]);
	});
});

describe('an event that is known by its content has the time that stands in it:', () => {
	const at = '2025-08-27T19:17:58.000Z';
	const inMeta = (field: string, value: object, entry: object = {}) =>
		JSON.stringify({ entry: [{ id: '1', ...entry, changes: [{ field, value }] }] });

	it.each<[string, EventPair['provider'], string]>([
		['a call', 'chakrahq', inMeta('calls', { calls: [{ id: 'c1', timestamp: '1756322278' }] })],
		[
			'a group',
			'chakrahq',
			inMeta('group_settings_update', { groups: [{ timestamp: '1756322278' }] }),
		],
		[
			'an automatic event',
			'chakrahq',
			inMeta('automatic_events', { automatic_events: [{}, { timestamp: 1756322278 }] }),
		],
		['a change of an entry with a time', 'chakrahq', inMeta('field_x', {}, { time: 1756322278 })],
		[
			'an element that is none, of an entry with a time',
			'chakrahq',
			inMeta('messages', { messages: ['text'] }, { time: 1756322278 }),
		],
		[
			'an entry without changes',
			'chakrahq',
			JSON.stringify({ entry: [{ id: '1', time: 1756322278 }] }),
		],
		[
			'an unknown event of ChakraHQ',
			'chakrahq',
			'{"event":"leadCreated","payload":{"timestamp":1756322278}}',
		],
		['a body that is not known', 'chakrahq', '{"timestamp":1756322278}'],
		['a body whose event is none', 'pingmate', '{"type":7,"created_at":1756322278}'],
		[
			'an account that was connected',
			'chirp',
			'{"event":"whatsapp.account.connected","data":{"connectedAt":1756322278,"createdAt":1}}',
		],
		[
			'a template that was created',
			'chirp',
			'{"event":"templates.whatsapp.created","data":{"createdAt":1756322278}}',
		],
		[
			'a message that was edited',
			'chirp',
			'{"event":"messages.whatsapp.edited","data":{"id":"m1","editedAt":1756322278}}',
		],
	])('%s', (_, provider, body) => {
		expect(itemsOf(provider, body)).toMatchObject([
			{ eventId: expect.stringMatching(/:sha256:/) as string, occurredAt: at },
		]);
	});
});

it('gives each element of a list in ChakraHQ’s own format its own id and raw part', () => {
	const payments = ['txn-1', 'txn-2'].map((id) => ({
		id: 'order-7',
		type: 'payment',
		status: 'failed',
		payment: { transaction: { id } },
	}));
	const body = { event: 'status', payload: { wabaId: '1', statuses: payments } };

	const items = itemsOf('chakrahq', JSON.stringify(body));

	expect(new Set(items.map(({ eventId }) => eventId)).size).toBe(2);
	expect(items.map(({ raw }) => raw)).toEqual(
		payments.map((payment) => ({
			event: 'status',
			payload: { wabaId: '1', statuses: [payment] },
		})),
	);
});

it('is the hash of the bytes where a body is nested too deep to be written again', () => {
	const depth = 200_000;
	const body = `{"event":"leadCreated","payload":{"x":${'['.repeat(depth)}${']'.repeat(depth)}}}`;

	const [first] = itemsOf('chakrahq', body);
	const [again] = itemsOf('chakrahq', body);
	const [other] = itemsOf('chakrahq', body.replace('[]', '[1]'));

	expect(first).toMatchObject({ event: 'other', providerEvent: 'leadCreated' });
	expect(first?.eventId).toMatch(/^chakrahq:other:sha256:[0-9a-f]{32}$/);
	expect(again?.eventId).toBe(first?.eventId);
	expect(other?.eventId).not.toBe(first?.eventId);
});
