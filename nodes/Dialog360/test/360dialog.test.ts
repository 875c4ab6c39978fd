import { hmacKnownAnswers } from '../../../playground/known-answers';
import { hmacHeader } from '../../../playground/simulator';
import {
	deliveryCases,
	headersAsReceived,
	knownAnswerCases,
} from '../../../test/support/delivery-cases';
import { providerUnderTest } from '../../../test/support/providers';
import { readDelivery } from '../../shared/core/read-delivery';
import { refusal } from '../../shared/n8n/problem';
import { provider } from '../provider';

const HEADER = 'x-360dialog-signature';
const direct = providerUnderTest('360dialog');
const occasion = { url: 'https://n8n.example.com/webhook/x/webhook', at: new Date() };
const BODY = Buffer.from('{"object":"whatsapp_business_account","entry":[]}');

/** As 360dialog delivers to a partner. */
const partner = {
	...direct,
	simulator: {
		...direct.simulator,
		secret: 'platform_one',
		otherSecret: 'platform_two',
		credential: { proof: 'signature' },
		sign: hmacHeader(HEADER),
		// OpenSSL: 360dialog publishes the scheme ("Signature Validation") and no example of it.
		knownAnswers: hmacKnownAnswers(HEADER),
	},
};

const resultOf = (headers: Record<string, string>, credential: Record<string, string>) => {
	const delivery = { rawBody: BODY, headers, url: occasion.url, receivedAt: Date.now() };
	const result = readDelivery(provider, delivery, credential);
	return result.kind === 'refused' ? result.reason : result.kind;
};

describe("a partner's delivery", () => {
	it.each([...deliveryCases(partner, BODY, occasion), ...knownAnswerCases(partner)])(
		'$name → $expected',
		(delivery) => {
			const { rawBody, credential, expected } = delivery;
			const headers = headersAsReceived(delivery);
			const request = { rawBody, headers, url: occasion.url, receivedAt: Date.now() };
			const result = readDelivery(provider, request, credential);

			expect(result.kind === 'refused' ? result.reason : result.kind).toBe(expected);
		},
	);

	it('may have the name of the algorithm before its signature', () => {
		const { [HEADER]: signature } = hmacHeader(HEADER)(BODY, 'platform_one', occasion);

		expect(
			resultOf(
				{ [HEADER]: `sha256=${signature}` },
				{ proof: 'signature', webhookSecret: 'platform_one' },
			),
		).toBe('items');
	});
});

describe('which proof is asked for', () => {
	const signed = hmacHeader(HEADER)(BODY, 'platform_one', occasion);
	const shared = { 'x-webhook-secret': 'platform_one' };

	it('is what the credential says, whatever the delivery brings', () => {
		for (const proof of ['header', '', 'anything']) {
			expect(resultOf(signed, { proof, webhookSecret: 'platform_one' })).toBe('proof_missing');
			expect(resultOf(shared, { proof, webhookSecret: 'platform_one' })).toBe('items');
		}
		const partnerCredential = { proof: 'signature', webhookSecret: 'platform_one' };
		expect(resultOf(shared, partnerCredential)).toBe('proof_missing');
		expect(resultOf(signed, partnerCredential)).toBe('items');
	});

	it('is the header that the credential names, where it is a header', () => {
		const credential = { headerName: ' X-Own ', webhookSecret: 'platform_one' };

		expect(resultOf({ 'x-own': 'platform_one' }, credential)).toBe('items');
		expect(resultOf(shared, credential)).toBe('proof_missing');
	});
});

it.each([
	['header', 'the shared secret does not match'],
	['signature', 'the signature does not match'],
])('a refusal by %s says that %s', (proof, cause) => {
	expect(refusal(provider, 'proof_mismatch', { data: { proof } }).cause).toBe(cause);
});
