/**
 * Lookups in JSON without any guaranteed fields. Each returns the value in the type asked for, or nothing.
 * None throws.
 */

/** A JSON object whose fields are unknown. */
export type JsonObject = { [key: string]: unknown };

/** Whether a value is a JSON object: not null, not a list. */
export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object; an empty one for anything else. */
export function objectOf(value: unknown): JsonObject {
	return isObject(value) ? value : {};
}

/** The objects of a list, in order; none if the value isn't a list. */
export function objectsOf(value: unknown): JsonObject[] {
	return Array.isArray(value) ? value.filter(isObject) : [];
}

/**
 * A non-empty string, or a number as text (IDs and phone numbers come as both), otherwise null. Integers
 * above 2^53 don't count: parsing has rounded them, so two IDs could become one.
 */
export function textOf(value: unknown): string | null {
	if (typeof value === 'string') return value === '' ? null : value;
	if (typeof value !== 'number' || !Number.isFinite(value)) return null;
	return Number.isInteger(value) && !Number.isSafeInteger(value) ? null : String(value);
}

/** Whether a value is a list of exactly these texts, in any order. */
export function holdsExactly(value: unknown, texts: readonly string[]): boolean {
	const held = new Set<unknown>(Array.isArray(value) ? value : []);
	return held.size === texts.length && texts.every((text) => held.has(text));
}

/** The first of the object's fields that holds text, or null. */
export function firstText(object: JsonObject, ...keys: string[]): string | null {
	for (const key of keys) {
		const text = textOf(object[key]);
		if (text !== null) return text;
	}
	return null;
}

/** The first of the object's fields that is an object, or null. */
export function firstObject(object: JsonObject, ...keys: string[]): JsonObject | null {
	for (const key of keys) {
		const value = object[key];
		if (isObject(value)) return value;
	}
	return null;
}

/** A finite number, also as text (`"12.5"`), otherwise null. */
export function numberOf(value: unknown): number | null {
	if (typeof value === 'string' && value.trim() === '') return null;
	if (typeof value !== 'number' && typeof value !== 'string') return null;
	const number = Number(value);
	return Number.isFinite(number) ? number : null;
}

/** The object a string holds as JSON, or the object itself; an empty one for anything else. */
export function objectFromJson(value: unknown): JsonObject {
	if (typeof value !== 'string') return objectOf(value);
	try {
		return objectOf(JSON.parse(value));
	} catch {
		return {};
	}
}

/** A boolean, otherwise null. */
export function booleanOf(value: unknown): boolean | null {
	return typeof value === 'boolean' ? value : null;
}

/**
 * Whether an object has no fields, like the one {@link objectOf} returns for anything that isn't an object.
 */
export function isEmpty(object: JsonObject): boolean {
	return Object.keys(object).length === 0;
}
