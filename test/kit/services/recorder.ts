import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

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

	private constructor(private readonly server: Server) {}

	static async start(): Promise<Recorder> {
		const server = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				const text = Buffer.concat(chunks).toString('utf8');
				recorder.texts.push(text);
				if (recorder.delayMs === Infinity) return;
				response.statusCode = text === recorder.rejected ? 500 : 200;
				setTimeout(() => response.end('{}'), recorder.delayMs);
			});
		});
		const recorder = new Recorder(server);
		await new Promise<void>((resolve) => {
			server.listen(0, '127.0.0.1', resolve);
		});
		return recorder;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
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
		this.server.closeAllConnections();
		await new Promise((resolve) => {
			this.server.close(resolve);
		});
	}
}
