import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../nodes/shared/core/values/json';
import { PROVIDERS_UNDER_TEST, type ProviderUnderTest } from './providers';

/** A body as it comes in; as text where the order of its keys or the digits of a number matter. */
export type Body = JsonObject | string;

/** Two deliveries that were once taken for each other, or might be. */
export type EventPair = [name: string, first: Body, second: Body];

/** A delivery of an event that brings no id. */
export type Unidentified = [name: string, body: Body, second?: undefined];

/** What a folder's `test/event-pairs.ts` says of the ids of its events. */
export interface EventPairs {
	/** Two deliveries that tell of two events. */
	twoEvents: EventPair[];
	/** Two deliveries that tell of one event. */
	oneEvent: EventPair[];
	/** Deliveries that say neither which event they are nor when it happened. */
	timeless: Unidentified[];
	/** Deliveries that do not say which event they are, but that it happened at 1756322278. */
	timed: Unidentified[];
}

const NODES = join(__dirname, '..', '..', 'nodes');

/** Every provider with the pairs of its folder, and with those of a format that it relays. */
export const PROVIDERS_WITH_PAIRS: readonly (ProviderUnderTest & { pairs: EventPairs })[] =
	PROVIDERS_UNDER_TEST.map((discovered) => {
		const { folder, simulator } = discovered;
		const folders = [folder, ...(simulator.relaysMeta ? [join('shared', 'meta')] : [])];
		const files = folders.map(pairsIn);
		return {
			...discovered,
			pairs: {
				twoEvents: files.flatMap(({ twoEvents = [] }) => twoEvents),
				oneEvent: files.flatMap(({ oneEvent = [] }) => oneEvent),
				timeless: files.flatMap(({ timeless = [] }) => timeless),
				timed: files.flatMap(({ timed = [] }) => timed),
			},
		};
	});

function pairsIn(folder: string): Partial<EventPairs> {
	const file = join(NODES, folder, 'test', 'event-pairs.ts');
	if (!existsSync(file)) return {};
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- which files there are is known only now
	return (require(file) as { eventPairs: EventPairs }).eventPairs;
}
