import type { Delivery } from '../verify/delivery';
import { isObject, type JsonObject } from '../values/json';

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The JSON object in a delivery's bytes, or null for anything else: an array, a number, broken JSON,
 * invalid UTF-8, nothing. A byte order mark is ignored.
 */
export function readJson({ rawBody }: Pick<Delivery, 'rawBody'>): JsonObject | null {
	try {
		const body: unknown = JSON.parse(UTF8.decode(rawBody));
		return isObject(body) ? body : null;
	} catch {
		return null;
	}
}

/**
 * The fields of a form (`application/x-www-form-urlencoded`) by name, as text. If a name occurs twice, the
 * last value counts. Null for invalid UTF-8 and for a form without fields.
 */
export function readForm({ rawBody }: Pick<Delivery, 'rawBody'>): JsonObject | null {
	try {
		const fields = [...new URLSearchParams(UTF8.decode(rawBody))];
		return fields.length > 0 ? Object.fromEntries(fields) : null;
	} catch {
		return null;
	}
}
