import fc from 'fast-check';
import { oddBodies } from './bodies';
import { oddConnections, type Patience } from './connections';
import { forgeries } from './forgeries';
import { post, type Draft, type Kind } from './request';
import type { Target } from './target';

/** How large a flood is. */
export interface FloodSize extends Patience {
	/** How many hostile requests there are at least. */
	hostile: number;
	/** How many valid deliveries are among them. */
	valid: number;
}

/** A request in the order in which they are sent. */
export interface Planned {
	kind: string;
	target: Target;
	n: number;
	draft: Draft;
	isSlow: boolean;
	/** The delivery that it repeats, which has to be answered before. */
	repeats?: Planned;
}

/** The kind of what everything else is to leave alone. */
export const VALID = 'valid';

/** The kind of the valid ones that come once more. */
export const REPEATED = 'valid, repeated';

const REPEATED_SHARE = 2_000;

/** The shares of the kinds are of so many. */
const WHOLE = 100_000;

const LEAST = 20;

/** Every request of a flood, in its order. The same seed makes the same. */
export function planFlood(targets: readonly Target[], size: FloodSize, seed: number): Planned[] {
	const ordered: { planned: Planned; order: number }[] = [];
	const add = (
		{ name, isSlow = false }: Pick<Kind, 'name' | 'isSlow'>,
		target: Target,
		draft: Draft,
		repeated?: (typeof ordered)[number],
	) => {
		const at = orders[ordered.length] ?? 0;
		const earliest = repeated?.order ?? 0;
		const n = repeated?.planned.n ?? ordered.length;
		const planned: Planned = { kind: name, target, n, draft, isSlow };
		if (repeated) planned.repeats = repeated.planned;
		ordered.push({ planned, order: earliest + (1 - earliest) * at });
	};
	const kinds = [...forgeries(targets), ...oddBodies(size), ...oddConnections(size)];
	const orders = fc.sample(fc.noBias(fc.double({ min: 0, max: 1, noNaN: true })), {
		seed,
		numRuns: 2 * (size.hostile + size.valid) + kinds.length * LEAST,
	});

	for (let n = 0; n < size.valid; n++) {
		const target = targets[n % targets.length];
		if (target) add({ name: VALID }, target, valid(target, true));
	}
	const first = ordered.slice();
	const repetitions = countOf({ share: REPEATED_SHARE }, size);
	for (let n = 0; n < repetitions; n++) {
		const repeated = first[n % first.length];
		if (!repeated) continue;
		const { target } = repeated.planned;
		add({ name: REPEATED }, target, valid(target, false), repeated);
	}
	for (const [number, kind] of kinds.entries()) {
		const suited = targets.filter(kind.suits ?? (() => true));
		const each = Math.ceil(countOf(kind, size) / suited.length);
		for (const [place, target] of suited.entries()) {
			const options = { seed: seed + 100 * (number + 1) + place, numRuns: each };
			for (const draft of fc.sample(kind.drafts(target), options)) add(kind, target, draft);
		}
	}
	return ordered.sort((a, b) => a.order - b.order).map(({ planned }) => planned);
}

function countOf({ share, least = LEAST }: Pick<Kind, 'share' | 'least'>, size: FloodSize): number {
	return Math.max(least, Math.round((share * size.hostile) / WHOLE));
}

function valid(target: Target, executes: boolean): Draft {
	return (n) => {
		const body = target.body(n);
		return { wire: post(target, body, target.headers(body)), allowed: [200], executes };
	};
}
