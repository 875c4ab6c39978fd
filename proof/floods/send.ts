import { request } from 'node:http';

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

/** Sends a request to a webhook over a connection of its own. Never throws. */
export async function send(url: string, wire: FloodRequest): Promise<Outcome> {
	const { method = 'POST', query = '', body, sends, patienceMs = PATIENCE_MS } = wire;
	const headers = { 'content-length': body.length, ...wire.headers };
	return await new Promise((resolve) => {
		const sent = request(url + query, { method, headers, agent: false });
		const end = (result: Result, text = '') => {
			clearTimeout(timer);
			sent.destroy();
			resolve({ result, body: text.slice(0, BODY_SHOWN) });
		};
		const timer = setTimeout(end, patienceMs, 'hung');
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
		if (sends === undefined) sent.end(body);
		else sent.write(body.subarray(0, sends));
	});
}
