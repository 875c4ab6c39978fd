import { PROVIDERS } from '../../playground/providers';
import { flood, type Flooded } from '../floods/flood';
import { VALID } from '../floods/plan';
import { verdict } from '../floods/verdict';
import { Instance } from '../instance';
import { METRICS_SETTINGS } from '../metrics';

jest.setTimeout(300_000);

const SIZE = { hostile: 3_000, valid: 100, drippingMs: 3_000, silentMs: 3_000 };

/** Another one each day, and told, so that a flood that broke something can be sent again. */
const SEED = Number(
	process.env.PROOF_SEED ?? new Date().toISOString().slice(0, 10).replaceAll('-', ''),
);

describe(`a small flood of hostile requests (PROOF_SEED=${SEED})`, () => {
	let instance: Instance;
	let flooded: Flooded;

	beforeAll(async () => {
		instance = await Instance.start({ settings: METRICS_SETTINGS });
		flooded = await flood(instance, SIZE, SEED);
	});

	afterAll(async () => {
		await instance.stop();
	});

	it('is answered as it may be: none by a 5xx of the node, none not at all', () => {
		const { sent, hung, ofTheNode } = flooded.tally;

		expect(verdict(flooded)).toEqual([]);
		expect({ hung, ofTheNode }).toEqual({ hung: 0, ofTheNode: 0 });
		expect(sent).toBeGreaterThan(SIZE.hostile + SIZE.valid);
	});

	it('lets every valid delivery among it through', () => {
		expect(flooded.tally.kinds.get(VALID)).toEqual(new Map([[200, SIZE.valid]]));
	});

	it('starts an execution for each of what is authentic and new, and for nothing else', () => {
		expect(flooded.executed).toHaveLength(PROVIDERS.length);
		for (const { expected, found, others } of flooded.executed) {
			expect(expected).toBeGreaterThanOrEqual(Math.floor(SIZE.valid / PROVIDERS.length));
			expect({ found, others }).toEqual({ found: expected, others: 0 });
		}
	});

	it('leaves no connection open', () => {
		expect(flooded.watched.hasSettled).toBe(true);
	});
});
