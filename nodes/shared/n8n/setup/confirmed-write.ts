import { wait } from '../../core/wait';
import { ApiFault } from './api-fault';
import { LIMITS } from './limits';

/**
 * Writes something at a provider, and believes only what can be read there afterwards. A write that got no
 * response may have been done all the same, so it is looked for before it counts as failed.
 *
 * @param write sends the request; may throw an {@link ApiFault}
 * @param problem reads what is there now; null where it is as it should be, otherwise the fault to report
 * @throws the write's own fault where it wasn't done; what `problem` returns where it was, but not as asked
 */
export async function confirmedWrite(
	write: () => Promise<void>,
	problem: () => Promise<ApiFault | null>,
): Promise<void> {
	const undecided = await undecidedFaultOf(write);
	const found = undecided ? await lookedFor(problem, undecided) : await problem();
	if (found) throw found;
}

/** The fault of a write that nobody can say was done or not; null for one that succeeded. */
async function undecidedFaultOf(write: () => Promise<void>): Promise<ApiFault | null> {
	try {
		await write();
		return null;
	} catch (error) {
		if (error instanceof ApiFault && error.isUndecided) return error;
		throw asIs(error);
	}
}

/** Looks until the write is done; the write's fault where it still isn't after the last look. */
async function lookedFor(
	problem: () => Promise<ApiFault | null>,
	undecided: ApiFault,
): Promise<ApiFault | null> {
	for (let look = 0; look < LIMITS.looks; look++) {
		if (look > 0) await wait(LIMITS.betweenLooksMs);
		// An API that can't be read now says nothing about the write.
		const found = await problem().catch(() => undecided);
		if (found === null || found === undecided) return found;
	}
	return undecided;
}

/** What was caught, to be thrown on. n8n's linter wants a fault wrapped where it is caught; the life cycle does. */
function asIs(error: unknown): Error {
	return error instanceof Error ? error : new Error(String(error));
}
