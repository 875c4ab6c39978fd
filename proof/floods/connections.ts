import fc from 'fast-check';
import { head, post, raw, type Kind, type RawWire } from './request';
import type { Target } from './target';

/** How long the slow ones stay. */
export interface Patience {
	/** How long they take to send what they send. */
	drippingMs: number;
	/** How long they then say nothing before they hang up. */
	silentMs: number;
}

/** Requests that are wrong as HTTP, or in how they arrive. None is authentic but where it is said. */
export function oddConnections({ drippingMs, silentMs }: Patience): Kind[] {
	return [
		{
			name: 'many headers, or large ones',
			share: 1_000,
			drafts: (target) =>
				fc.constantFrom(...HEADERS).map((extra) => (n) => {
					const { body, headers } = forged(target, n);
					const length = { 'Content-Length': String(body.length) };
					return {
						wire: raw(head(target, { ...extra(), ...headers, ...length }), body),
						allowed: [401, 431],
					};
				}),
		},
		{
			name: 'other methods',
			share: 4_000,
			drafts: (target) =>
				fc.constantFrom(...METHODS).map((method) => (n) => {
					const { body, headers } = forged(target, n);
					const length = { 'Content-Length': String(body.length) };
					return {
						wire: raw(
							head(target, { ...headers, ...length }, `${method} ${target.path} HTTP/1.1`),
							body,
						),
						// 500 for the methods of WebDAV and the like, which n8n takes for its own mistake.
						allowed: [204, 400, 403, 404, 500, 'ended'],
					};
				}),
		},
		{
			name: 'handshakes with a wrong token',
			share: 1_000,
			suits: ({ provider }) => provider.provider.handshake !== undefined,
			drafts: (target) =>
				fc
					.tuple(
						fc.constantFrom('subscribe', 'unsubscribe', ''),
						fc.oneof(fc.string(), fc.constant('x'.repeat(4_000))),
						fc.constantFrom('hub.verify_token', 'hub[verify_token]', 'hub.verify_token[]'),
					)
					.map(([mode, token, field]) => () => {
						const query = new URLSearchParams({
							'hub.mode': mode,
							'hub.challenge': '1158201444',
							[field]: token,
						});
						return {
							wire: {
								...post(target, '', {}, { path: `${target.path}?${query.toString()}` }),
								method: 'GET',
							},
							allowed: [403],
						};
					}),
		},
		{
			name: 'other paths',
			share: 4_000,
			drafts: (target) =>
				fc
					.oneof(
						fc.constantFrom(...PATHS),
						fc.webSegment().map((segment) => (path: string) => `${path}/x${segment}`),
						fc.webQueryParameters().map((query) => (path: string) => `${path}?${query}`),
					)
					.map((change) => (n) => {
						const { body, headers } = forged(target, n);
						return {
							wire: post(target, body, headers, { path: change(target.path) }),
							// 500: n8n looks for an execution of that number at /webhook-waiting/.
							allowed: [400, 401, 404, 431, 500],
						};
					}),
		},
		{
			name: 'ambiguous as HTTP (smuggling)',
			share: 1_500,
			drafts: (target) =>
				fc.constantFrom(...AMBIGUOUS).map((make) => (n) => {
					const { body, headers } = forged(target, n);
					return { wire: make(target, headers, body), allowed: [400, 401, 413, 417, 422, 'ended'] };
				}),
		},
		{
			name: 'hung up half-way',
			share: 1_000,
			isSlow: true,
			drafts: (target) =>
				fc
					.tuple(fc.double({ min: 0, max: 0.99, noNaN: true }), fc.boolean(), fc.nat({ max: 300 }))
					.map(([part, isAuthentic, hangsUpAfterMs]) => (n) => {
						// Also of an authentic delivery: half of it is none.
						const { body, headers } = isAuthentic ? authentic(target, n) : forged(target, n);
						const text = head(target, { ...headers, 'Content-Length': String(body.length) });
						const whole = Buffer.concat([Buffer.from(text, 'latin1'), body]);
						const sent = whole.subarray(0, Math.ceil(part * (whole.length - 1)));
						return {
							wire: { ...raw(sent), hangsUpAfterMs },
							allowed: ['ended', 400, 401, 422],
						};
					}),
		},
		{
			name: 'byte by byte, forged',
			share: 300,
			isSlow: true,
			drafts: (target) =>
				fc.constant((n: number) => ({
					wire: dripped(target, forged(target, n), drippingMs),
					allowed: [401, 422],
				})),
		},
		{
			name: 'byte by byte, valid',
			share: 100,
			isSlow: true,
			drafts: (target) =>
				fc.constant((n: number) => ({
					wire: dripped(target, authentic(target, n), drippingMs),
					allowed: [200],
					executes: true,
				})),
		},
		{
			name: 'silent half-way',
			share: 200,
			isSlow: true,
			drafts: (target) =>
				fc.constantFrom<'head' | 'body' | 'chunk'>('head', 'body', 'chunk').map((part) => (n) => {
					const { body, headers } = forged(target, n);
					const length = { 'Content-Length': String(body.length) };
					const chunked = { 'Transfer-Encoding': 'chunked' };
					const begun = {
						head: head(target, headers).slice(0, -2),
						body: `${head(target, { ...headers, ...length })}{`,
						chunk: `${head(target, { ...headers, ...chunked })}5\r\n{"a"`,
					}[part];
					return {
						wire: { ...raw(begun), hangsUpAfterMs: silentMs },
						// 408: Node.js gives up first.
						allowed: ['ended', 408],
					};
				}),
		},
	];
}

