import { head, raw, type RawWire } from './request';
import type { Target } from './target';

const numbered = (count: number, value: string) => () =>
	Object.fromEntries(Array.from({ length: count }, (_, n) => [`x${n.toString(36)}`, value]));

/** Headers beside those of a delivery. */
export const HEADERS: readonly (() => Record<string, string>)[] = [
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

/** What stands in place of POST. */
export const METHODS = [
	...['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT', 'PROPFIND', 'SEARCH'],
	...['PURGE', 'post', 'Post', 'INVENTED', 'P0ST', 'POSTPOST', 'X'.repeat(1_000), '*', ''],
];

/** What becomes of a webhook's path. */
export const PATHS: readonly ((path: string) => string)[] = [
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

/** Requests that two readers may take for different ones. */
export const AMBIGUOUS: readonly Ambiguous[] = [
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
