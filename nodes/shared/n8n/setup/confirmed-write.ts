import { wait } from '../../core/values/wait';
import type { ApiAccess } from '../api/access';
import { ApiFault } from '../api/fault';
import { LIMITS } from '../api/limits';

/** How many pauses an accepted write gets, since a provider may take a moment to show it. */
const PAUSES_AFTER_ACCEPTED = 2;

/** A change at a provider, and how to check its result. */
interface ConfirmedWrite<T> {
	access: ApiAccess;
	write: () => Promise<unknown>;
	read: () => Promise<T>;
	/** The parts that differ from what was written, such as `URL` or `events`; none if all match. */
	missing: (found: T) => readonly string[];
	/** The fault if some of it wasn't stored; {@link notStored} unless given. */
	fault?: (parts: readonly string[]) => ApiFault;
}

/**
 * Changes something at a provider and reads it back. A change whose outcome is undecided, such as one that
 * timed out, is checked for about 10 seconds before it counts as failed.
 *
 * @returns the provider's current state
 * @throws ApiFault if the change was rejected, or part of it wasn't stored
 */
export async function confirmWrite<T>({
	access,
	write,
	read,
	missing,
	fault = (parts) => notStored(access, parts),
}: ConfirmedWrite<T>): Promise<T> {
	const undecided = await undecidedFaultOf(write);
	const look = async () =>
		await read().then(
			(value) => ({ value }),
			(error: unknown) => {
				// Whatever left the write undecided may also fail the read.
				if (undecided) return null;
				throw error;
			},
		);
	let found = undecided ? null : await look();
	for (const pause of undecided ? LIMITS.looksMs : LIMITS.looksMs.slice(0, PAUSES_AFTER_ACCEPTED)) {
		if (found && missing(found.value).length === 0) break;
		await wait(pause);
		found = await look();
	}
	const parts = found ? missing(found.value) : [];
	if (found && parts.length === 0) return found.value;
	throw undecided ?? fault(parts);
}

/** Runs a write. Returns the fault if the outcome is unknown; throws any other. */
async function undecidedFaultOf(write: () => Promise<unknown>): Promise<ApiFault | null> {
	return await write().then(
		() => null,
		(error: unknown) => {
			if (error instanceof ApiFault && error.isUndecided) return error;
			throw error;
		},
	);
}

/** The fault for an accepted change that wasn't stored completely. */
export function notStored({ displayName }: ApiAccess, parts: readonly string[]): ApiFault {
	return new ApiFault(
		`${displayName} accepted the webhook but didn't store its ${inWords(parts)}`,
		'Something else may have changed it at the same moment. Try again. If it keeps happening, set Webhook Setup to Manual.',
	);
}

/** `URL, events, and secret header`. */
function inWords(parts: readonly string[]): string {
	const last = parts.at(-1) ?? 'settings';
	if (parts.length < 2) return last;
	return parts.length === 2 ? parts.join(' and ') : `${parts.slice(0, -1).join(', ')}, and ${last}`;
}