interface Signed {
	body: Buffer;
	headers: Record<string, string>;
}

function forged(target: Target, n: number): Signed {
	const body = target.body(n);
	return { body, headers: target.headers(body, target.provider.simulator.otherSecret) };
}

function authentic(target: Target, n: number): Signed {
	const body = target.body(n);
	return { body, headers: target.headers(body) };
}

/** How many pieces there are of one that comes byte by byte: more would only cost the sender. */
const PIECES = 40;

/** The head in one piece and in single bytes, the body in single bytes and the rest. */
function dripped(target: Target, { body, headers }: Signed, inMs: number): RawWire {
	const text = head(target, { ...headers, 'Content-Length': String(body.length) });
	const begin = Buffer.from(text, 'latin1');
	const bytes = (buffer: Buffer) => [...buffer].map((byte) => Buffer.from([byte]));
	const pieces = [
		begin.subarray(0, -PIECES),
		...bytes(begin.subarray(-PIECES)),
		...bytes(body.subarray(0, PIECES)),
		body.subarray(PIECES),
	];
	return { form: 'raw', pieces, pauseMs: inMs / pieces.length };
}

const numbered = (count: number, value: string) => () =>
	Object.fromEntries(Array.from({ length: count }, (_, n) => [`x${n.toString(36)}`, value]));

const HEADERS: readonly (() => Record<string, string>)[] = [
	numbered(1_000, ''),
	numbered(2_000, ''),
	numbered(2_500, ''),
	numbered(2_000, 'value'),
	numbered(100, 'x'.repeat(100)),
	() => ({ 'x-large': 'x'.repeat(64 * 1024) }),
	() => ({ cookie: 'a=b; '.repeat(3_000) }),
	() => ({ [`x-${'long'.repeat(3_000)}`]: '1' }),
	() => ({ 'x-forwarded-for': '1.2.3.4, '.repeat(1_000) + '1.2.3.4' }),
];

const METHODS = [
	...['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT', 'PROPFIND', 'SEARCH'],
	...['PURGE', 'post', 'Post', 'INVENTED', 'P0ST', 'POSTPOST', 'X'.repeat(1_000), '*', ''],
];

