import { createHmac } from 'node:crypto';
import type { INodeType } from 'n8n-workflow';
import { readForm } from '../../nodes/shared/core/body';
import { hmac } from '../../nodes/shared/core/hmac';
import type { Provider } from '../../nodes/shared/core/provider';
import { deliveryWebhook } from '../../nodes/shared/n8n/delivery-webhook';
import { handshakeWebhook } from '../../nodes/shared/n8n/handshake-webhook';
import { outputsExpression } from '../../nodes/shared/n8n/outputs';
import { eventsParameter, optionsParameter } from '../../nodes/shared/n8n/parameters';
import { receiveDelivery } from '../../nodes/shared/n8n/receive-delivery';
import { post } from '../support/post';
import {
	startWebhookServer,
	type ServerOptions,
	type WebhookServer,
} from '../support/webhook-server';

/*
 * What the shared code offers and not every provider needs, shown by one that nobody has: it signs the
 * URL that it calls together with the form that it posts, and makes sure by a GET that the URL is ours.
 */

const SECRET = 'made up secret';
const VERIFY_TOKEN = 'made up verify token';

const provider: Provider = {
	id: 'madeup',
	displayName: 'Made Up',
	credentialType: 'madeUpApi',
	emits: ['message.received', 'other'],
	proof: hmac({ header: 'X-Made-Up', content: ({ url, rawBody }) => [url + String(rawBody)] }),
	secretLabel: 'Webhook Secret',
	secretLocation: 'nowhere',
	readBody: readForm,
	handshake: ({ mode, token, challenge }, credential) =>
		mode === 'subscribe' && token === credential.verifyToken && typeof challenge === 'string'
			? challenge
			: null,
	normalize: ({ Body, Id }) => [
		{
			event: 'message.received',
			providerEvent: 'message',
			key: String(Id),
			text: String(Body),
		},
	],
	nameOfEvent: () => null,
};

const node: INodeType = {
	description: {
		displayName: 'Made Up Trigger',
		name: 'madeUpTrigger',
		group: ['trigger'],
		version: 2,
		description: 'Starts the workflow',
		defaults: { name: 'Made Up Trigger' },
		inputs: [],
		outputs: outputsExpression(provider),
		credentials: [{ name: provider.credentialType, required: true }],
		webhooks: [deliveryWebhook, handshakeWebhook],
		properties: [eventsParameter(provider), optionsParameter],
	},
	async webhook() {
		return await receiveDelivery(this, provider);
	},
};

let servers: WebhookServer[] = [];

afterEach(async () => {
	await Promise.all(servers.map((server) => server.close()));
	servers = [];
});

async function start(change: Partial<ServerOptions> = {}): Promise<WebhookServer> {
	const server = await startWebhookServer({
		nodeType: node,
		credentialType: provider.credentialType,
		credential: { webhookSecret: SECRET, verifyToken: VERIFY_TOKEN },
		parameters: { events: ['message.received'] },
		...change,
	});
	servers.push(server);
	return server;
}

const FORM = Buffer.from('Id=SM1&Body=Hello+there%21');

/** Posts the form to one URL with the signature for another. */
async function sendSignedFor(signedUrl: string, calledUrl: string) {
	const signature = createHmac('sha256', SECRET)
		.update(signedUrl + String(FORM))
		.digest('hex');
	return await post(calledUrl, FORM, {
		'content-type': 'application/x-www-form-urlencoded',
		'x-made-up': signature,
	});
}

const textsIn = ({ executions }: WebhookServer) =>
	executions.map((outputs) => outputs.flat().map(({ json }) => json.text));

describe('a delivery whose URL is signed', () => {
	it('is accepted at the production URL, its form read', async () => {
		const server = await start();

		expect((await sendSignedFor(server.url, server.url)).status).toBe(200);
		expect(textsIn(server)).toEqual([['Hello there!']]);
	});

	it('is accepted with the query that was signed along', async () => {
		const server = await start();
		const url = `${server.url}?tenant=1&x=%20y`;

		expect((await sendSignedFor(url, url)).status).toBe(200);
		expect(textsIn(server)).toEqual([['Hello there!']]);
	});

	it.each([
		['without the query that was signed', '?tenant=1', ''],
		['with a query that was not signed', '', '?tenant=1'],
		['with another query', '?tenant=1', '?tenant=2'],
	])('is refused %s', async (_, signed, called) => {
		const server = await start();

		const answer = await sendSignedFor(server.url + signed, server.url + called);

		expect(answer).toEqual({ status: 401, body: 'Unauthorized' });
		expect(server.executions).toEqual([]);
	});

	it("is accepted at n8n's own address behind a proxy, and at no other", async () => {
		const server = await start({ publicUrl: 'https://n8n.example.com' });
		const { pathname } = new URL(server.url);

		expect((await sendSignedFor(server.url, server.url)).status).toBe(401);
		expect((await sendSignedFor(`https://n8n.example.com${pathname}`, server.url)).status).toBe(
			200,
		);
		expect(textsIn(server)).toEqual([['Hello there!']]);
	});

	it('is accepted at the test URL in a test, where one for the production URL is refused', async () => {
		const server = await start({ mode: 'manual' });
		expect(new URL(server.url).pathname).toMatch(/^\/webhook-test\//);
		const production = server.url.replace('/webhook-test/', '/webhook/');

		expect((await sendSignedFor(production, server.url)).status).toBe(401);
		expect((await sendSignedFor(server.url, server.url)).status).toBe(200);
		expect(textsIn(server)).toEqual([['Hello there!']]);
	});
});

describe('a handshake', () => {
	async function shake(server: WebhookServer, query: Record<string, string>) {
		const response = await fetch(`${server.url}?${new URLSearchParams(query).toString()}`);
		const type = response.headers.get('content-type');
		return { status: response.status, type, body: await response.text() };
	}

	const asked = { mode: 'subscribe', token: VERIFY_TOKEN, challenge: '<b>1158201444</b>' };

	it('is answered with what the provider wants to hear, as text', async () => {
		const server = await start();

		expect(await shake(server, asked)).toEqual({
			status: 200,
			type: 'text/plain; charset=utf-8',
			body: asked.challenge,
		});
		expect(server).toMatchObject({ executions: [], failures: [], secondAnswers: [] });
	});

	it.each([
		['with a wrong token', { ...asked, token: 'guessed' }],
		['without a token', { mode: 'subscribe', challenge: '1' }],
		['that is none', {}],
	])('%s is answered 403, starts nothing and leaves nothing in the log', async (_, query) => {
		const server = await start();

		expect(await shake(server, query)).toEqual({
			status: 403,
			type: 'text/plain; charset=utf-8',
			body: 'Forbidden',
		});
		expect(server).toMatchObject({ executions: [], failures: [], secondAnswers: [], log: [] });
	});

	it('is answered 403 while the credential is gone', async () => {
		const server = await start({ credential: null });

		expect((await shake(server, { ...asked, token: '' })).status).toBe(403);
		expect((await shake(server, asked)).status).toBe(403);
		expect(server.log.join()).not.toContain(VERIFY_TOKEN);
	});

	it('leaves the URL to the deliveries', async () => {
		const server = await start();
		await shake(server, asked);

		expect((await sendSignedFor(server.url, server.url)).status).toBe(200);
		expect(textsIn(server)).toEqual([['Hello there!']]);
	});
});
