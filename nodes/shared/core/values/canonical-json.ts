import type { JsonObject } from './json';

/**
 * A JSON value with sorted keys and without whitespace, so that the same content always has the same text:
 * senders don't guarantee the order of keys. Works at any depth.
 */
export function canonicalJson(value: unknown): string {
	return write(value, (object) => Object.keys(object).sort());
}

/** Like `JSON.stringify`, but at any depth: that one throws when the stack overflows. */
export function jsonOf(value: unknown): string {
	try {
		// Many times faster, which matters with a million values.
		return JSON.stringify(value);
	} catch {
		return write(value, Object.keys);
	}
}

type KeysOf = (object: JsonObject) => string[];

/** Writes without recursion. */
function write(value: unknown, keysOf: KeysOf): string {
	if (!isNested(value)) return JSON.stringify(value);
	let written = '';
	// Text, and the lists and objects still to write. The last one is next.
	const rest: (string | object)[] = [value];
	for (let part = rest.pop(); part !== undefined; part = rest.pop()) {
		if (typeof part === 'string') written += part;
		// One by one, since the stack limits how many arguments a call can have.
		else for (const next of partsOf(part, keysOf).reverse()) rest.push(next);
	}
	return written;
}

/** A list or an object as text, around the lists and objects in it. */
function partsOf(value: object, keysOf: KeysOf): (string | object)[] {
	const isList = Array.isArray(value);
	const entries = isList
		? (value as unknown[]).map((inner) => ['', inner] as const)
		: fieldsOf(value as JsonObject, keysOf);
	const parts: (string | object)[] = [];
	let text = isList ? '[' : '{';
	entries.forEach(([name, inner], index) => {
		text += index === 0 ? name : `,${name}`;
		if (isNested(inner)) {
			parts.push(text, inner);
			text = '';
		} else {
			text += JSON.stringify(inner);
		}
	});
	parts.push(text + (isList ? ']' : '}'));
	return parts;
}

function fieldsOf(object: JsonObject, keysOf: KeysOf): (readonly [name: string, value: unknown])[] {
	return keysOf(object)
		.filter((key) => object[key] !== undefined)
		.map((key) => [`${JSON.stringify(key)}:`, object[key]] as const);
}

function isNested(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}
