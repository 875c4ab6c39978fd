import { outputIndexOf, type EventName } from '../item/events';
import type { Item } from '../item/item';

const MINUTE = 60_000;

/** What a user of a node wants to see. */
export interface Selection {
	events: readonly EventName[];
	/** Older events are dropped; 0 for no limit. */
	maxEventAgeMinutes: number;
}

/**
 * The items that are selected and not too old. An item without a time is never too old: what cannot
 * be judged is not lost.
 *
 * @param now milliseconds since 1970
 */
export function selectItems(items: readonly Item[], selection: Selection, now: number): Item[] {
	const oldest = now - selection.maxEventAgeMinutes * MINUTE;
	return items.filter(
		({ event, occurredAt }) =>
			selection.events.includes(event) &&
			(selection.maxEventAgeMinutes <= 0 ||
				occurredAt === null ||
				Date.parse(occurredAt) >= oldest),
	);
}

/**
 * The items by output, in payload order within each.
 *
 * @param outputCount how many outputs the node has
 */
export function routeItems<T extends { event: EventName }>(
	items: readonly T[],
	outputCount: number,
): T[][] {
	const outputs: T[][] = Array.from({ length: outputCount }, () => []);
	for (const item of items) outputs[outputIndexOf(item.event)]?.push(item);
	return outputs;
}
