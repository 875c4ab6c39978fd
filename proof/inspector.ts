import CDP from 'chrome-remote-interface';

/** A processor profile, as the inspector gives it. */
export type Profile = Awaited<ReturnType<CDP.Client['Profiler']['stop']>>['profile'];

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
			expression: `Object.values(require('node:module')._cache)
				.find(({ filename }) => filename.endsWith('nodes/shared/core/ledger.js'))
				.exports.Ledger.prototype`,
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
