import { Throttle } from '../../core/remember/throttle';
import type { ProblemReason } from './problem';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * Decides which of a node's rejections are reported: the first for each reason, then at most one per
 * hour as a failed execution, and at most one per minute in the log. Whoever knows the URL could
 * otherwise fill both.
 */
export class RejectionCounter {
	private readonly throttles = new Map<ProblemReason, { log: Throttle; report: Throttle }>();

	/** @param now a clock in milliseconds that only goes forward */
	constructor(private readonly now: () => number = () => performance.now()) {}

	/** How many rejections the line to log now counts; 0 for no line. */
	takeForLog(reason: ProblemReason): number {
		return this.throttlesOf(reason).log.take();
	}

	/** How many rejections the failed execution to make now counts; 0 for none. */
	takeForReport(reason: ProblemReason): number {
		return this.throttlesOf(reason).report.take();
	}

	private throttlesOf(reason: ProblemReason): { log: Throttle; report: Throttle } {
		let throttles = this.throttles.get(reason);
		if (!throttles) {
			throttles = { log: new Throttle(MINUTE, this.now), report: new Throttle(HOUR, this.now) };
			this.throttles.set(reason, throttles);
		}
		return throttles;
	}
}
