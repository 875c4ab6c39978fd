import { credentialData, listenToAll, sampleOf } from '../kit/providers';
import { signedHeaders } from '../kit/sample-deliveries';
import { post, type Answer } from '../kit/post';
import type { ProviderUnderTest } from './providers';
import { startWebhookServer, type ServerOptions, type WebhookServer } from './webhook-server';

/** A provider's node behind HTTP, and the provider that delivers to it. */
export interface ProviderServer extends WebhookServer {
	/** Posts a body as the provider signs it, and with further headers. */
	send(rawBody: Buffer, headers?: Record<string, string>): Promise<Answer>;
	/** Posts a body that somebody without the secret signed. */
	forge(rawBody: Buffer): Promise<Answer>;
}

let running: WebhookServer[] = [];

/** Starts a node that listens to every event of its provider, unless a test says otherwise. */
export async function startProviderServer(
	discovered: ProviderUnderTest,
	change: Partial<ServerOptions> = {},
): Promise<ProviderServer> {
	const { simulator, credentialType, Trigger } = discovered;
	const server = await startWebhookServer({
		nodeType: new Trigger(),
		credentialType,
		credential: credentialData(discovered),
		...change,
		parameters: {
			...simulator.parameters,
			...listenToAll(discovered),
			...change.parameters,
		},
	});
	running.push(server);
	const deliver = async (body: Buffer, secret: string, headers: Record<string, string> = {}) =>
		await post(server.url, body, {
			...signedHeaders(discovered, server.url, body, secret),
			...headers,
		});
	return {
		...server,
		send: (body, headers) => deliver(body, simulator.secret, headers),
		forge: (body) => deliver(body, simulator.otherSecret),
	};
}

/** Stops what {@link startProviderServer} started: for `afterEach`. */
export async function stopProviderServers(): Promise<void> {
	await Promise.all(running.map((server) => server.close()));
	running = [];
}

/** A message that the provider delivers. */
export function receivedMessage(discovered: ProviderUnderTest): Buffer {
	return sampleOf(discovered, 'message.received').rawBody;
}