const PATHS: readonly ((path: string) => string)[] = [
	(path) => `${path}/`,
	(path) => `${path}//`,
	(path) => `${path}?`,
	(path) => `${path}?a[b][c]=1&__proto__[x]=1`,
	(path) => `${path}?${'a=1&'.repeat(1_500)}`,
	(path) => `${path}?bodySHA256=${'0'.repeat(64)}`,
	(path) => `${path}/%00`,
	(path) => `${path}%2f..%2f..`,
	(path) => `${path}/%ff%zz`,
	(path) => `${path}/../../rest/settings`,
	(path) => path.toUpperCase(),
	(path) => path.replace('/webhook/', '/webhook//'),
	(path) => path.replace('/webhook/', '/webhook-test/'),
	(path) => path.replace('/webhook/', '/webhook-waiting/'),
	(path) => path.replace(/\/webhook$/, ''),
	(path) => path.replace(/[^/]+\/webhook$/, 'unknown/webhook'),
	(path) => path + 'x'.repeat(8_000),
	(path) => path + '/x'.repeat(4_000),
	(path) => path + 'x'.repeat(20_000),
];

type Ambiguous = (target: Target, headers: Record<string, string>, body: Buffer) => RawWire;

/** With further lines in the head, as they stand. */
const withLines =
	(lines: string, isTold = true): Ambiguous =>
	(target, headers, body) => {
		const length: Record<string, string> = isTold ? { 'Content-Length': String(body.length) } : {};
		return raw(`${head(target, { ...headers, ...length }).slice(0, -2)}${lines}\r\n\r\n`, body);
	};

const chunked =
	(...chunks: string[]): Ambiguous =>
	(target, headers) =>
		raw(head(target, { ...headers, 'Transfer-Encoding': 'chunked' }), ...chunks);

const AMBIGUOUS: readonly Ambiguous[] = [
	withLines('Transfer-Encoding: chunked'),
	withLines('Transfer-Encoding: xchunked'),
	withLines('Transfer-Encoding: chunked, identity'),
	withLines('Transfer-Encoding : chunked'),
	withLines('Transfer-Encoding:\x0bchunked'),
	withLines('Content-Length: 3'),
	withLines('Content-Length: -1', false),
	withLines('Content-Length: +5', false),
	withLines('Content-Length: 0x10', false),
	withLines('Content-Length: 1, 1', false),
	withLines('Content-Length: 99999999999999999999999', false),
	withLines('Content-Length: 3', false),
	withLines(' folded: line'),
	withLines('no colon'),
	withLines(': no name'),
	withLines('x-zero: a\0b'),
	withLines('x-return: a\rb'),
	withLines('x-feed: a\nx-smuggled: b'),
	withLines('Expect: 100-continue'),
	withLines('Expect: something'),
	withLines('Host: elsewhere'),
	withLines('X-HTTP-Method-Override: GET'),
	withLines('Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA'),
	chunked('zz\r\n{}\r\n0\r\n\r\n'),
	chunked('-1\r\n{}\r\n0\r\n\r\n'),
	// What it announces never comes: without hanging up this would be a slow one.
	(target, headers, body) => ({
		...chunked('ffffffffffffffff\r\n{}')(target, headers, body),
		hangsUpAfterMs: 1_000,
	}),
	chunked('2;ext=1\r\n{}\r\n0\r\nx-trailer: 1\r\n\r\n'),
	chunked('2\n{}\n0\n\n'),
	chunked(...'{"a":1}'.split('').map((character) => `1\r\n${character}\r\n`), '0\r\n\r\n'),
	(target, headers, body) => raw(head(target, headers, `POST ${target.path}`), body),
	(target, headers, body) => raw(head(target, headers, `POST ${target.path} HTTP/9.9`), body),
	(target, headers, body) => raw(head(target, headers, `POST  ${target.path} HTTP/1.1`), body),
	(target, headers, body) => raw(head(target, headers, `POST ${target.path} HTTP/1.1 x`), body),
	(target, headers) => raw(head(target, headers).replaceAll('\r\n', '\n')),
	(target) => raw(`POST ${target.path} HTTP/1.1\r\nConnection: close\r\n\r\n`),
	() => raw('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
	() => raw(Buffer.from('16030100a5010000a10303', 'hex'), '\r\n\r\n'),
	() => raw('\0'.repeat(1_000)),
];
