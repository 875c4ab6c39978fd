import type fc from 'fast-check';
import type { Target } from './target';

/** A request that an HTTP client can send. */
export interface HttpWire {
	form: 'http';
	method: string;
	path: string;
	/** A list for a header that arrives more than once. */
	headers: Record<string, string | string[]>;
	body: Buffer;
	/** Over a connection that nothing else is sent on: what the server may cut off half-way. */
	ownConnection?: boolean;
	/** How long it waits for an answer; a minute unless given. */
	patienceMs?: number;
}

/** What no HTTP client sends: bytes on a socket. */
export interface RawWire {
	form: 'raw';
	pieces: readonly Buffer[];
	/** How long it takes from one piece to the next. */
	pauseMs: number;
	/** How long it stays silent before it hangs up; undefined: it waits for the answer. */
	hangsUpAfterMs?: number;
}

/** A status, a connection that ended without one, or neither in time. */
export type Result = number | 'ended' | 'hung';

/** A request, and what may become of it. */
export interface FloodRequest {
	wire: HttpWire | RawWire;
	allowed: readonly Result[];
	/** Whether it is authentic and new, so that a 200 is one execution. */
	executes?: boolean;
}

/**
 * Makes a request when it is sent: kept like this, a hundred thousand take no room.
 *
 * @param n of which no two requests have the same: ids are made of it
 */
export type Draft = (n: number) => FloodRequest;

/** Requests that are wrong in one way. */
export interface Kind {
	name: string;
	/** How many of 100,000. */
	share: number;
	/** How many there are in a small flood, where the share would be less. */
	least?: number;
	/** Whether it takes its time by itself: sent beside the others. */
	isSlow?: boolean;
	/** Which webhooks it is sent to; all of them unless given. */
	suits?: (target: Target) => boolean;
	drafts: (target: Target) => fc.Arbitrary<Draft>;
}

/** A POST to a webhook. */
export function post(
	{ path }: Target,
	body: Buffer | string,
	headers: Record<string, string | string[]>,
	change: Partial<HttpWire> = {},
): HttpWire {
	return { form: 'http', method: 'POST', path, headers, body: Buffer.from(body), ...change };
}

/** Bytes on a socket, at once. */
export function raw(...pieces: (string | Buffer)[]): RawWire {
	return {
		form: 'raw',
		pieces: pieces.map((piece) =>
			typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece,
		),
		pauseMs: 0,
	};
}

/** The lines of a request's head, the empty one behind them included. */
export function head(
	{ path }: Target,
	headers: Record<string, string>,
	requestLine = `POST ${path} HTTP/1.1`,
): string {
	const lines = Object.entries({ Host: 'localhost', Connection: 'close', ...headers });
	return `${requestLine}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}
