import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import type { Patience } from './connections';
import {
	brokenTexts,
	contentTypes,
	DEEP,
	encodings,
	HUGE,
	oddTexts,
	XML_BODIES,
	XML_TYPES,
	type Encoding,
} from './contents';
import { breakingMutations, mutations } from './mutations';
import { post, type Draft, type Kind, type Result } from './request';
import type { Target } from './target';

/** n8n's answers to a body that it cannot read itself, beside the node's to what is authentic and no object. */
const UNUSABLE: readonly Result[] = [400, 422];

const MEGABYTE = 1_000_000;

/** Bodies that no provider sends, of senders who have its secret and of others. */
export function oddBodies({ silentMs }: Patience): Kind[] {
	return [
		{
			name: 'changed on its way',
			share: 15_000,
			drafts: (target) => (target.isSigned ? changedBytes(target) : brokenBytes(target)),
		},
		{
			name: 'odd content type, forged',
			share: 4_000,
			drafts: (target) =>
				contentTypes().map((type) => odd(target, { 'content-type': type }, false)),
		},
		{
			name: 'odd content type, authentic',
			share: 300,
			drafts: (target) => contentTypes().map((type) => odd(target, { 'content-type': type }, true)),
		},
		{
			// n8n 2.41 reads XML with one parser for all requests. What is no XML it may leave without an answer
			// until XML comes from somebody else; no node is called before.
			name: 'XML type, forged',
			share: 300,
			isSlow: true,
			drafts: (target) =>
				fc
					.tuple(fc.constantFrom(...XML_TYPES), fc.constantFrom(...XML_BODIES))
					.map(([type, make]) => (n) => {
						const body = make(target.body(n));
						const { otherSecret } = target.provider.simulator;
						const headers = { ...target.headers(body, otherSecret), 'content-type': type };
						return {
							wire: post(target, body, headers, { ...OWN, patienceMs: silentMs }),
							allowed: [400, 401, 422, 'hung'],
						};
					}),
		},
		{
			name: 'encoded body, forged',
			share: 3_000,
			drafts: (target) => encodings().map((encoding) => encoded(target, encoding, false)),
		},
		{
			name: 'encoded body, authentic',
			share: 200,
			drafts: (target) => encodings().map((encoding) => encoded(target, encoding, true)),
		},
		{
			name: 'authentic, broken JSON or UTF-8',
			share: 2_000,
			drafts: (target) =>
				brokenTexts(target).chain((body) => signedAs(target, () => body, UNUSABLE, false)),
		},
		{
			name: 'authentic, no object',
			share: 1_000,
			suits: ({ isForm }) => !isForm,
			drafts: (target) =>
				fc
					.oneof(
						fc.constantFrom('null', 'true', '42', '-0', '1e999', '""', '"text"', '[]', '[{"a":1}]'),
						fc.array(fc.jsonValue()).map((list) => JSON.stringify(list)),
					)
					.chain((text) => signedAs(target, () => Buffer.from(text), [400], false)),
		},
		{
			name: 'authentic, an object that no provider sends',
			share: 500,
			drafts: (target) =>
				oddTexts(target).chain((textOf) =>
					signedAs(target, (n) => Buffer.from(textOf(n)), [200], true),
				),
		},
		{
			name: 'authentic, 100,000 levels deep',
			share: 40,
			least: 9,
			suits: ({ isForm }) => !isForm,
			drafts: (target) =>
				fc.constantFrom(...DEEP).map((deep) => (n) => {
					const body = Buffer.from(`{"number":${n},"deep":${deep(100_000)}}`);
					return { wire: post(target, body, target.headers(body)), allowed: [200], executes: true };
				}),
		},
		{
			name: '1 to 20 MB, forged',
			share: 60,
			least: 6,
			drafts: (target) =>
				fc
					.tuple(fc.integer({ min: 1, max: 20 }), fc.constantFrom(...HUGE), fc.boolean())
					.map(([megabytes, { type, make }, isZipped]) => () => {
						const plain = make(megabytes * MEGABYTE);
						const { otherSecret } = target.provider.simulator;
						const headers = { ...target.headers(plain, otherSecret), 'content-type': type };
						return {
							wire: isZipped
								? post(target, gzipSync(plain), { ...headers, 'content-encoding': 'gzip' }, OWN)
								: post(target, plain, headers, OWN),
							allowed: [400, 401, 413, 422, 500, 'ended'],
						};
					}),
		},
	];
}

/** A type whose bodies n8n does not look into, so that they come before the node. */
const UNREAD = { 'content-type': 'application/octet-stream' };

const OWN = { ownConnection: true };

/** An authentic delivery of which somebody without the secret changes bytes. */
function changedBytes(target: Target): fc.Arbitrary<Draft> {
	return fc.tuple(mutations(), fc.boolean()).map(([mutate, isRead]) => (n) => {
		const original = target.body(n);
		const at = new Date();
		const proof = target.proofOf(original, undefined, at);
		let body = mutate(original);
		// A form can be written in more than one way, and its fields are what is signed.
		if (target.proofOf(body, undefined, at) === proof) {
			body = Buffer.concat([original, Buffer.from('&x=1')]);
		}
		const headers = { ...target.withProof(body, proof), ...(isRead ? {} : UNREAD) };
		return { wire: post(target, body, headers), allowed: [401, 422] };
	});
}

/** The same where the proof does not cover the body: it is authentic, and broken beyond reading. */
function brokenBytes(target: Target): fc.Arbitrary<Draft> {
	return breakingMutations().chain((mutate) =>
		signedAs(target, (n) => mutate(target.body(n)), UNUSABLE, false),
	);
}

/** A delivery with other headers beside its proof. Authentic, it is taken, or refused for its form. */
function odd(target: Target, headers: Record<string, string>, isAuthentic: boolean): Draft {
	return (n) => {
		const body = target.body(n);
		const { secret, otherSecret } = target.provider.simulator;
		const proven = target.headers(body, isAuthentic ? secret : otherSecret);
		return {
			wire: post(target, body, { ...proven, ...headers }, OWN),
			allowed: isAuthentic ? [200, 400, 401, 415, 422] : [400, 401, 415, 422],
			executes: isAuthentic,
		};
	};
}

/** A delivery whose body is encoded, or is said to be. */
function encoded(target: Target, [name, encode]: Encoding, isAuthentic: boolean): Draft {
	return (n) => {
		const body = target.body(n);
		const { secret, otherSecret } = target.provider.simulator;
		const headers = target.headers(body, isAuthentic ? secret : otherSecret);
		return {
			wire: post(target, encode(body), { ...headers, 'content-encoding': name }, OWN),
			allowed: isAuthentic ? [200, 400, 401, 415, 422, 500] : [400, 401, 415, 422, 500],
			executes: isAuthentic,
		};
	};
}

/** An authentic delivery of a body, which n8n reads beforehand or leaves to the node. */
function signedAs(
	target: Target,
	bodyOf: (n: number) => Buffer,
	allowed: readonly Result[],
	executes: boolean,
): fc.Arbitrary<Draft> {
	return fc.boolean().map((isRead) => (n) => {
		const body = bodyOf(n);
		const headers = { ...target.headers(body), ...(isRead ? {} : UNREAD) };
		return { wire: post(target, body, headers), allowed, executes };
	});
}
