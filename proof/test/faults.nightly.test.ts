import { providerById } from '../../test/kit/providers';
import { ON_SQLITE, OneProcess } from '../faults/one-process';
import { hasHeld, runFault } from '../faults/run';

jest.setTimeout(300_000);

/** One that sends once, one whose final answers it takes at its word, and two that send again. */
const PROVIDERS = ['chakrahq', 'evolution', 'meta', 'waha'].map(providerById);

/** With killed.test.ts the short form of `npm run proof -- faults`. */
describe('events under a fault, with senders that retry as documented', () => {
	let host: OneProcess;

	beforeAll(async () => {
		host = await OneProcess.start(PROVIDERS, 4);
	});

	afterAll(async () => {
		await host.stop();
	});

	it.each(ON_SQLITE.filter(({ crashes }) => !crashes).map((fault) => [fault.name, fault] as const))(
		'loses none that it has answered 200: %s',
		async (_, fault) => {
			const rows = await runFault(host, fault, { beforeMs: 2_000, afterMs: 1_000 });

			expect(rows.filter((row) => !hasHeld(row))).toEqual([]);
			expect(rows[0]?.tally.executed).toBeGreaterThan(0);
		},
	);
});
