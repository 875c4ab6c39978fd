import { flood } from '../floods/flood';
import { verdict } from '../floods/verdict';
import { writeFlooded } from '../floods/write';
import { Instance } from '../instance';
import { METRICS_SETTINGS } from '../metrics';
import type { Part } from '../part';

const SIZE = { hostile: 100_000, valid: 2_000, drippingMs: 20_000, silentMs: 100_000 };

const SEED = 20_260_101;

/** Hostile requests by the hundred thousand, with valid ones among them. */
export const floods: Part = {
	name: 'floods',
	async run() {
		const instance = await Instance.start({ settings: METRICS_SETTINGS });
		try {
			const flooded = await flood(instance, SIZE, Number(process.env.PROOF_SEED ?? SEED));
			return { text: writeFlooded(flooded), hasHeld: verdict(flooded).length === 0 };
		} finally {
			await instance.stop();
		}
	},
};
