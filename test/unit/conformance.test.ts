import { outputIndexOf } from '../../nodes/shared/core/item/events';
import { itemSchema, type Item } from '../../nodes/shared/core/item/item';
import { readDelivery, readItems } from '../../nodes/shared/core/read/read-delivery';
import {
	deliveryCases,
	headersAsReceived,
	knownAnswerCases,
	type DeliveryCase,
} from '../support/delivery-cases';
import { fixturesOf, PROVIDERS_UNDER_TEST } from '../support/providers';

/** Whether an item says neither which event it is nor when it happened, so that it is never another. */
const isTimeless = ({ eventId, occurredAt }: Item) =>
	eventId.includes(':sha256:') && occurredAt === null;

/** What holds for every provider that is found. What only one can show is in its own folder. */
describe.each(PROVIDERS_UNDER_TEST)('$displayName', (discovered) => {
	const { provider, simulator, Trigger } = discovered;
	const fixtures = fixturesOf(discovered);
	const occasion = { url: 'https://n8n.example.com/webhook/x/webhook', at: new Date() };

	const resultOf = (delivery: DeliveryCase) => {
		const { rawBody, credential } = delivery;
		const request = {
			rawBody,
			headers: headersAsReceived(delivery),
			url: occasion.url,
			receivedAt: occasion.at.getTime(),
		};
		const result = readDelivery(provider, request, credential);
		return result.kind === 'rejected' ? result.reason : result.kind;
	};

	describe('decides on a delivery', () => {
		const [sample] = fixtures;
		if (!sample) throw new Error(`nodes/${discovered.folder} has no samples`);
		it.each([
			...deliveryCases(discovered, sample.rawBody, occasion),
			...knownAnswerCases(discovered),
		])('$name → $expected', (delivery) => {
			expect(resultOf(delivery)).toBe(delivery.expected);
		});
	});

	it('accepts what was signed elsewhere, at its own place and time', () => {
		const others = simulator.knownAnswers.filter((answer) => answer.occasion);
		const results = others.map(({ rawBody, headers, secret, occasion: at }) =>
			readDelivery(
				provider,
				{
					rawBody,
					headers: Object.fromEntries(
						Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
					),
					url: at?.url ?? '',
					receivedAt: at?.at.getTime() ?? NaN,
				},
				{ ...simulator.credential, webhookSecret: secret },
			),
		);

		expect(simulator.knownAnswers.length).toBeGreaterThan(0);
		expect(results.map(({ kind }) => kind)).toEqual(others.map(({ expected }) => expected));
	});

	it('rejects a header that arrives as a list', () => {
		const rawBody = Buffer.from('{}');
		const signed = simulator.sign(rawBody, simulator.secret, occasion);
		const header = provider.verifier.header({ ...simulator.credential });
		const value = signed[header] ?? '';
		const headers = { [header.toLowerCase()]: [value, value] };
		const delivery = { rawBody, headers, url: occasion.url, receivedAt: occasion.at.getTime() };

		expect(readDelivery(provider, delivery, { webhookSecret: simulator.secret })).toEqual({
			kind: 'rejected',
			reason: 'header_repeated',
		});
	});

	const delivered = (rawBody: Buffer) => ({ rawBody, headers: {}, url: '', receivedAt: 0 });

	it.each(fixtures)('reads $name as the items written by hand', ({ rawBody, items }) => {
		expect(readItems(provider, delivered(rawBody))).toEqual(items);
		for (const item of items) expect(itemSchema.parse(item)).toEqual(item);
	});

	it('has a sample of every event that it can emit, and emits no other', () => {
		const emitted = fixtures.flatMap(({ items }) => items.map(({ event }) => event));

		expect([...new Set(emitted)].sort()).toEqual([...provider.emits].sort());
	});

	it('has samples of its events that happen anew, and now, each time they are sent', () => {
		const now = new Date('2031-02-03T04:05:06.000Z');
		const samples = fixtures.filter(
			({ name, items }) =>
				provider.emits.some((event) => event === name) && !items.every(isTimeless),
		);
		const fresh = samples.map(({ name, rawBody, items }) => {
			const text = simulator.freshen(rawBody.toString('utf8'), now);
			const freshItems = readItems(provider, delivered(Buffer.from(text))) ?? [];
			const known = new Set(items.map(({ eventId }) => eventId));
			return {
				name,
				events: freshItems.map(({ event }) => event),
				times: freshItems.map(({ occurredAt }) => occurredAt),
				repeated: freshItems.filter(({ eventId }) => known.has(eventId)).length,
			};
		});

		expect(samples.length).toBeGreaterThan(0);
		expect(fresh).toEqual(
			samples.map(({ name, items }) => ({
				name,
				events: items.map(({ event }) => event),
				times: items.map(({ occurredAt }) => occurredAt && now.toISOString()),
				repeated: 0,
			})),
		);
	});

	it("tells n8n's workflow builder the index of the output of each event", () => {
		const hint = new Trigger().description.builderHint?.searchHint ?? '';
		const said = [...hint.matchAll(/(\d+) \w+ \(([a-z.]+)\)/g)].map(([, index, event]) => [
			Number(index),
			event,
		]);

		expect(said).toEqual(provider.emits.map((event) => [outputIndexOf(event), event]));
	});
});
