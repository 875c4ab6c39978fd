/** A response before its body is read. */
export interface StreamedResponse {
	statusCode: number;
	headers: unknown;
	/** The body's bytes as they arrive. */
	body: unknown;
}

/** Far above any list that a provider's API returns, and far below what would trouble n8n. */
const LONGEST_BODY = 5 * 1024 * 1024;

/** A body that is longer than any response of a provider's API. */
export class BodyTooLong extends Error {}

/**
 * The text of a response's body. n8n's request helpers limit neither the size of a body nor the time
 * that it takes to arrive, only the wait for its first byte.
 *
 * @param signal aborts when the time for the whole response is over
 * @throws BodyTooLong above 5 MiB, and an abort error when the signal aborts
 */
export async function readText(body: unknown, signal: AbortSignal): Promise<string> {
	if (!isStream(body)) return typeof body === 'string' ? body : '';
	const stop = () => body.destroy(new DOMException('The time is over', 'TimeoutError'));
	signal.addEventListener('abort', stop, { once: true });
	try {
		if (signal.aborted) stop();
		const chunks: Uint8Array[] = [];
		let length = 0;
		for await (const chunk of body) {
			length += chunk.length;
			if (length > LONGEST_BODY) {
				body.destroy();
				throw new BodyTooLong();
			}
			chunks.push(chunk);
		}
		return Buffer.concat(chunks).toString('utf8');
	} finally {
		signal.removeEventListener('abort', stop);
	}
}

/** What is used of a readable stream of Node.js. */
type ByteStream = AsyncIterable<Uint8Array> & { destroy: (error?: Error) => void };

function isStream(body: unknown): body is ByteStream {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

/** The body parsed where it is JSON, as text where it isn't, undefined where it is empty. */
export function parseBody(text: string): unknown {
	if (text.trim() === '') return undefined;
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
