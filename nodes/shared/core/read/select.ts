import { outputIndexOf, type EventName } from '../item/events';
import type { ChatFormat } from '../item/conversation';
import type { Item } from '../item/item';
import { passesFilters, type Filters } from './filters';

const MINUTE = 60_000;

/** Which items start the workflow. */
export interface Selection {
	events: readonly EventName[];
	/** Older events are dropped. 0 means no limit. */
	maxEventAgeMinutes: number;
	filters: Filters;
}

/**
 * The items that are selected, pass the filters, and aren't too old. An item without a time is never too
 * old, so that it isn't lost.
 *
 * @param ourSide how the provider names our side, see {@link ChatFormat}
 * @param now milliseconds since 1970
 */
export function selectItems(
	items: readonly Item[],
	selection: Selection,
	ourSide: ChatFormat['ourSide'],
	now: number,
): Item[] {
	const oldest = now - selection.maxEventAgeMinutes * MINUTE;
	return items.filter(
		(item) =>
			selection.events.includes(item.event) &&
			(selection.maxEventAgeMinutes <= 0 ||
				item.occurredAt === null ||
				Date.parse(item.occurredAt) >= oldest) &&
			passesFilters(item, selection.filters, ourSide),
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
