import {
	createServer,
	type IncomingMessage,
	type RequestListener,
	type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

export type LoopbackRequest = IncomingMessage;
export type LoopbackResponse = ServerResponse;

/** An HTTP server that only this machine reaches. */
export interface LoopbackServer {
	/** `http://127.0.0.1:…`, without a slash at its end. */
	url: string;
	/** Ends it, and every connection to it. */
	stop: () => Promise<void>;
}

/** Starts an HTTP server on a free port, on another of this machine's addresses where one is given. */
export async function startLoopbackServer(
	handle: RequestListener,
	host = '127.0.0.1',
): Promise<LoopbackServer> {
	const server = createServer(handle);
	await new Promise<void>((resolve) => server.listen(0, host, resolve));
	return {
		url: `http://${host}:${(server.address() as AddressInfo).port}`,
		async stop() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** The body of a request as text. */
export async function bodyOf(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
}
