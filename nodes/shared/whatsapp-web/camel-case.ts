import { isObject, type JsonObject } from '../core/values/json';

/** Deeper than any message of the protocol. Anything deeper is left out. */
const DEEPEST = 16;

/**
 * A message as whatsmeow writes it with the names that WAProto has in JavaScript: `selectedButtonID` →
 * `selectedButtonId`, `URL` → `url`, `PTT` → `ptt`. Go's `oneof` wrappers, in a capitalized field
 * (`Response: { SelectedDisplayText }`), are merged into the message itself.
 */
export function camelCased(message: JsonObject): JsonObject {
	return fieldsOf(message, 0);
}

function fieldsOf(object: JsonObject, depth: number): JsonObject {
	if (depth > DEEPEST) return {};
	const fields: JsonObject = {};
	for (const [name, value] of Object.entries(object)) {
		if (isChoice(name, value)) Object.assign(fields, fieldsOf(value, depth + 1));
		else fields[camelCase(name)] = valueOf(value, depth);
	}
	return fields;
}

function valueOf(value: unknown, depth: number): unknown {
	if (isObject(value)) return fieldsOf(value, depth + 1);
	if (!Array.isArray(value)) return value;
	return depth > DEEPEST ? [] : value.map((element: unknown) => valueOf(element, depth + 1));
}

/** A `oneof`: its name is capitalized, and so is that of the one field in it. */
function isChoice(name: string, value: unknown): value is JsonObject {
	return /^[A-Z][a-z]/.test(name) && isObject(value) && Object.keys(value).every(hasCapital);
}

function hasCapital(name: string): boolean {
	return /^[A-Z]/.test(name);
}

function camelCase(name: string): string {
	const words = name.replace(
		/[A-Z]{2,}(?=[A-Z][a-z]|\d|$)/g,
		(acronym) => acronym.charAt(0) + acronym.slice(1).toLowerCase(),
	);
	return words.charAt(0).toLowerCase() + words.slice(1);
}
