import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_AGAIN_MS = 150;

/** Waits until a condition holds; throws when it does not in time. */
export async function until(
	condition: () => boolean | Promise<boolean>,
	withinMs = 60_000,
): Promise<void> {
	const deadline = Date.now() + withinMs;
	while (!(await condition())) {
		if (Date.now() > deadline) throw new Error(`not so after ${withinMs / 1000} s`);
		await sleep(LOOK_AGAIN_MS);
	}
}
