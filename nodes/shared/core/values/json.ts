/**
 * Look-ups in JSON of which no field may be relied on. Each returns what is there in the type that
 * was asked for, or nothing; none throws.
 */

/** A JSON object whose fields are unknown. */
export type JsonObject = { [key: string]: unknown };

/** Whether a value is a JSON object: not null, not a list. */
export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object; an empty one when it is anything else. */
export function objectOf(value: unknown): JsonObject {
	return isObject(value) ? value : {};
}

/** The objects of a list, in order; none when the value is not a list. */
export function objectsOf(value: unknown): JsonObject[] {
	return Array.isArray(value) ? value.filter(isObject) : [];
}

/**
 * A string that is not empty, or a number as text (ids and phone numbers come as both), else null.
 * An integer above 2^53 is none: parsing has rounded it, so that two ids would become one.
 */
export function textOf(value: unknown): string | null {
	if (typeof value === 'string') return value === '' ? null : value;
	if (typeof value !== 'number' || !Number.isFinite(value)) return null;
	return Number.isInteger(value) && !Number.isSafeInteger(value) ? null : String(value);
}

/** Whether a value is a list of just these texts, in any order. */
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

/** A finite number, also one written as text (`"12.5"`), else null. */
export function numberOf(value: unknown): number | null {
	if (typeof value === 'string' && value.trim() === '') return null;
	if (typeof value !== 'number' && typeof value !== 'string') return null;
	const number = Number(value);
	return Number.isFinite(number) ? number : null;
}

/** The object that a string holds as JSON, or the object itself; an empty one when it is neither. */
export function objectFromJson(value: unknown): JsonObject {
	if (typeof value !== 'string') return objectOf(value);
	try {
		return objectOf(JSON.parse(value));
	} catch {
		return {};
	}
}

/** A boolean, else null. */
export function booleanOf(value: unknown): boolean | null {
	return typeof value === 'boolean' ? value : null;
}

/** Whether an object has no field: what {@link objectOf} makes of anything that is no object. */
export function isEmpty(object: JsonObject): boolean {
	return Object.keys(object).length === 0;
}
