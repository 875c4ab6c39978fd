import { signedHeaders } from '../../../playground/sample-deliveries';
import { credentialData, sampleOf } from '../../../playground/providers';
import { post } from '../../../test/support/post';
import { providerUnderTest } from '../../../test/support/providers';
import {
	startWebhookServer,
	type ServerOptions,
	type WebhookServer,
} from '../../../test/support/webhook-server';

const twilio = providerUnderTest('twilio');

/** What n8n is reached by from outside, while it listens at another address, as behind a proxy. */
const PUBLIC_URL = 'https://n8n.example.com';

let servers: WebhookServer[] = [];

afterEach(async () => {
	await Promise.all(servers.map((server) => server.close()));
	servers = [];
});

async function start(change: Partial<ServerOptions> = {}): Promise<WebhookServer> {
	const server = await startWebhookServer({
		nodeType: new twilio.Trigger(),
		credentialType: twilio.credentialType,
		credential: credentialData(twilio),
		parameters: { events: ['message.received'], options: {} },
		publicUrl: PUBLIC_URL,
		...change,
	});
	servers.push(server);
	return server;
}

/** Posts a sample to where n8n listens, signed for the URL that Twilio called. */
async function deliver({ url }: WebhookServer, sample: string, origin = PUBLIC_URL, query = '') {
	const { rawBody } = sampleOf(twilio, sample);
	const called = origin + new URL(url).pathname + query;
	return await post(url + query, rawBody, signedHeaders(twilio, called, rawBody));
}

it.each([
	['webhook', false],
	['manual', false],
	['webhook', true],
	['manual', true],
] as const)(
	'is accepted behind a proxy when it is signed for the address that n8n is set to (%s, in an older n8n: %s)',
	async (mode, isOlder) => {
		const server = await start({ mode, isOlder });

		expect(await deliver(server, 'message.received')).toMatchObject({ status: 200, body: '' });
		expect(await deliver(server, 'message.received-image', PUBLIC_URL, '?a=1&b=%20')).toMatchObject(
			{ status: 200, body: '' },
		);
		expect(server.executions).toHaveLength(2);
	},
);

it.each([
	['without the query that was signed', 'webhook', '/webhook/', '?tenant=1', ''],
	['with a query that was not signed', 'webhook', '/webhook/', '', '?tenant=1'],
	['with another query', 'webhook', '/webhook/', '?tenant=1', '?tenant=2'],
	['at the test URL when the production URL was signed', 'manual', '/webhook-test/', '', ''],
] as const)('is refused %s', async (_, mode, path, signed, called) => {
	const server = await start({ mode });
	const { rawBody } = sampleOf(twilio, 'message.received');
	const { pathname } = new URL(server.url);
	expect(pathname.startsWith(path)).toBe(true);
	const url = PUBLIC_URL + pathname.replace('/webhook-test/', '/webhook/') + signed;

	const answer = await post(server.url + called, rawBody, signedHeaders(twilio, url, rawBody));

	expect(answer.status).toBe(401);
	expect(server.executions).toEqual([]);
});

it('is refused behind a proxy that n8n does not know of, and told where to set its address', async () => {
	const server = await start({ publicUrl: 'http://10.0.0.5:5678' });

	expect(await deliver(server, 'message.received')).toMatchObject({ status: 401 });
	expect(server.executions).toEqual([]);
	expect(server.failures).toMatchObject([
		{ description: expect.stringContaining('N8N_WEBHOOK_URL') as string },
	]);
});

it.each([
	['an event that is not selected', ['message.delivered']],
	['a repetition', ['message.received', 'message.received']],
])(
	'is answered empty, with nothing that Twilio could take for instructions: %s',
	async (_, samples) => {
		const server = await start();
		const answers = [];
		for (const sample of samples) answers.push(await deliver(server, sample));

		expect(answers).toEqual(
			samples.map(() => expect.objectContaining({ status: 200, body: '' }) as unknown),
		);
		expect(server.executions).toHaveLength(samples.length - 1);
	},
);
