import { isObject, type JsonObject } from './json';

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The JSON object that a delivery's bytes hold, or null when they hold anything else: an array, a
 * number, broken JSON, invalid UTF-8, nothing. A byte order mark is passed over.
 */
export function parseBody(rawBody: Uint8Array): JsonObject | null {
	try {
		const body: unknown = JSON.parse(UTF8.decode(rawBody));
		return isObject(body) ? body : null;
	} catch {
		return null;
	}
}
