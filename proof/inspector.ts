import CDP from 'chrome-remote-interface';

/** A processor profile, as the inspector gives it. */
export type Profile = Awaited<ReturnType<CDP.Client['Profiler']['stop']>>['profile'];

/** The class in the memory of n8n. */
const LEDGER = `Object.values(require('node:module')._cache)
	.find(({ filename }) => filename.endsWith('nodes/shared/core/ledger.js')).exports.Ledger`;

const LEDGERS = 10;

/** Settings with which n8n lets its process be looked into, on loopback. */
export const inspectorSettings = (port: number): Record<string, string> => ({
	NODE_OPTIONS: `--inspect=127.0.0.1:${port}`,
});

/** A view into the memory of a running n8n, by the inspector that Node.js has built in. */
export class Inspector {
	private constructor(private readonly session: CDP.Client) {}

	static async open(port: number): Promise<Inspector> {
		const session = await CDP({ host: '127.0.0.1', port });
		await session.Runtime.enable();
		return new Inspector(session);
	}

	/** How many accepted events each of this package's nodes remembers. */
	async ledgerSizes(): Promise<number[]> {
		const { Runtime } = this.session;
		const { result: prototype } = await Runtime.evaluate({
			expression: `${LEDGER}.prototype`,
			includeCommandLineAPI: true,
		});
		if (!prototype.objectId) throw new Error('n8n has not loaded the ledger of this package');
		const { objects } = await Runtime.queryObjects({ prototypeObjectId: prototype.objectId });
		const { result } = await Runtime.callFunctionOn({
			functionDeclaration: 'function () { return this.map(({ accepted }) => accepted.size); }',
			...(objects.objectId && { objectId: objects.objectId }),
			returnByValue: true,
		});
		await Runtime.releaseObject({ objectId: objects.objectId ?? '' });
		return result.value as number[];
	}

	/**
	 * What a ledger holds when it is full, in MiB: an average of what ten more of them take in this n8n.
	 *
	 * @param capacity how many events that is
	 */
	async sizeOfFullLedger(capacity: number): Promise<number> {
		const { Runtime } = this.session;
		const before = await this.heapInUse();
		const { exceptionDetails } = await Runtime.evaluate({
			expression: `globalThis.fullLedgers = Array.from({ length: ${LEDGERS} }, (_, n) => {
				const ledger = new (${LEDGER})();
				for (let id = 0; id < ${capacity}; id++) {
					ledger.accepted.set(
						'meta:message.received:wamid.HBgMOTE5ODc2NTQzMjEwFQIAEhggM0VCMDM3RjlE' + n + '.' + id,
						performance.now() + id,
					);
				}
				return ledger;
			}); undefined`,
			includeCommandLineAPI: true,
		});
		if (exceptionDetails) throw new Error(exceptionDetails.text);
		const after = await this.heapInUse();
		await Runtime.evaluate({ expression: 'delete globalThis.fullLedgers' });
		return (after - before) / LEDGERS;
	}

	/** The heap that is in use after what is garbage was collected, in MiB. */
	async heapInUse(): Promise<number> {
		await this.session.HeapProfiler.collectGarbage();
		const { usedSize } = await this.session.Runtime.getHeapUsage();
		return usedSize / 2 ** 20;
	}

	/** What the processor did while something ran. */
	async profile(run: () => Promise<unknown>): Promise<Profile> {
		const { Profiler } = this.session;
		await Profiler.enable();
		await Profiler.start();
		await run();
		const { profile } = await Profiler.stop();
		return profile;
	}

	async close(): Promise<void> {
		await this.session.close();
	}
}
