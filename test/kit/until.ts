import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_AGAIN_MS = 150;

/**
 * Waits until a condition holds. Throws when it does not in time, with the words of `otherwise`, and
 * whatever the condition throws.
 */
export async function until(
	condition: () => boolean | Promise<boolean>,
	withinMs = 60_000,
	otherwise: () => string = () => `not so after ${withinMs / 1000} s`,
): Promise<void> {
	const deadline = Date.now() + withinMs;
	while (!(await condition())) {
		if (Date.now() > deadline) throw new Error(otherwise());
		await sleep(LOOK_AGAIN_MS);
	}
}
