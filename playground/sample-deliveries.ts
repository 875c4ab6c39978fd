import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FIXTURES = join(__dirname, '..', 'test', 'fixtures');

/** A provider as the playground plays it: how it signs, and the secret that its credential gets. */
export interface PlayedProvider {
	id: string;
	displayName: string;
	nodeType: string;
	credentialType: string;
	secret: string;
	/** What its credential holds beside the secret. */
	credential?: Record<string, string>;
	/** Parameters of its node beside the events. */
	parameters?: Record<string, unknown>;
	/** The headers by which the provider proves a body. */
	sign(rawBody: Buffer, secret: string): Record<string, string>;
}

const hexHmac = (header: string) => (rawBody: Buffer, secret: string) => ({
	[header]: createHmac('sha256', secret).update(rawBody).digest('hex'),
});

const PACKAGE = 'n8n-nodes-whatsapp-triggers';

/** The providers, written without the nodes' own code: it is under test here. */
export const PLAYED_PROVIDERS: readonly PlayedProvider[] = [
	{
		id: 'chakrahq',
		displayName: 'ChakraHQ',
		nodeType: `${PACKAGE}.chakraHqTrigger`,
		credentialType: 'chakraHqWebhookApi',
		secret: 'playground_chakrahq',
		sign: hexHmac('X-Chakra-Signature-256'),
	},
	{
		id: 'chirp',
		displayName: 'Chirp',
		nodeType: `${PACKAGE}.chirpTrigger`,
		credentialType: 'chirpApi',
		secret: 'playground chirp secret',
		// The playground adds the address of its own Chirp, and the key that this takes.
		credential: { headerName: 'X-Webhook-Secret' },
		parameters: { webhookSetup: 'automatic' },
		sign: (_, secret) => ({ 'X-Webhook-Secret': secret }),
	},
	{
		id: 'pingmate',
		displayName: 'PingMate',
		nodeType: `${PACKAGE}.pingMateTrigger`,
		credentialType: 'pingMateWebhookApi',
		secret: 'whsec_playground_pingmate',
		sign: hexHmac('X-Webhook-Signature'),
	},
	{
		id: 'chatmitra',
		displayName: 'ChatMitra',
		nodeType: `${PACKAGE}.chatMitraTrigger`,
		credentialType: 'chatMitraWebhookApi',
		secret: 'whsec_playground_chatmitra',
		sign: hexHmac('X-Webhook-Signature'),
	},
];

/** The provider with this id; throws a message that lists all of them. */
export function playedProvider(id: string): PlayedProvider {
	const provider = PLAYED_PROVIDERS.find((candidate) => candidate.id === id);
	if (provider) return provider;
	const ids = PLAYED_PROVIDERS.map((candidate) => candidate.id).join(', ');
	throw new Error(`There is no provider "${id}". Choose one of: ${ids}.`);
}

/** The names of a provider's samples: event names, some with a variant (`message.received-image`). */
export function sampleNames(provider: PlayedProvider): string[] {
	return readdirSync(join(FIXTURES, provider.id))
		.filter((file) => file.endsWith('.json') && !file.endsWith('.items.json'))
		.map((file) => file.slice(0, -'.json'.length));
}

/** The bytes of a sample; throws a message that lists the names there are. */
export function sampleBody(provider: PlayedProvider, name: string): Buffer {
	const names = sampleNames(provider);
	if (names.includes(name)) return readFileSync(join(FIXTURES, provider.id, `${name}.json`));
	throw new Error(
		`${name === '' ? 'Which event?' : `${provider.displayName} has no sample "${name}".`} Choose one of:\n  ${names.join('\n  ')}`,
	);
}

/** The sample as if it happened now, with ids that were never sent, so that it is no repetition. */
export function withNewIds(rawBody: Buffer): Buffer {
	const now = Date.now();
	const text = rawBody
		.toString('utf8')
		.replace(/"((?:evt_|wamid|msg_)[^"]*)"/g, (_, id: string) => `"${id}-${now.toString(36)}"`)
		.replace(/"(timestamp|created_at)":\d{10}\b/g, `"$1":${Math.floor(now / 1000)}`);
	return Buffer.from(text);
}

/** What became of a delivery on the wire. */
export interface Delivered {
	status: number;
	body: string;
	milliseconds: number;
}

/** Posts a delivery as JSON with the given headers. */
export async function deliver(
	url: string,
	rawBody: Buffer,
	headers: Record<string, string>,
): Promise<Delivered> {
	const startedAt = performance.now();
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: new Uint8Array(rawBody),
	});
	const body = await response.text();
	return { status: response.status, body, milliseconds: performance.now() - startedAt };
}
