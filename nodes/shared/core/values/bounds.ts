/**
 * How much of a delivery reaches n8n as single values. n8n writes and reads every value of an execution's
 * data several times, and its Code nodes walk it: what is nested 20,000 deep, or has hundreds of thousands
 * of values, keeps the whole process busy for seconds to minutes. What is beyond these bounds stays in
 * `raw`, as JSON text.
 */

/** The most levels of lists and objects. WhatsApp's own payloads have about 15. */
export const MOST_LEVELS = 64;

/** The most values in one field, objects and lists included. A message of WhatsApp's has about 50. */
export const MOST_VALUES = 100_000;

/** The most entries of a list in an item: contact cards, products. WhatsApp allows 257 cards in a message. */
export const MOST_ENTRIES = 1_000;

/** The most items of one delivery. The largest batch that a provider documents is Meta's, with 1,000 updates. */
export const MOST_ITEMS = 2_000;

/** The most values in all items of one delivery together. */
export const MOST_VALUES_OF_ITEMS = 1_000_000;

/** How many values there are in a JSON value, itself included; Infinity where it is beyond the bounds. */
export function sizeOf(value: unknown): number {
	const left = count(value, MOST_LEVELS, MOST_VALUES);
	return left < 0 ? Infinity : MOST_VALUES - left;
}

/** What is left of the most values after this one; less than 0 beyond either bound. */
function count(value: unknown, levels: number, values: number): number {
	if (typeof value !== 'object' || value === null) return values - 1;
	if (levels === 0) return -1;
	let left = values - 1;
	for (const inner of Array.isArray(value) ? (value as unknown[]) : Object.values(value)) {
		if (left < 0) return left;
		left = count(inner, levels - 1, left);
	}
	return left;
}
