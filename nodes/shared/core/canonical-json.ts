import { isObject } from './json';

/**
 * A JSON value written with the keys of every object in order and without white space, so that two
 * texts of the same content become one: senders do not promise the order of their keys.
 *
 * @throws RangeError for a value that is nested deeper than the stack
 */
export function canonicalJson(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
	if (!isObject(value)) return JSON.stringify(value);
	const fields = Object.keys(value)
		.sort()
		.filter((key) => value[key] !== undefined)
		.map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
	return `{${fields.join(',')}}`;
}
