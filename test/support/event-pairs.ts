import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../nodes/shared/core/json';
import { PROVIDERS_UNDER_TEST, type ProviderUnderTest } from './providers';

/** A body as it comes in; as text where the order of its keys or the digits of a number matter. */
export type Body = JsonObject | string;

/** Two deliveries that were once taken for each other, or might be. */
export type EventPair = [name: string, first: Body, second: Body];

/** What a provider's folder says of its event ids, in `test/event-pairs.ts`. */
export interface EventPairs {
	/** Two deliveries that tell of two events. */
	twoEvents: EventPair[];
	/** Two deliveries that tell of one event. */
	oneEvent: EventPair[];
	/** Deliveries that say neither which event they are nor when it happened. */
	timeless: [name: string, body: Body][];
	/** Deliveries of events without an id, which happened at 1756322278. */
	timed: [name: string, body: Body][];
}

/** A provider with the pairs of its folder, and with those of a format that it relays. */
export interface ProviderWithPairs extends ProviderUnderTest, EventPairs {}

const NODES = join(__dirname, '..', '..', 'nodes');

/** Every provider with its pairs. */
export const PROVIDERS_WITH_PAIRS: readonly ProviderWithPairs[] = PROVIDERS_UNDER_TEST.map(
	(discovered) => {
		const { folder, simulator } = discovered;
		const folders = [folder, ...(simulator.relaysMeta ? [join('shared', 'meta')] : [])];
		const lists = folders.map((name) => pairsIn(join(NODES, name, 'test', 'event-pairs.ts')));
		return {
			...discovered,
			twoEvents: lists.flatMap(({ twoEvents }) => twoEvents),
			oneEvent: lists.flatMap(({ oneEvent }) => oneEvent),
			timeless: lists.flatMap(({ timeless }) => timeless),
			timed: lists.flatMap(({ timed }) => timed),
		};
	},
);

function pairsIn(file: string): EventPairs {
	if (!existsSync(file)) throw new Error(`${file} is missing: it has the pairs of event ids`);
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- which files there are is known only now
	return (require(file) as { eventPairs: EventPairs }).eventPairs;
}
