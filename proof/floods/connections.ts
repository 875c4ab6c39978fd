import fc from 'fast-check';
import { AMBIGUOUS, HEADERS, METHODS, PATHS } from './http-oddities';
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
