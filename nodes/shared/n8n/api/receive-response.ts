import { objectOf, type JsonObject } from '../../core/values/json';

/** A provider's response, whatever its status. */
export interface ApiResponse {
	statusCode: number;
	headers: JsonObject;
	/** Parsed where it is JSON, text where it isn't, undefined where it is empty. */
	body: unknown;
}

/** Far above any list that a provider's API returns, and far below what would trouble n8n. */
const LONGEST_BODY = 5 * 1024 * 1024;

/** A body that is longer than any response of a provider's API. */
export class BodyTooLong extends Error {}

/** A response of n8n's request helpers whose body is still to be read. */
interface StreamedResponse {
	statusCode: number;
	headers: unknown;
	body: unknown;
}

/**
 * Sends a request and reads the whole response. n8n's request helpers limit neither the size of a body nor
 * the time that it takes to arrive, only the wait for its first byte.
 *
 * @param send sends it with one of n8n's request helpers, which is to return the body as a stream
 * @param signal aborts when the time for the whole response is over
 * @throws BodyTooLong above 5 MiB, and whatever stopped the request or its body
 */
export async function receiveResponse(
	send: (signal: AbortSignal) => Promise<unknown>,
	signal: AbortSignal,
): Promise<ApiResponse> {
	const response = await withinTime(send(signal) as Promise<StreamedResponse>, signal);
	const { statusCode, headers, body } = response;
	return { statusCode, headers: objectOf(headers), body: parsed(await readText(body, signal)) };
}

/**
 * A response, or a rejection once the time is over: the helper of a credential test takes no signal. What
 * arrives later is dropped.
 */
async function withinTime(
	sent: Promise<StreamedResponse>,
	signal: AbortSignal,
): Promise<StreamedResponse> {
	return await new Promise((resolve, reject) => {
		const stop = () => {
			reject(timeIsOver());
		};
		signal.addEventListener('abort', stop, { once: true });
		sent
			.finally(() => {
				signal.removeEventListener('abort', stop);
			})
			.then((response) => {
				if (signal.aborted && isStream(response.body)) response.body.destroy();
				resolve(response);
			}, reject);
	});
}

async function readText(body: unknown, signal: AbortSignal): Promise<string> {
	if (!isStream(body)) return typeof body === 'string' ? body : '';
	const stop = () => {
		body.destroy(timeIsOver());
	};
	signal.addEventListener('abort', stop, { once: true });
	try {
		if (signal.aborted) stop();
		const chunks: Uint8Array[] = [];
		let length = 0;
		// Leaving the loop ends the stream, and with it the connection.
		for await (const chunk of body) {
			length += chunk.length;
			if (length > LONGEST_BODY) throw new BodyTooLong();
			chunks.push(chunk);
		}
		return Buffer.concat(chunks).toString('utf8');
	} finally {
		signal.removeEventListener('abort', stop);
	}
}

function timeIsOver(): Error {
	return new DOMException('The time is over', 'TimeoutError');
}

/** What is used of a readable stream of Node.js. */
type ByteStream = AsyncIterable<Uint8Array> & { destroy: (error?: Error) => void };

function isStream(body: unknown): body is ByteStream {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

function parsed(text: string): unknown {
	if (text.trim() === '') return undefined;
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
