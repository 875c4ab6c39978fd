/** Counts occurrences of one thing, and lets one through in each interval. */
export class Throttle {
	private count = 0;

	private lastAt = -Infinity;

	/**
	 * @param interval milliseconds
	 * @param now a clock in milliseconds that only goes forward
	 */
	constructor(
		private readonly interval: number,
		private readonly now: () => number,
	) {}

	/**
	 * Counts one occurrence.
	 *
	 * @returns how many there were since the last one let through, including this one; 0 if it's too early
	 *   for another
	 */
	take(): number {
		this.count++;
		if (this.now() - this.lastAt < this.interval) return 0;
		const taken = this.count;
		this.count = 0;
		this.lastAt = this.now();
		return taken;
	}
}
