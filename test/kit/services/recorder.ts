import { bodyOf, startLoopbackServer, type LoopbackServer } from '../loopback-server';

/**
 * What a workflow has done, as seen from outside n8n: a service on loopback that writes down the
 * text of each request.
 */
export class Recorder {
	/** The texts since the last look, in the order in which they arrived. */
	readonly texts: string[] = [];

	/** How long it takes to answer, in milliseconds. Infinity: it never does. */
	delayMs = 0;

	/** A text that it answers 500 to. */
	rejected: string | undefined;

	private server: LoopbackServer | undefined;

	static async start(): Promise<Recorder> {
		const recorder = new Recorder();
		recorder.server = await startLoopbackServer((request, response) => {
			void (async () => {
				// Null where whoever sends is killed before the end.
				const text = await bodyOf(request).catch(() => null);
				if (text === null) return;
				recorder.texts.push(text);
				if (recorder.delayMs === Infinity) return;
				response.statusCode = text === recorder.rejected ? 500 : 200;
				setTimeout(() => response.end('{}'), recorder.delayMs);
			})();
		});
		return recorder;
	}

	get url(): string {
		return `${this.server?.url ?? ''}/`;
	}

	/** The same, read as JSON. */
	get bodies(): unknown[] {
		return this.texts.map((text) => JSON.parse(text) as unknown);
	}

	/** The texts since the last look, which begins anew. */
	take(): string[] {
		return this.texts.splice(0);
	}

	async stop(): Promise<void> {
		await this.server?.stop();
	}
}
