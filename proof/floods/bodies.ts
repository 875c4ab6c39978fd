import fc from 'fast-check';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { Patience } from './connections';
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

const XML_TYPES = ['application/xml', 'text/xml', 'image/svg+xml'];

/** The delivery as it is, which is no XML, and within XML. */
const XML_BODIES: readonly ((body: Buffer) => Buffer)[] = [
	(body) => body,
	(body) => Buffer.from(`<a>${body.toString('base64')}</a>`),
];

const DEEP: readonly ((levels: number) => string)[] = [
	(levels) => '['.repeat(levels) + ']'.repeat(levels),
	(levels) => '{"a":'.repeat(levels) + '1' + '}'.repeat(levels),
	(levels) => '[{"a":'.repeat(levels / 2) + 'null' + '}]'.repeat(levels / 2),
];

const filled = (unit: string, bytes: number) => unit.repeat(Math.ceil(bytes / unit.length));

const HUGE: readonly { type: string; make: (bytes: number) => Buffer }[] = [
	{ type: 'application/json', make: (bytes) => Buffer.from(`[${filled('{},', bytes)}{}]`) },
	{ type: 'application/json', make: (bytes) => Buffer.from(filled('[', bytes)) },
	{ type: 'application/json', make: (bytes) => Buffer.from(`{"a":"${filled('é', bytes / 2)}"}`) },
	{
		type: 'application/x-www-form-urlencoded',
		make: (bytes) => Buffer.from(filled('a=1&', bytes)),
	},
	{ type: 'text/plain', make: (bytes) => Buffer.alloc(bytes, 0xff) },
	{ type: 'application/octet-stream', make: (bytes) => Buffer.alloc(bytes) },
	{
		type: 'multipart/form-data; boundary=x',
		make: (bytes) =>
			Buffer.from(
				`--x\r\ncontent-disposition: form-data; name="f"; filename="f"\r\n\r\n${filled('a', bytes)}\r\n--x--\r\n`,
			),
	},
];

