import { flood, VALID, type Flooded } from '../floods/flood';
import { Instance } from '../../test/kit/n8n/instance';
import { METRICS_SETTINGS } from '../process';

jest.setTimeout(300_000);

const SIZE = { hostile: 3_000, valid: 100 };

/** The same unless told otherwise; the nightly run on GitHub sends another each time. */
const SEED = Number(process.env.PROOF_SEED ?? 20_260_101);

/** The short form of `npm run proof -- floods`. */
describe(`a small flood of hostile requests (PROOF_SEED=${SEED})`, () => {
	let instance: Instance;
	let flooded: Flooded;

	beforeAll(async () => {
		instance = await Instance.launch(METRICS_SETTINGS);
		flooded = await flood(instance, SIZE, SEED);
	});

	afterAll(async () => {
		await instance.remove();
	});

	it('is answered as it may be, starts what is authentic and new, and leaves nothing open', () => {
		expect(flooded.faults).toEqual([]);
		expect(flooded.executions.found).toBeGreaterThan(SIZE.valid);
	});

	it('lets every valid delivery among it through', () => {
		expect(flooded.kinds.get(VALID)).toEqual(new Map([[200, SIZE.valid]]));
	});
});
