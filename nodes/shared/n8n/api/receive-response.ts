import { objectOf, type JsonObject } from '../../core/values/json';

/** A provider's response, whatever its status. */
export interface ApiResponse {
	statusCode: number;
	headers: JsonObject;
	/** Parsed if it's JSON, otherwise text; undefined if it's empty. */
	body: unknown;
}

/** Far more than any list a provider's API returns, and far less than n8n can handle. */
const LONGEST_BODY = 5 * 1024 * 1024;

/** A body longer than any response of a provider's API. */
export class BodyTooLong extends Error {}

/** A response of n8n's request helpers with an unread body. */
interface StreamedResponse {
	statusCode: number;
	headers: unknown;
	body: unknown;
}

/**
 * Sends a request and reads the whole response. n8n's request helpers limit neither a body's size nor how
 * long it takes to arrive, only the wait for its first byte.
 *
 * @param send sends it with one of n8n's request helpers and returns the body as a stream
 * @param signal aborts when the time limit for the whole response has passed
 * @throws BodyTooLong above 5 MiB, or whatever error stopped the request or its body
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
 * A response, or a rejection after the time limit, since the helper of a credential test doesn't accept a
 * signal. A late response is dropped.
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
		// Leaving the loop ends the stream and its connection.
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

/** The parts of a Node.js readable stream this file uses. */
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
