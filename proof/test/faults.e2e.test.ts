import { providerById } from '../../playground/providers';
import { hasHeld, runFault } from '../faults/run';
import { KILLED, LOCKED, OneProcess, STALLED, STOPPED } from '../faults/one-process';

jest.setTimeout(300_000);

/** One that sends once, one whose final answers it takes at its word, and two that send again. */
const PROVIDERS = ['chakrahq', 'evolution', 'meta', 'waha'].map(providerById);

/** Short of `npm run proof -- faults`, with the same code. */
describe('events under a fault, with senders that retry as documented', () => {
	let host: OneProcess;

	beforeAll(async () => {
		host = await OneProcess.start({ providers: PROVIDERS, perSecond: 4 });
	});

	afterAll(async () => {
		await host.stop();
	});

	it.each([KILLED, STOPPED, LOCKED, STALLED].map((fault) => [fault.name, fault] as const))(
		'loses none that it has answered 200: %s',
		async (_, fault) => {
			const rows = await runFault(host, fault, { beforeMs: 2_000, afterMs: 1_000 });

			expect(rows.filter((row) => !hasHeld(row))).toEqual([]);
			expect(rows[0]?.tally.executed).toBeGreaterThan(0);
		},
	);
});
