/**
 * How much of a delivery reaches n8n as separate values. n8n reads and writes every value of an execution's
 * data several times, and Code nodes traverse it. Data nested 20,000 levels deep, or with hundreds of
 * thousands of values, keeps the whole process busy for seconds to minutes. Anything beyond these bounds
 * stays in `raw` as JSON text.
 */

/** The most levels of lists and objects. WhatsApp's own payloads have about 15. */
export const MOST_LEVELS = 64;

/** The most values in one field, including objects and lists. A WhatsApp message has about 50. */
export const MOST_VALUES = 100_000;

/** The most entries of a list in an item: contact cards, products. WhatsApp allows 257 cards in a message. */
export const MOST_ENTRIES = 1_000;

/** The most items in one delivery. The largest documented batch is Meta's, with 1,000 updates. */
export const MOST_ITEMS = 2_000;

/** The most values in all items of one delivery together. */
export const MOST_VALUES_OF_ITEMS = 1_000_000;

/** How many values a JSON value consists of, including itself; Infinity beyond the bounds. */
export function sizeOf(value: unknown): number {
	const left = count(value, MOST_LEVELS, MOST_VALUES);
	return left < 0 ? Infinity : MOST_VALUES - left;
}

/** How many more values are allowed after this one; negative beyond either bound. */
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
