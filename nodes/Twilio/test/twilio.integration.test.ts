import { wait } from '../../shared/core/values/wait';
import { signedHeaders } from '../../../test/kit/sample-deliveries';
import { credentialData, sampleOf } from '../../../test/kit/providers';
import { post } from '../../../test/kit/post';
import { rawExchange, type RawResponse } from '../../../test/support/raw-exchange';
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

		expect((await deliver(server, 'message.received')).status).toBe(200);
		const answer = await deliver(server, 'message.received-image', PUBLIC_URL, '?a=1&b=%20');
		expect(answer.status).toBe(200);
		expect(server.executions).toHaveLength(2);
	},
);

it.each([
	['without the query that was signed', 'webhook', '/webhook/', '?tenant=1', ''],
	['with a query that was not signed', 'webhook', '/webhook/', '', '?tenant=1'],
	['with another query', 'webhook', '/webhook/', '?tenant=1', '?tenant=2'],
	['at the test URL when the production URL was signed', 'manual', '/webhook-test/', '', ''],
] as const)('is rejected %s', async (_, mode, path, signed, called) => {
	const server = await start({ mode });
	const { rawBody } = sampleOf(twilio, 'message.received');
	const { pathname } = new URL(server.url);
	expect(pathname.startsWith(path)).toBe(true);
	const url = PUBLIC_URL + pathname.replace('/webhook-test/', '/webhook/') + signed;

	const answer = await post(server.url + called, rawBody, signedHeaders(twilio, url, rawBody));

	expect(answer.status).toBe(401);
	expect(server.executions).toEqual([]);
});

it('is rejected behind a proxy that n8n does not know of, and told where to set its address', async () => {
	const server = await start({ publicUrl: 'http://10.0.0.5:5678' });

	expect(await deliver(server, 'message.received')).toMatchObject({ status: 401 });
	expect(server.executions).toEqual([]);
	expect(server.failures).toMatchObject([
		{ description: expect.stringContaining('N8N_WEBHOOK_URL') as string },
	]);
});

const TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>';

describe('the response', () => {
	/** Sends samples one after the other, and returns the last response as it was on the wire. */
	async function responseTo(
		server: WebhookServer,
		samples: readonly string[],
		secret = twilio.simulator.secret,
	) {
		let response: RawResponse | undefined;
		for (const sample of samples) {
			const { rawBody } = sampleOf(twilio, sample);
			const called = PUBLIC_URL + new URL(server.url).pathname;
			const headers = signedHeaders(twilio, called, rawBody, secret);
			response = await rawExchange('POST', server.url, rawBody, headers);
		}
		return response;
	}

	const inTwiml = (status: number) => ({
		status,
		headers: {
			'content-type': 'text/xml; charset=utf-8',
			'content-length': String(TWIML.length),
		},
		payload: TWIML,
	});

	it.each<[string, readonly string[], Partial<ServerOptions>]>([
		['an accepted event', ['message.received'], {}],
		['a test', ['message.received'], { mode: 'manual' }],
		['an unselected event', ['message.delivered'], {}],
		['a repeated event', ['message.received', 'message.received'], {}],
	])('is an empty TwiML document: %s', async (_, samples, change) => {
		const server = await start(change);

		expect(await responseTo(server, samples)).toMatchObject(inTwiml(200));
		expect(server.executions).toHaveLength(samples[0] === 'message.delivered' ? 0 : 1);
	});

	it('is one for a rejected delivery, and while the credential is gone', async () => {
		const { otherSecret } = twilio.simulator;

		expect(await responseTo(await start(), ['message.received'], otherSecret)).toMatchObject(
			inTwiml(401),
		);
		expect(await responseTo(await start({ credential: null }), ['message.received'])).toMatchObject(
			inTwiml(503),
		);
	});

	it('comes once n8n has accepted the execution, and never when it has not', async () => {
		const events: string[] = [];
		const server = await start({
			takeOver: async () => {
				await wait(50);
				events.push('accepted');
			},
		});
		await responseTo(server, ['message.received']);
		events.push('responded');
		expect(events).toEqual(['accepted', 'responded']);

		const broken = await start({
			takeOver: async () => {
				throw new Error('the database is locked');
			},
		});
		const response = await responseTo(broken, ['message.received']);
		expect(response?.status).toBe(500);
		expect(response?.payload).toContain('the database is locked');
	});
});
