import { setTimeout as sleep } from 'node:timers/promises';
import { processMetrics, type ProcessMetrics } from '../metrics';

const EVERY_MS = 2_000;
const SETTLED_WITHIN_MS = 120_000;

/** Handles of which n8n itself has more or fewer from one look to the next, such as a kept socket. */
const HANDLES_OF_ITS_OWN = 3;

/** n8n's process before a flood, at its worst during it, and after it. */
export interface Watched {
	before: ProcessMetrics;
	worst: ProcessMetrics;
	after: ProcessMetrics;
	/** Whether the handles came back to what they were. */
	hasSettled: boolean;
	/** How often it did not answer when it was looked at. */
	missed: number;
}

/** Looks at n8n's process again and again. */
export class Watch {
	private worst: ProcessMetrics;
	private missed = 0;
	private readonly ended = new AbortController();
	private readonly looking: Promise<void>;

	private constructor(
		private readonly url: string,
		private readonly before: ProcessMetrics,
	) {
		this.worst = before;
		this.looking = this.look();
	}

	/** Begins with n8n at rest. */
	static async start(url: string): Promise<Watch> {
		// A look at the delay of the event loop begins a new one.
		await metricsOf(url);
		await sleep(EVERY_MS);
		return new Watch(url, await metricsOf(url));
	}

	/** Waits until n8n is at rest again. */
	async stop(): Promise<Watched> {
		const { before, url } = this;
		this.ended.abort();
		await this.looking;
		const deadline = Date.now() + SETTLED_WITHIN_MS;
		for (;;) {
			await sleep(EVERY_MS);
			const after = await metricsOf(url);
			const hasSettled = after.handles <= before.handles + HANDLES_OF_ITS_OWN;
			if (hasSettled || Date.now() > deadline) {
				const { worst, missed } = this;
				return { before, worst, after, hasSettled, missed };
			}
		}
	}

	private async look(): Promise<void> {
		while (!this.ended.signal.aborted) {
			await sleep(EVERY_MS, undefined, { signal: this.ended.signal }).catch(() => undefined);
			const now = await metricsOf(this.url).catch(() => null);
			if (!now) {
				this.missed++;
				continue;
			}
			this.worst = Object.fromEntries(
				Object.entries(now).map(([name, value]: [string, number]) => [
					name,
					Math.max(value, this.worst[name as keyof ProcessMetrics]),
				]),
			) as unknown as ProcessMetrics;
		}
	}
}

/** Asks once more, since n8n may close a kept connection in the moment in which it is asked over it. */
async function metricsOf(url: string): Promise<ProcessMetrics> {
	return await processMetrics(url).catch(() => processMetrics(url));
}
