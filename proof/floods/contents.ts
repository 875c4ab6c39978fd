import fc from 'fast-check';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { withByte } from './mutations';
import type { Target } from './target';

/** What n8n reads as XML. */
export const XML_TYPES = ['application/xml', 'text/xml', 'image/svg+xml'];

/** The delivery as it is, which is no XML, and within XML. */
export const XML_BODIES: readonly ((body: Buffer) => Buffer)[] = [
	(body) => body,
	(body) => Buffer.from(`<a>${body.toString('base64')}</a>`),
];

/** JSON of so many levels. */
export const DEEP: readonly ((levels: number) => string)[] = [
	(levels) => '['.repeat(levels) + ']'.repeat(levels),
	(levels) => '{"a":'.repeat(levels) + '1' + '}'.repeat(levels),
	(levels) => '[{"a":'.repeat(levels / 2) + 'null' + '}]'.repeat(levels / 2),
];

const filled = (unit: string, bytes: number) => unit.repeat(Math.ceil(bytes / unit.length));

/** Bodies of so many bytes, and what they say they are. */
export const HUGE: readonly { type: string; make: (bytes: number) => Buffer }[] = [
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

/** What a sender may say of a body. */
export function contentTypes(): fc.Arbitrary<string> {
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

/** What a sender says of a body's encoding, and what it makes of the body. */
export type Encoding = readonly [name: string, encode: (body: Buffer) => Buffer];

/** Encodings: known, unknown, broken, and such as they are said to be but are not. */
export function encodings(): fc.Arbitrary<Encoding> {
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

/** What can be read neither as JSON nor as a form. */
export function brokenTexts({ isForm }: Target): fc.Arbitrary<Buffer> {
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
export function oddTexts({ isForm }: Target): fc.Arbitrary<(n: number) => string> {
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
