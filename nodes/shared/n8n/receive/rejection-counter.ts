import { Throttle } from '../../core/remember/throttle';
import type { ProblemReason } from './problem';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * Decides which of a node's rejections are reported: the first for each reason, then at most one per hour
 * as a failed execution, and at most one per minute in the log. Otherwise, anyone who knows the URL could
 * fill both.
 */
export class RejectionCounter {
	private readonly throttles = new Map<ProblemReason, { log: Throttle; report: Throttle }>();

	/** @param now a clock in milliseconds that only goes forward */
	constructor(private readonly now: () => number = () => performance.now()) {}

	/** How many rejections to report in a log line now; 0 for no line. */
	takeForLog(reason: ProblemReason): number {
		return this.throttlesOf(reason).log.take();
	}

	/** How many rejections to report in a failed execution now; 0 for none. */
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
