import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** A status, a connection that ended without one, or neither in time. */
export type Result = number | 'ended' | 'hung';

/** A request, and what may become of it. */
export interface FloodRequest {
	method?: 'GET';
	/** What follows the webhook's path. */
	query?: string;
	/** A list for a header that arrives more than once. */
	headers: Record<string, string | string[]>;
	body: Buffer;
	/** How many bytes of the body it sends; all of them unless given. */
	sends?: number;
	/** How long it takes to send the first of them, one by one. */
	takesMs?: number;
	/** How long it waits for an answer; a minute unless given. */
	patienceMs?: number;
	allowed: readonly Result[];
	/** Whether it is authentic and new, so that a 200 is one execution. */
	executes?: boolean;
}

/** What became of a request on the wire. */
export interface Outcome {
	result: Result;
	/** The beginning of the answer's body; without one, how the connection ended. */
	body: string;
}

const PATIENCE_MS = 60_000;
const BODY_SHOWN = 300;

/** How many pieces there are of one that comes byte by byte: more would only cost the sender. */
const PIECES = 40;

/** Sends a request over a connection of its own. Never throws. */
export async function send(port: number, path: string, wire: FloodRequest): Promise<Outcome> {
	const { method = 'POST', query = '', body, sends, takesMs = 0 } = wire;
	return await new Promise((resolve) => {
		const headers = { 'content-length': body.length, ...wire.headers };
		const options = { host: '127.0.0.1', port, method, path: path + query, headers, agent: false };
		const sent = request(options);
		const end = (result: Result, text = '') => {
			clearTimeout(timer);
			sent.destroy();
			resolve({ result, body: text.slice(0, BODY_SHOWN) });
		};
		const timer = setTimeout(end, (wire.patienceMs ?? PATIENCE_MS) + takesMs, 'hung');
		sent.on('error', (error) => {
			end('ended', error.message);
		});
		sent.on('response', (response) => {
			let text = '';
			response.setEncoding('latin1');
			response.on('data', (part: string) => {
				if (text.length < BODY_SHOWN) text += part;
			});
			// Also when it is cut off: its status was told.
			response.on('close', () => {
				end(response.statusCode ?? 0, text);
			});
		});
		if (sends !== undefined) sent.write(body.subarray(0, sends));
		else if (takesMs === 0) sent.end(body);
		else {
			void (async () => {
				for (let at = 0; at < PIECES; at++) {
					sent.write(body.subarray(at, at + 1));
					await sleep(takesMs / PIECES);
				}
				sent.end(body.subarray(PIECES));
			})();
		}
	});
}
