import type { Schedule } from '../../test/kit/simulator';

/** A longer wait is shortened to this, which covers a shorter outage: the harder case. */
export const LONGEST_WAIT = 10;

/** How long a sender waits before an attempt, in this run. */
export function waitBefore({ waits }: Schedule, attempt: number): number {
	return Math.min(waits[Math.min(attempt, waits.length) - 1] ?? LONGEST_WAIT, LONGEST_WAIT);
}
