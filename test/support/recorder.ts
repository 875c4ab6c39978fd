import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A web service on loopback that answers 200 and keeps the JSON that it was sent. */
export class Recorder {
	readonly bodies: unknown[] = [];

	private constructor(private readonly server: Server) {}

	static async start(): Promise<Recorder> {
		const server = createServer();
		const recorder = new Recorder(server);
		server.on('request', (request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				recorder.bodies.push(JSON.parse(Buffer.concat(chunks).toString('utf8')));
				response.end();
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return recorder;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}
}