/** An authentic delivery of which somebody without the secret changes bytes. */
function changedBytes(target: Target): fc.Arbitrary<Draft> {
	const changes = fc.oneof(
		fc.tuple(fc.nat(), fc.integer({ min: 0, max: 7 })).map(
			([at, bit]) =>
				(body: Buffer) =>
					withByte(body, at, (byte) => byte ^ (1 << bit)),
		),
		fc.nat().map((at) => (body: Buffer) => body.subarray(0, 1 + (at % (body.length - 1)))),
		fc.nat().map((at) => (body: Buffer) => body.subarray(1 + (at % (body.length - 1)))),
		fc
			.uint8Array({ minLength: 1, maxLength: 64 })
			.map((bytes) => (body: Buffer) => Buffer.concat([body, bytes])),
		fc.constantFrom(' ', '\n', '{}', '&x=1', '\0').map((text) => (body: Buffer) => {
			return Buffer.concat([body, Buffer.from(text)]);
		}),
		fc.constant((body: Buffer) => Buffer.concat([body, body])),
	);
	return fc.tuple(changes, fc.boolean()).map(([change, isRead]) => (n) => {
		const original = target.body(n);
		const at = new Date();
		const proof = target.proofOf(original, undefined, at);
		let body = change(original);
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
	const changes = fc.oneof(
		fc
			.nat()
			.map((at) => (body: Buffer) => withByte(body, asciiAt(body, at), (byte) => byte | 0x80)),
		fc.nat().map((at) => (body: Buffer) => body.subarray(0, 1 + (at % (lengthOf(body) - 1)))),
		fc.constantFrom('{}', '}', '\0', ',', 'x').map((text) => (body: Buffer) => {
			return Buffer.concat([body, Buffer.from(text)]);
		}),
	);
	return changes.chain((change) =>
		signedAs(target, (n) => change(target.body(n)), UNUSABLE, false),
	);
}

/** Without what may follow a JSON text. */
const lengthOf = (body: Buffer) => body.toString('latin1').trimEnd().length;

/** A place between bytes of ASCII, where one that is not cannot be read. */
function asciiAt(body: Buffer, at: number): number {
	const isAscii = (index: number) => (body[index] ?? 0) < 0x80;
	for (let index = at % body.length; index > 0; index--) {
		if ([index - 1, index, index + 1].every(isAscii)) return index;
	}
	return 0;
}

function withByte(body: Buffer, at: number, change: (byte: number) => number): Buffer {
	const changed = Buffer.from(body);
	const index = at % body.length;
	changed[index] = change(changed[index] ?? 0);
	return changed;
}

function contentTypes(): fc.Arbitrary<string> {
	return fc.oneof(
		fc.constantFrom(
			'',
			'text/plain',
			'application/json',
			'APPLICATION/JSON',
			'application/json; charset=utf-16',
			'application/json; charset=latin1',
			'application/json; charset=nonsense',
			'application/json;;;',
			'application/problem+json',
			'application/x-www-form-urlencoded',
			'application/octet-stream',
			'text/html',
			'multipart/form-data',
			'multipart/form-data; boundary=x',
			'multipart/mixed; boundary=x',
			'multipart/',
			'*/*',
			'/',
			'a'.repeat(4_000),
		),
		fc.string().map((text) => text.trim()),
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

type Encoding = readonly [name: string, encode: (body: Buffer) => Buffer];

function encodings(): fc.Arbitrary<Encoding> {
	const as = (body: Buffer) => body;
	return fc.constantFrom<Encoding>(
		['gzip', gzipSync],
		['GZIP', gzipSync],
		['x-gzip', gzipSync],
		['deflate', deflateSync],
		['br', brotliCompressSync],
		['gzip, gzip', (body) => gzipSync(gzipSync(body))],
		['gzip', (body) => gzipSync(gzipSync(body))],
		['gzip', as],
		['deflate', as],
		['deflate', gzipSync],
		['br', as],
		['identity', as],
		['zstd', as],
		['nonsense', as],
		['gzip', (body) => gzipSync(body).subarray(0, -9)],
		['gzip', (body) => withByte(gzipSync(body), 20, (byte) => byte ^ 0xff)],
		['gzip', (body) => Buffer.concat([gzipSync(body), Buffer.from('behind')])],
		['gzip', () => Buffer.alloc(0)],
		['gzip', () => Buffer.from([0x1f, 0x8b])],
	);
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

/** What can be read neither as JSON nor as a form. */
function brokenTexts({ isForm }: Target): fc.Arbitrary<Buffer> {
	const notUtf8 = fc
		.tuple(
			fc.constantFrom('80', 'ff', 'c0af', 'e28228', 'f0288cbc', 'eda080', 'f5808080'),
			fc.string(),
		)
		.map(([hex, text]) =>
			Buffer.concat([
				Buffer.from(isForm ? 'Body=' : '{"a":"'),
				Buffer.from(isForm ? encodeURIComponent(text) : JSON.stringify(text).slice(1, -1)),
				Buffer.from(hex, 'hex'),
				Buffer.from(isForm ? '' : '"}'),
			]),
		);
	if (isForm) return notUtf8;
	const texts = [
		'{"a":1,',
		'{"a":1,}',
		"{'a':1}",
		'{a:1}',
		'{"a":NaN}',
		'{"a":01}',
		'{"a":1}{"a":1}',
		'{"a":1} // comment',
		'{"a":"\t"}',
		'{"a":"\\x"}',
		'{"a":"\\u12"}',
		'\ufeff\ufeff{"a":1}',
		'undefined',
		'a=1&b=2',
		'<a/>',
		'{',
		'',
		' ',
	].map((text) => Buffer.from(text));
	const utf16 = Buffer.from('{"a":1}', 'utf16le');
	return fc.oneof(
		fc.constantFrom(...texts, utf16),
		notUtf8,
		fc
			.uint8Array({ minLength: 1, maxLength: 200 })
			.map((bytes) => Buffer.concat([Buffer.from([0xfe]), bytes])),
	);
}

/** Objects in which nothing is that the provider sends, told apart by a number. */
function oddTexts({ isForm }: Target): fc.Arbitrary<(n: number) => string> {
	if (isForm) {
		return fc
			.dictionary(fc.string(), fc.string({ unit: 'grapheme' }))
			.map(
				(fields) => (n) =>
					new URLSearchParams([...Object.entries(fields), ['number', String(n)]]).toString(),
			);
	}
	const numbered = (inside: string) => (n: number) =>
		`{"number":${n}${inside === '' ? '' : `,${inside}`}}`;
	return fc.oneof(
		fc
			.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue(), { minKeys: 1 })
			.map((fields) => numbered(JSON.stringify(fields).slice(1, -1))),
		fc
			.constantFrom(
				'',
				'"__proto__":{"polluted":true}',
				'"constructor":{"prototype":{"polluted":true}}',
				'"toString":null,"hasOwnProperty":1',
				'"lone":"\\ud800","\\udfff":1',
				'"nothing":"\\u0000"',
				'"twice":1,"twice":2',
				'"large":1e308,"larger":1e999,"long":123456789012345678901234567890',
				'"":{"":{"":[]}}',
				`"keys":{${Array.from({ length: 5_000 }, (_, key) => `"k${key}":${key}`).join(',')}}`,
				`"list":[${'0,'.repeat(20_000)}0]`,
			)
			.map(numbered),
	);
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
