/** How much longer one thing takes than another, over rounds in which both ran. */
export interface Comparison {
	name: string;
	/** The ratio of their times in the quickest, the middle and the slowest round. */
	min: number;
	median: number;
	max: number;
	/** The middle time of one run of each, in microseconds. */
	time: number;
	baseTime: number;
}

const ROUNDS = 41;
const ROUND_MS = 25;

/**
 * Runs two things in turns in this process, so that whatever else the machine does slows down both,
 * and compares them round by round. The usual libraries run one thing after the other, so that a ratio
 * of theirs is also one of two moments of the machine.
 */
export async function compare(
	name: string,
	run: () => unknown,
	base: () => unknown,
): Promise<Comparison> {
	const count = await iterationsFor(run);
	const baseCount = await iterationsFor(base);
	const times: number[] = [];
	const baseTimes: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		// In turns who goes first, since the second finds warmer caches.
		if (round % 2 === 0) {
			times.push(await microseconds(run, count));
			baseTimes.push(await microseconds(base, baseCount));
		} else {
			baseTimes.push(await microseconds(base, baseCount));
			times.push(await microseconds(run, count));
		}
	}
	const ratios = times.map((time, round) => time / (baseTimes[round] ?? NaN)).sort((a, b) => a - b);
	return {
		name,
		min: ratios[0] ?? NaN,
		median: medianOf(ratios),
		max: ratios.at(-1) ?? NaN,
		time: medianOf(times),
		baseTime: medianOf(baseTimes),
	};
}

/** How often to run something so that a round takes long enough to be measured; warms it up as well. */
async function iterationsFor(run: () => unknown): Promise<number> {
	await microseconds(run, 200);
	for (let count = 1; ; count *= 2) {
		const total = (await microseconds(run, count)) * count;
		if (total > ROUND_MS * 500) return Math.max(1, Math.round((count * ROUND_MS * 1000) / total));
	}
}

async function microseconds(run: () => unknown, count: number): Promise<number> {
	const startedAt = performance.now();
	for (let n = 0; n < count; n++) {
		const result = run();
		if (result instanceof Promise) await result;
	}
	return ((performance.now() - startedAt) * 1000) / count;
}

function medianOf(numbers: readonly number[]): number {
	return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
}
