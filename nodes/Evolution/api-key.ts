import type { JsonObject } from '../shared/core/values/json';

/** `apikey`, `apiKey`, `api_key`, `API-KEY`… */
const API_KEY_FIELD = /^api[^a-z0-9]?key$/i;

/** What is written where a longer text had the key in it, such as an address with `?apikey=`. */
const REMOVED = '***';

/** A key of fewer characters is replaced only as a whole: any text might have it in it. */
const SHORTEST_IN_TEXT = 6;

/**
 * A body without Evolution's API key, whatever the depth: without the fields of that name, without those
 * that say the same, and with the key taken out of longer texts. Neither reads nor writes recursively,
 * since a body may be nested deeper than the stack.
 */
export function withoutApiKey(body: JsonObject): JsonObject {
	const keys = apiKeysIn(body);
	const forms = [...keys].flatMap(formsOf);
	const copy: JsonObject = {};
	const pending: [from: JsonObject | unknown[], to: JsonObject | unknown[]][] = [[body, copy]];
	for (let next = pending.pop(); next; next = pending.pop()) {
		const [from, to] = next;
		const copied = (value: unknown): unknown => {
			if (typeof value === 'string') return withoutForms(value, forms);
			if (!isContainer(value)) return value;
			const empty = Array.isArray(value) ? [] : {};
			pending.push([value, empty]);
			return empty;
		};
		if (Array.isArray(from)) {
			for (const value of from)
				(to as unknown[]).push(isKeyOf(keys, value) ? REMOVED : copied(value));
			continue;
		}
		for (const [name, value] of Object.entries(from)) {
			if (!API_KEY_FIELD.test(name) && !isKeyOf(keys, value))
				define(to as JsonObject, name, copied(value));
		}
	}
	return copy;
}

/** The texts in the fields of that name, and in what such a field holds. */
function apiKeysIn(body: JsonObject): Set<string> {
	const keys = new Set<string>();
	const pending: [container: JsonObject | unknown[], isKey: boolean][] = [[body, false]];
	for (let next = pending.pop(); next; next = pending.pop()) {
		const [container, isKey] = next;
		const look = (value: unknown, isOfKey: boolean) => {
			if (isContainer(value)) pending.push([value, isOfKey]);
			else if (isOfKey && typeof value === 'string' && value !== '') keys.add(value);
		};
		// A list may have a million elements, whose numbers are no names.
		if (Array.isArray(container)) for (const value of container) look(value, isKey);
		else {
			for (const [name, value] of Object.entries(container))
				look(value, isKey || API_KEY_FIELD.test(name));
		}
	}
	return keys;
}

function isKeyOf(keys: ReadonlySet<string>, value: unknown): boolean {
	return typeof value === 'string' && keys.has(value);
}

/** How a key reads in an address, in JSON, and as it is. */
function formsOf(key: string): string[] {
	if (key.length < SHORTEST_IN_TEXT) return [];
	const forms = [key, JSON.stringify(key).slice(1, -1)];
	try {
		forms.push(encodeURIComponent(key));
	} catch {
		// Half a surrogate pair, which no address can have.
	}
	return [...new Set(forms)];
}

function withoutForms(text: string, forms: readonly string[]): string {
	return forms.reduce((result, form) => result.replaceAll(form, REMOVED), text);
}

function isContainer(value: unknown): value is JsonObject | unknown[] {
	return typeof value === 'object' && value !== null;
}

/** As JSON.parse does: a field called `__proto__` is a field like any other. */
function define(object: JsonObject, name: string, value: unknown): void {
	Object.defineProperty(object, name, {
		value,
		writable: true,
		enumerable: true,
		configurable: true,
	});
}
