import { ON_SQLITE, OneProcess } from '../faults/one-process';
import { hasHeld, runFault } from '../faults/run';
import { providerById } from '../../test/kit/providers';

jest.setTimeout(300_000);

/** One that sends once, and one that sends again. */
const PROVIDERS = ['chakrahq', 'waha'].map(providerById);

let host: OneProcess;

beforeAll(async () => {
	host = await OneProcess.start(PROVIDERS, 4);
});

afterAll(async () => {
	await host.stop();
});

it('n8n that is killed loses no event that it has answered 200', async () => {
	const killed = ON_SQLITE.find(({ crashes }) => crashes);
	if (!killed) throw new Error('no fault kills n8n');
	const rows = await runFault(host, killed, { beforeMs: 2_000, afterMs: 1_000 });

	expect(rows.filter((row) => !hasHeld(row))).toEqual([]);
	expect(rows[0]?.tally.executed).toBeGreaterThan(0);
});
