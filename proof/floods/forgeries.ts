import fc from 'fast-check';
import { post, type Kind } from './request';
import type { Target } from './target';

/** Deliveries that somebody without the secret makes. */
export function forgeries(targets: readonly Target[]): Kind[] {
	return [
		{
			name: 'forged with another secret',
			share: 30_000,
			drafts: (target) =>
				otherSecrets(target).map((secret) => (n) => {
					const body = target.body(n);
					return { wire: post(target, body, target.headers(body, secret)), allowed: [401] };
				}),
		},
		{
			name: 'unsigned, or the proof in another place',
			share: 10_000,
			drafts: (target) =>
				fc
					.constantFrom(
						...['nowhere', 'query', 'cookie', 'underscores', 'trailing name', 'other header'],
					)
					.map((place) => (n) => {
						const body = target.body(n);
						return {
							wire: post(target, body, ...misplaced(target, body, place)),
							allowed: [401],
						};
					}),
		},
		{
			name: 'malformed proof',
			share: 18_000,
			drafts: (target) =>
				malformedProofs().map((proofOf) => (n) => {
					const body = target.body(n);
					const right = target.proofOf(body);
					const forged = target.proofOf(body, target.provider.simulator.otherSecret);
					const headers = target.withProof(body, proofOf(right, forged));
					return { wire: post(target, body, headers), allowed: [401] };
				}),
		},
		{
			name: 'signed too long ago, or in the future',
			share: 3_000,
			suits: ({ signsTime }) => signsTime,
			drafts: (target) =>
				fc
					.tuple(fc.integer({ min: 330, max: 1e7 }), fc.boolean())
					.map(([seconds, isPast]) => (n) => {
						const body = target.body(n);
						const at = new Date(Date.now() + (isPast ? -1000 : 1000) * seconds);
						return {
							wire: post(target, body, target.headers(body, undefined, at)),
							allowed: [401],
						};
					}),
		},
		{
			name: "valid at another provider's webhook",
			share: 6_000,
			drafts: (target) =>
				fc.constantFrom(...targets.filter((other) => other !== target)).map((other) => (n) => {
					const body = other.body(n);
					return { wire: post(target, body, other.headers(body)), allowed: [401] };
				}),
		},
	];
}

/** Secrets that are not the provider's, of which white space around makes no other. */
function otherSecrets({ provider }: Target): fc.Arbitrary<string> {
	const { secret, otherSecret } = provider.simulator;
	return fc
		.oneof(
			{ arbitrary: fc.constant(otherSecret), weight: 5 },
			fc.constantFrom('', secret.slice(0, -1), `${secret}x`, secret.toUpperCase(), secret + secret),
			fc.string(),
		)
		.filter((other) => other.trim() !== secret);
}

/** The headers, and what else changes, of a delivery whose right proof is not where it belongs. */
function misplaced(
	target: Target,
	body: Buffer,
	place: string,
): [headers: Record<string, string>, change: { path?: string }] {
	const { [target.header]: proof = '', ...others } = target.headers(body);
	switch (place) {
		case 'query':
			return [others, { path: `${target.path}?${target.header}=${encodeURIComponent(proof)}` }];
		case 'cookie':
			return [{ ...others, cookie: `${target.header}=${proof}` }, {}];
		case 'underscores':
			return [{ ...others, [target.header.replaceAll('-', '_')]: proof }, {}];
		case 'trailing name':
			return [{ ...others, [`${target.header}-2`]: proof }, {}];
		case 'other header':
			return [{ ...others, authorization: `Bearer ${proof}`, 'x-signature': proof }, {}];
		default:
			return [others, {}];
	}
}

type MalformedProof = (right: string, forged: string) => string | string[];

/** What is no proof, of the right one or of one that somebody else made. */
function malformedProofs(): fc.Arbitrary<MalformedProof> {
	const fixed: MalformedProof[] = [
		() => '',
		() => '   ',
		() => '=',
		() => 'sha256=',
		() => 't=,s=',
		() => 'null',
		() => '0',
		() => 'a'.repeat(15_000),
		() => '0'.repeat(64),
		() => 'é'.repeat(64),
		() => 'eyJhbGciOiJub25lIn0.e30.',
		// More than the padding of base64, which may be left out.
		(right) => right.slice(0, -2),
		(right) => right.slice(1),
		(right) => `${right}00`,
		(right) => right + right,
		(right) => `md5=${right}`,
		(right) => `none=${right}`,
		(right) => `v1=${right}`,
		(right) => `sha256=sha256=${right}`,
		(right) => `"${right}"`,
		(right) => right.split('').join(' '),
		(right) => [right, right],
		(right) => `${right}, ${right}`,
		(right) => `${right},`,
		(right, forged) => [right, forged],
		(right, forged) => [forged, right],
		(right, forged) => `${forged};${right}`,
		(_, forged) => forged.toUpperCase(),
		(_, forged) => `sha256=${forged}`,
		(_, forged) => Buffer.from(forged).toString('base64'),
		(_, forged) => `=?utf-8?B?${Buffer.from(forged).toString('base64')}?=`,
	];
	const changed = fc
		.tuple(fc.nat(), fc.constantFrom('0', 'f', '=', ',', '+', ' ', '/'))
		.map(([at, character]): MalformedProof => (right) => {
			// In front of the last characters of base64, of which some say the same as others.
			const index = at % (right.length - 4);
			const other = right[index]?.toLowerCase() === character ? '1' : character;
			return `${right.slice(0, index)}${other}${right.slice(index + 1)}`;
		});
	const anything = fc.string().map(
		(text): MalformedProof =>
			() =>
				text,
	);
	return fc.oneof(fc.constantFrom(...fixed), changed, anything);
}
