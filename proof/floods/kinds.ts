import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Random } from './random';
import type { FloodRequest } from './send';
import type { Target } from './target';

/** Requests that are wrong in one way. */
export interface Kind {
	name: string;
	/** How many of 100,000. */
	share: number;
	/** Which webhooks it is sent to; all of them unless given. */
	suits?: (target: Target) => boolean;
	/** @param n no two requests have the same: IDs are made of it */
	make(target: Target, n: number, random: Random): FloodRequest;
}

/** How long one that says XML waits: n8n may never answer it. */
const XML_PATIENCE_MS = 5_000;

/** A type whose bodies n8n does not look into, so that they reach the node. */
const UNREAD = { 'content-type': 'application/octet-stream' };

/** What is no proof, made of the right one or of one that somebody else made. */
const MALFORMED: readonly ((right: string, forged: string) => string | string[])[] = [
	...['', '   ', '=', 'sha256=', 't=,s=', 'null', 'a'.repeat(15_000), '0'.repeat(64)].map(
		(text) => () => text,
	),
	() => 'é'.repeat(64),
	// More than the padding of base64, which may be left out.
	(right) => right.slice(0, -2),
	(right) => right.slice(1),
	(right) => `${right}00`,
	(right) => `md5=${right}`,
	(right) => `sha256=sha256=${right}`,
	(right) => `"${right}"`,
	(right) => right.split('').join(' '),
	(right) => `${right}, ${right}`,
	(right) => [right, right],
	(right, forged) => [forged, right],
	(_, forged) => `sha256=${forged}`,
	(_, forged) => Buffer.from(forged).toString('base64'),
];

const TYPES = [
	...['', 'text/plain', 'APPLICATION/JSON', 'application/json; charset=utf-16', '*/*', '/'],
	...['application/json;;;', 'application/x-www-form-urlencoded', 'multipart/mixed; boundary=x'],
	'a'.repeat(4_000),
];

/** What a sender says about a body's encoding, and what it makes of the body. */
const ENCODINGS: readonly [name: string, encode: (body: Buffer) => Buffer][] = [
	['gzip', gzipSync],
	['br', brotliCompressSync],
	['gzip, gzip', (body) => gzipSync(gzipSync(body))],
	['nonsense', (body) => body],
	['gzip', (body) => body],
	['deflate', gzipSync],
	['gzip', (body) => gzipSync(body).subarray(0, -9)],
	['gzip', (body) => Buffer.concat([gzipSync(body), Buffer.from('behind')])],
];

/** What nobody can read as an object, as JSON or as UTF-8. */
const UNUSABLE = [
	...['{"a":1,', '{a:1}', '{"a":NaN}', '{"a":1}{"a":1}', '{"a":"\t"}', '\ufeff\ufeff{"a":1}'],
	...['undefined', 'a=1&b=2', '<a/>', ' ', 'null', '42', '1e999', '"text"', '[]', '[{"a":1}]'],
].map((text) => Buffer.from(text));

const NOT_UTF8 = ['80', 'ff', 'c0af', 'e28228', 'eda080', 'f5808080'].map((hex) =>
	Buffer.from(hex, 'hex'),
);

