import { readDelivery } from '../../nodes/shared/core/read-delivery';
import { DELIVERY_CASES } from '../support/delivery-cases';
import { PROVIDERS_UNDER_TEST } from '../support/providers';

describe.each(PROVIDERS_UNDER_TEST)('$provider.displayName', ({ provider, header }) => {
	it.each(DELIVERY_CASES)('$name → $expected', ({ body, signatures, secrets, expected }) => {
		// As Node.js hands over a header that arrived more than once.
		const headers = signatures.length > 0 ? { [header]: signatures.join(', ') } : {};

		const reading = readDelivery(provider, { rawBody: body, headers }, { secrets });

		expect(reading.kind === 'refused' ? reading.reason : reading.kind).toBe(expected);
	});

	it('refuses a header that arrives as a list', () => {
		const [valid] = DELIVERY_CASES;
		const headers = { [header]: [...(valid?.signatures ?? []), ...(valid?.signatures ?? [])] };

		const reading = readDelivery(
			provider,
			{ rawBody: valid?.body ?? Buffer.alloc(0), headers },
			{ secrets: valid?.secrets ?? [] },
		);

		expect(reading).toEqual({ kind: 'refused', reason: 'signature_repeated' });
	});

	it('reads a body that is nested deeper than JSON.stringify can follow', () => {
		const authentic = { ...provider, verify: () => ({ ok: true }) as const };
		const depth = 200_000;
		const rawBody = Buffer.from(
			`{"event":"x","type":"x","deep":${'['.repeat(depth)}${']'.repeat(depth)}}`,
		);

		const reading = readDelivery(authentic, { rawBody, headers: {} }, { secrets: [] });

		expect(reading).toMatchObject({
			kind: 'items',
			items: [{ event: 'other', providerEvent: 'x' }],
		});
	});

	it('names the header that it reads as the provider writes it', () => {
		expect(provider.signatureHeader.toLowerCase()).toBe(header);
	});

	it('turns an authentic body that its normaliser cannot read into one other item', () => {
		const broken = {
			...provider,
			verify: () => ({ ok: true }) as const,
			normalise: () => {
				throw new Error('a shape that nobody has seen');
			},
		};

		const reading = readDelivery(
			broken,
			{ rawBody: Buffer.from('{"a":1}'), headers: {} },
			{ secrets: [] },
		);

		expect(reading).toMatchObject({
			kind: 'items',
			items: [
				{
					event: 'other',
					providerEvent: 'unknown',
					// printf '%s' '{"a":1}' | openssl dgst -sha256
					eventId: `${provider.id}:other:sha256:015abd7f5cc57a2dd94b7590f04ad808`,
					raw: { a: 1 },
				},
			],
		});
	});
});
