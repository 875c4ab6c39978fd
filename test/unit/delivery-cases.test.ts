import { CHAKRAHQ } from '../../nodes/ChakraHq/chakrahq';
import { CHIRP } from '../../nodes/Chirp/chirp';
import { readDelivery } from '../../nodes/shared/core/read-delivery';
import { PROVIDERS_UNDER_TEST } from '../support/providers';

describe.each(PROVIDERS_UNDER_TEST)('$provider.displayName', ({ provider, header, cases }) => {
	it.each(cases)('$name → $expected', ({ body, signatures, secrets, expected }) => {
		// As Node.js hands over a header that arrived more than once.
		const headers = signatures.length > 0 ? { [header]: signatures.join(', ') } : {};

		const reading = readDelivery(provider, { rawBody: body, headers }, { secrets });

		expect(reading.kind === 'refused' ? reading.reason : reading.kind).toBe(expected);
	});

	it('refuses a header that arrives as a list', () => {
		const [valid] = cases;
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

describe('a signature whose encoding is not documented', () => {
	// printf '%s' '{"event":"sample"}' | openssl dgst -sha256 -mac HMAC -macopt key:secret -binary | base64
	const rawBody = Buffer.from('{"event":"sample"}');
	const hex = '82ebf428ba84918c3934f14997674a8a5f8fe55bceb89d32a3257e0efc5101be';
	const base64 = 'guv0KLqEkYw5NPFJl2dKil+P5VvOuJ0yoyV+DvxRAb4=';

	it.each([
		['hex', hex, 'items'],
		['hex in upper case', hex.toUpperCase(), 'items'],
		['base64', base64, 'items'],
		['base64 with a prefix', `sha256=${base64}`, 'items'],
		[
			'base64 with the prefix in it',
			`${base64.slice(0, 9)}sha256=${base64.slice(9)}`,
			'signature_malformed',
		],
		['base64 without padding', base64.replace('=', ''), 'items'],
		['base64url', base64.replace(/\+/g, '-').replace(/\//g, '_'), 'items'],
		['base64 of another digest', `A${base64.slice(1)}`, 'signature_mismatch'],
		['base64 of fewer bytes', base64.slice(4), 'signature_malformed'],
		[
			'base64 with something in between',
			`${base64.slice(0, 9)} ${base64.slice(9)}`,
			'signature_malformed',
		],
	])('is read as %s', (_, signature, expected) => {
		const headers = { 'x-chakra-signature-256': signature };

		const reading = readDelivery(CHAKRAHQ, { rawBody, headers }, { secrets: ['secret'] });

		expect(reading.kind === 'refused' ? reading.reason : reading.kind).toBe(expected);
	});
});

describe('a header of the user’s choice', () => {
	const rawBody = Buffer.from('{"event":"sample"}');

	it.each([
		['X-My-Secret', { 'x-my-secret': 'text' }, 'items'],
		['  ', { 'x-webhook-secret': 'text' }, 'items'],
		['X-My-Secret', { 'x-webhook-secret': 'text' }, 'signature_missing'],
	])('%j', (headerName, headers, expected) => {
		const reading = readDelivery(CHIRP, { rawBody, headers }, { secrets: ['text'], headerName });

		expect(reading.kind === 'refused' ? reading.reason : reading.kind).toBe(expected);
	});
});
