import type { Delivery } from '../../nodes/shared/core/verify/delivery';
import { readForm } from '../../nodes/shared/core/read/body';
import { hmac } from '../../nodes/shared/core/verify/hmac';
import { firstText, textOf } from '../../nodes/shared/core/values/json';
import type { Provider } from '../../nodes/shared/core/read/provider';
import { readDelivery } from '../../nodes/shared/core/read/read-delivery';

/**
 * A provider that there is not: it sends forms, signs their time, puts a key into them that must not be
 * stored, and names the delivery in a header. None of the package's own needs all of this.
 */
const example: Provider = {
	id: 'example',
	displayName: 'Example',
	credentialType: 'exampleWebhookApi',
	emits: ['message.received', 'other'],
	chats: { ourSide: ({ phone }) => phone, hasGroups: false, recipientOf: ({ address }) => address },
	verifier: hmac({
		header: 'X-Example-Signature',
		parse(header) {
			const [timestamp, signature] = header.split('.');
			return timestamp && signature ? { timestamp, signatures: [signature] } : null;
		},
		content: ({ rawBody }, timestamp) => [`${timestamp}.${Buffer.from(rawBody).toString()}`],
		tolerance: { pastSeconds: 60, futureSeconds: 60 },
	}),
	secret: { label: 'Webhook Secret', location: 'Example', rules: [] },
	readBody: readForm,
	redact: (body) => Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'apikey')),
	retries: 'retries it',
	normalize(body, { headers }) {
		if (body.event === 'broken') throw new Error('a shape that nobody has seen');
		if (body.event !== 'received') return [];
		return [
			{
				event: 'message.received',
				providerEvent: 'received',
				key: textOf(headers['x-example-id']),
				text: firstText(body, 'text'),
			},
		];
	},
	nameOfEvent: (body) => firstText(body, 'event'),
};

const FORM = 'event=received&id=e1&text=Hi+there&apikey=k-1';

/** printf '%s' '1756322278.<FORM>' | openssl dgst -sha256 -mac HMAC -macopt key:secret_of_example */
const SIGNATURE = '1756322278.e6cb88b6baaec17d94a27893d21efe83962e877a33578436ff87ea5e18d078c9';

function deliveryOf(form: string, headers: Delivery['headers'] = {}): Delivery {
	return { rawBody: Buffer.from(form), headers, url: '', receivedAt: 1_756_322_278_000 };
}

const CREDENTIAL = { webhookSecret: 'secret_of_example' };

const trusted: Provider = {
	...example,
	verifier: { ...example.verifier, verify: () => ({ ok: true }) },
};

/** The one item of an authentic form. */
function itemOf(form: string, headers?: Delivery['headers']) {
	const result = readDelivery(trusted, deliveryOf(form, headers), {});
	if (result.kind !== 'items') throw new Error(`read as ${result.kind}`);
	expect(result.items).toHaveLength(1);
	return result.items[0];
}

describe('a provider with a form, a signed time, and a key in its body', () => {
	const headers = { 'x-example-signature': SIGNATURE, 'x-example-id': 'delivery-1' };

	it('has its delivery verified over the form, then read, and its id from a header', () => {
		expect(readDelivery(example, deliveryOf(FORM, headers), CREDENTIAL)).toMatchObject({
			kind: 'items',
			items: [
				{
					event: 'message.received',
					provider: 'example',
					eventId: 'example:message.received:delivery-1',
					text: 'Hi there',
					raw: { event: 'received', id: 'e1', text: 'Hi there' },
				},
			],
		});
	});

	it('has nothing of a delivery used that was changed or is too old', () => {
		expect(readDelivery(example, deliveryOf(`${FORM}2`, headers), CREDENTIAL)).toEqual({
			kind: 'rejected',
			reason: 'header_mismatch',
		});
		expect(
			readDelivery(example, { ...deliveryOf(FORM, headers), receivedAt: 0 }, CREDENTIAL),
		).toEqual({ kind: 'rejected', reason: 'timestamp_expired' });
	});

	it.each(['received', 'unknown', 'broken'])(
		'has the key in no part of an item, nor in the hash that is its id: %s',
		(event) => {
			const [first, second] = ['k-1', 'k-2'].map((key) => itemOf(`event=${event}&apikey=${key}`));

			expect(JSON.stringify(first)).not.toMatch(/apikey|k-1/);
			expect(first?.eventId).toMatch(/:sha256:/);
			expect(second).toEqual(first);
		},
	);

	it('is not an object where the form has no fields or is no text', () => {
		for (const rawBody of [Buffer.alloc(0), Buffer.from([0x61, 0x3d, 0xff])]) {
			const delivery = { ...deliveryOf(''), rawBody };

			expect(readDelivery(trusted, delivery, {})).toEqual({ kind: 'not an object' });
		}
	});
});

describe('what its normalizer makes nothing of, or throws for,', () => {
	it.each(['unknown', 'broken'])('is one other item with the provider’s name: %s', (event) => {
		expect(itemOf(`event=${event}&timestamp=1756322278`)).toMatchObject({
			event: 'other',
			providerEvent: event,
			occurredAt: '2025-08-27T19:17:58.000Z',
			raw: { event, timestamp: '1756322278' },
		});
	});

	it('is an unknown event where the body has no name for it', () => {
		// printf '%s' '{"a":"1"}' | openssl dgst -sha256
		expect(itemOf('a=1')).toMatchObject({
			event: 'other',
			providerEvent: 'unknown',
			eventId: 'example:other:sha256:9afeb0f2b203f254312ec8ded441d031',
			occurredAt: null,
		});
	});

	it('has the hash of its bytes for an id where it is nested too deep to be written again', () => {
		const depth = 200_000;
		const nested = { ...trusted, readBody: undefined, normalize: () => [] };
		const idOf = (inner: string) => {
			const body = `{"event":"x","deep":${'['.repeat(depth)}${inner}${']'.repeat(depth)}}`;
			const result = readDelivery(nested, deliveryOf(body), {});
			return result.kind === 'items' ? result.items[0]?.eventId : result.kind;
		};

		expect(idOf('')).toMatch(/^example:other:sha256:[0-9a-f]{32}$/);
		expect(idOf('')).toBe(idOf(''));
		expect(idOf('1')).not.toBe(idOf(''));
	});
});

describe('the fields of a form', () => {
	const read = (form: string) => readForm({ rawBody: Buffer.from(form) });

	it('are text, decoded, the last of a name', () => {
		expect(read('a=1&b=x+y%26z&a=2&emoji=%F0%9F%99%8F&empty=')).toEqual({
			a: '2',
			b: 'x y&z',
			emoji: '🙏',
			empty: '',
		});
	});

	it('never reach a prototype', () => {
		const fields = read('__proto__=x&constructor=y');

		expect(Object.keys(fields ?? {})).toEqual(['__proto__', 'constructor']);
	});
});