/** What is within an object that no provider sends. */
const ODD = [
	'"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}',
	'"toString":null,"hasOwnProperty":1',
	'"lone":"\\ud800","\\udfff":1,"nothing":"\\u0000"',
	'"twice":1,"twice":2,"larger":1e999,"long":123456789012345678901234567890',
	`"keys":{${Array.from({ length: 5_000 }, (_, key) => `"k${key}":${key}`).join(',')}}`,
	`"deep":${'['.repeat(100_000)}${']'.repeat(100_000)}`,
	`"deep":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
];

/** Changes that somebody on the way may make to the bytes of a delivery. */
function changed(body: Buffer, random: Random): Buffer {
	const at = random.below(body.length);
	const flipped = Buffer.from(body);
	flipped[at] = (flipped[at] ?? 0) ^ (1 << random.below(8));
	return random.pick([
		flipped,
		body.subarray(0, at),
		body.subarray(1 + at),
		Buffer.concat([body, Buffer.from(random.pick([' ', '{}', '\0']))]),
	]);
}

/** A kind of which there are forged requests and authentic ones, which can start an execution. */
const bothWays = (
	name: string,
	[forged, authentic]: readonly [forged: number, authentic: number],
	change: (body: Buffer, random: Random) => Partial<FloodRequest>,
): Kind[] =>
	[false, true].map((executes) => ({
		name: `${name}, ${executes ? 'authentic' : 'forged'}`,
		share: executes ? authentic : forged,
		make(target, n, random) {
			const body = target.body(n);
			const proven = executes ? target.headers(body) : target.forgedHeaders(body);
			const { headers, ...changes } = change(body, random);
			const allowed = [...(executes ? [200] : []), 400, 401, 415, 422, 500];
			return { body, headers: { ...proven, ...headers }, allowed, executes, ...changes };
		},
	}));

/** The kinds of hostile requests. */
export const kindsFor = (targets: readonly Target[]): Kind[] => [
	{
		name: 'forged with another secret',
		share: 30_000,
		make(target, n, random) {
			const { secret, otherSecret } = target.provider.simulator;
			const near = ['', secret.slice(0, -1), `${secret}x`, secret + secret, random.text()];
			const body = target.body(n);
			const headers = target.headers(body, random.pick([otherSecret, ...near]));
			return { body, headers, allowed: [401] };
		},
	},
	{
		name: 'unsigned, or the proof in another place',
		share: 10_000,
		make(target, n, random) {
			const body = target.body(n);
			const { [target.header]: proof = '', ...others } = target.headers(body);
			const query = `?${target.header}=${encodeURIComponent(proof)}`;
			const misplaced = random.pick<Record<string, string>>([
				{},
				{ cookie: `${target.header}=${proof}` },
				{ [target.header.replaceAll('-', '_')]: proof },
				{ [`${target.header}-2`]: proof },
				{ authorization: `Bearer ${proof}`, 'x-signature': proof },
			]);
			return { body, query, headers: { ...others, ...misplaced }, allowed: [401] };
		},
	},
	{
		name: 'malformed proof',
		share: 18_000,
		make(target, n, random) {
			const body = target.body(n);
			const right = target.proofOf(body);
			// In front of the last characters of base64, of which some say the same as others.
			const at = random.below(right.length - 4);
			const others = ['0', 'f', '=', ',', '+', ' ', '/'];
			const other = random.pick(others.filter((one) => one !== right[at]?.toLowerCase()));
			const wrong = right.slice(0, at) + other + right.slice(at + 1);
			const proof = random.pick([...MALFORMED, () => wrong, () => random.text()]);
			const forged = target.forgedHeaders(body)[target.header] ?? '';
			const headers = { ...target.headers(body), [target.header]: proof(right, forged) };
			return { body, headers, allowed: [401] };
		},
	},
	{
		name: 'signed too long ago, or in the future',
		share: 3_000,
		suits: ({ signsTime }) => signsTime,
		make(target, n, random) {
			const body = target.body(n);
			// More than any provider's retries take.
			const milliseconds = 1000 * (100_000 + random.below(1e7)) * random.pick([1, -1]);
			const at = new Date(Date.now() + milliseconds);
			return { body, headers: target.headers(body, undefined, at), allowed: [401] };
		},
	},
	{
		name: "valid at another provider's webhook",
		share: 6_000,
		make(target, n, random) {
			const other = random.pick(targets.filter((one) => one !== target));
			const body = other.body(n);
			return { body, headers: other.headers(body), allowed: [401] };
		},
	},
	{
		name: 'changed on its way',
		share: 15_000,
		suits: ({ isSigned }) => isSigned,
		make(target, n, random) {
			const original = target.body(n);
			const at = new Date();
			const signed = target.headers(original, undefined, at);
			const body = changed(original, random);
			// A form can be written in more than one way, and its fields are what is signed.
			const isSame = target.proofOf(body, undefined, at) === signed[target.header];
			const headers = { ...signed, ...random.pick([{}, UNREAD]) };
			return { body, headers, allowed: isSame ? [200, 401, 422] : [401, 422], executes: isSame };
		},
	},
	...bothWays('odd content type', [4_000, 300], (_, random) => ({
		headers: { 'content-type': random.pick([...TYPES, random.text().trim()]) },
	})),
	...bothWays('encoded body', [3_000, 200], (body, random) => {
		const [name, encode] = random.pick(ENCODINGS);
		return { body: encode(body), headers: { 'content-encoding': name } };
	}),
	{
		// n8n 2.41 reads XML with one parser for all requests. What is no XML it may leave without an answer
		// until XML comes from somebody else; no node is called before.
		name: 'XML type, forged',
		share: 300,
		make(target, n, random) {
			const delivery = target.body(n);
			const body = random.pick([delivery, Buffer.from(`<a>${delivery.toString('base64')}</a>`)]);
			const headers = { ...target.forgedHeaders(body), 'content-type': 'application/xml' };
			return { body, headers, patienceMs: XML_PATIENCE_MS, allowed: [400, 401, 422, 'hung'] };
		},
	},
	{
		name: 'authentic, no object, broken, or no UTF-8',
		share: 3_000,
		make(target, _, random) {
			const [begin, end] = target.isForm ? ['Body=', ''] : ['{"a":"', '"}'];
			const parts = [Buffer.from(begin), random.pick(NOT_UTF8), Buffer.from(end)];
			const notUtf8 = Buffer.concat(parts);
			const body = target.isForm ? notUtf8 : random.pick([...UNUSABLE, notUtf8]);
			const headers = { ...target.headers(body), ...random.pick([{}, UNREAD]) };
			// 422 is n8n's own answer to a body that it cannot read.
			return { body, headers, allowed: [400, 422] };
		},
	},
	{
		name: 'authentic, an object that no provider sends',
		share: 500,
		make(target, n, random) {
			const form = new URLSearchParams({ [random.text()]: random.text(), number: String(n) });
			const json = `{"number":${n},${random.pick(ODD)}}`;
			const body = Buffer.from(target.isForm ? form.toString() : json);
			const headers = { ...target.headers(body), ...random.pick([{}, UNREAD]) };
			return { body, headers, allowed: [200], executes: true };
		},
	},
	{
		name: 'handshakes with a wrong token',
		share: 1_000,
		suits: ({ provider }) => provider.provider.handshake !== undefined,
		make(_, __, random) {
			const token = random.pick(['hub.verify_token', 'hub[verify_token]', 'hub.verify_token[]']);
			const query = new URLSearchParams({
				'hub.mode': 'subscribe',
				'hub.challenge': '1158201444',
				[token]: random.text(),
			});
			const nothing = { headers: {}, body: Buffer.alloc(0) };
			return { method: 'GET', query: `?${query.toString()}`, ...nothing, allowed: [403] };
		},
	},
	{
		name: 'other GETs',
		share: 500,
		suits: ({ provider }) => provider.provider.handshake !== undefined,
		make(_, __, random) {
			const query = new URLSearchParams({
				'hub.mode': random.pick(['unsubscribe', '']),
				'hub.challenge': '1158201444',
				'hub.verify_token': random.text(),
			});
			const nothing = { headers: {}, body: Buffer.alloc(0) };
			// Whoever opens the URL in a browser is told that it works.
			return { method: 'GET', query: `?${query.toString()}`, ...nothing, allowed: [200] };
		},
	},
	{
		name: 'hung up half-way',
		share: 1_000,
		make(target, n, random) {
			// Half of an authentic delivery is none.
			const body = target.body(n);
			const headers = target.headers(body);
			const sends = random.below(body.length);
			return { body, headers, sends, patienceMs: 300, allowed: ['hung', 'ended'] };
		},
	},
];
