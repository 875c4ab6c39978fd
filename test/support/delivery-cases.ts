import type { RejectionReason } from '../../nodes/shared/core/verify/verification';
import type { DiscoveredProvider } from '../kit/providers';
import type { Occasion } from '../kit/simulator';

/** A delivery, and what becomes of it. */
export interface DeliveryCase {
	/** Ends a sentence that begins with "a delivery". */
	name: string;
	rawBody: Buffer;
	/** The values of each header; more than one where it arrives more than once. */
	headers: Record<string, string[]>;
	/** What the credential holds. */
	credential: Record<string, string>;
	expected: 'items' | 'not an object' | RejectionReason;
}

/**
 * Deliveries of a provider: one that is right, and others of which each breaks or changes one thing.
 * They are derived from how the provider's simulator signs.
 *
 * @param rawBody a body as the provider sends it
 * @param occasion where and when the deliveries are received
 */
export function deliveryCases(
	{ provider, simulator }: DiscoveredProvider,
	rawBody: Buffer,
	occasion: Occasion,
): DeliveryCase[] {
	const { secret, otherSecret } = simulator;
	const credentialOf = (webhookSecret: string, secondWebhookSecret = '') => ({
		...simulator.credential,
		webhookSecret,
		secondWebhookSecret,
	});
	const header = provider.verifier.header(credentialOf(secret));
	const sign = (body: Buffer, by: string, at = occasion) => simulator.sign(body, by, at);
	const lists = (headers: Record<string, string>) =>
		Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
	const proof = sign(rawBody, secret)[header];
	if (proof === undefined) throw new Error(`${provider.id} signs without ${header}`);

	const right: DeliveryCase = {
		name: 'that is right',
		rawBody,
		headers: lists(sign(rawBody, secret)),
		credential: credentialOf(secret),
		expected: 'items',
	};
	const changed = (name: string, change: Partial<DeliveryCase>): DeliveryCase => ({
		...right,
		name,
		...change,
	});
	const withProof = (...values: string[]) => ({ headers: { ...right.headers, [header]: values } });
	const withBody = (body: Buffer) => ({ rawBody: body, headers: lists(sign(body, secret)) });

	const isSigned = provider.verifier.kind(right.credential) === 'signature';
	const notTheSecret = isSigned ? 'header_malformed' : 'header_mismatch';
	const cases = [
		right,

		changed('without a proof', { ...withProof(), expected: 'header_missing' }),
		changed('with an empty proof', { ...withProof(''), expected: 'header_missing' }),
		changed('with a proof of white space', { ...withProof('  '), expected: 'header_missing' }),
		changed('with white space around its proof', withProof(` \t${proof} `)),
		changed('with a truncated proof', { ...withProof(proof.slice(0, -2)), expected: notTheSecret }),
		changed('with something behind its proof', {
			...withProof(`${proof}00`),
			expected: notTheSecret,
		}),
		changed('whose proof is not ASCII', {
			...withProof(`${proof.slice(0, -1)}é`),
			expected: notTheSecret,
		}),
		changed('whose proof arrives twice', {
			...withProof(proof, proof),
			expected: isSigned ? 'header_repeated' : 'header_mismatch',
		}),
		changed('whose proof arrives after a wrong one', {
			...withProof(sign(rawBody, otherSecret)[header] ?? '', proof),
			expected: isSigned ? 'header_repeated' : 'header_mismatch',
		}),
		changed('proven with another secret', {
			headers: lists(sign(rawBody, otherSecret)),
			expected: 'header_mismatch',
		}),

		changed('proven with the second secret', {
			headers: lists(sign(rawBody, otherSecret)),
			credential: credentialOf(secret, otherSecret),
		}),
		changed('proven with the first secret while there is a second', {
			credential: credentialOf(secret, otherSecret),
		}),
		changed('proven with the second secret while there is no first', {
			credential: credentialOf('', secret),
		}),
		changed('for a credential whose secret has white space around it', {
			credential: credentialOf(` ${secret}`),
			expected: 'secret_padded',
		}),
		changed('for a credential whose second secret has white space around it', {
			headers: lists(sign(rawBody, otherSecret)),
			credential: credentialOf(secret, `${otherSecret} `),
			expected: 'secret_padded',
		}),
		changed('for a credential without a secret', {
			credential: credentialOf(''),
			expected: 'secret_missing',
		}),
		changed('for a credential whose secret is white space', {
			credential: credentialOf('  '),
			expected: 'secret_missing',
		}),
		changed('proven with the empty secret, for a credential without one', {
			headers: lists(sign(rawBody, '')),
			credential: credentialOf(''),
			expected: 'secret_missing',
		}),

		changed('with a byte behind what was signed', {
			rawBody: Buffer.concat([rawBody, Buffer.from(' ')]),
			expected: isSigned ? 'header_mismatch' : 'items',
		}),
	];
	if (isSigned) {
		cases.push(
			changed('with a proof wrong in one character', {
				...withProof(withOneCharacterChanged(proof)),
				expected: 'header_mismatch',
			}),
			changed('with one byte changed', {
				rawBody: withOneByteChanged(rawBody),
				expected: 'header_mismatch',
			}),
			changed('proven with the empty secret', {
				headers: lists(sign(rawBody, '')),
				expected: 'header_mismatch',
			}),
		);
	}
	// What a form cannot be is another question.
	if (provider.readBody) return cases;
	return [
		...cases,
		changed('of an empty body', { ...withBody(Buffer.alloc(0)), expected: 'not an object' }),
		changed('of an array', { ...withBody(Buffer.from('[{"a":1}]')), expected: 'not an object' }),
		changed('of a number', { ...withBody(Buffer.from('42')), expected: 'not an object' }),
		changed('of null', { ...withBody(Buffer.from('null')), expected: 'not an object' }),
		changed('of broken JSON', { ...withBody(Buffer.from('{"a":1,')), expected: 'not an object' }),
		changed('of invalid UTF-8', {
			...withBody(Buffer.from('{"a":"\xff\xfe"}', 'latin1')),
			expected: 'not an object',
		}),
	];
}

/** Near the end, where any encoding has the signature, and before the padding of base64. */
function withOneCharacterChanged(proof: string): string {
	const at = proof.length - 4;
	return `${proof.slice(0, at)}${proof[at] === '0' ? '1' : '0'}${proof.slice(at + 1)}`;
}

function withOneByteChanged(rawBody: Buffer): Buffer {
	const changed = Buffer.from(rawBody);
	const middle = Math.floor(rawBody.length / 2);
	changed[middle] = (changed[middle] ?? 0) ^ 1;
	return changed;
}

/** The deliveries whose proofs were computed elsewhere, as cases. */
export function knownAnswerCases({ simulator }: DiscoveredProvider): DeliveryCase[] {
	return simulator.knownAnswers
		.filter(({ occasion }) => occasion === undefined)
		.map(({ name, rawBody, headers, secret, expected }) => ({
			name: `with a known answer: ${name}`,
			rawBody,
			headers: Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, [value]])),
			credential: { ...simulator.credential, webhookSecret: secret, secondWebhookSecret: '' },
			expected,
		}));
}

/** The headers as Node.js hands them over: lower case, a repeated one joined with commas. */
export function headersAsReceived({ headers }: DeliveryCase): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers)
			.filter(([, values]) => values.length > 0)
			.map(([name, values]) => [name.toLowerCase(), values.join(', ')]),
	);
}
