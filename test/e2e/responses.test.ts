import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8nClient } from '../../playground/n8n-client';
import { freePort, installPackage, startN8n, type N8nServer } from '../../playground/n8n-server';
import { credentialData, providerById, sampleOf } from '../kit/providers';
import { signedHeaders, withNewIds } from '../kit/sample-deliveries';
import { until } from '../kit/until';
import { publish, saveCredential, trigger } from '../kit/workflow-parts';
import { rawExchange } from '../support/raw-exchange';

jest.setTimeout(300_000);

const folder = mkdtempSync(join(tmpdir(), 'whatsapp-triggers-responses-'));
let server: N8nServer;
let client: N8nClient;

beforeAll(async () => {
	installPackage(folder);
	server = await startN8n({ folder, port: await freePort() });
	client = new N8nClient(server.url);
	await client.login();
});

afterAll(async () => {
	await server.stop();
	rmSync(folder, { recursive: true, force: true });
});

/** Publishes a workflow that listens to messages, and gives what is needed to deliver to it. */
async function listen(id: string) {
	const provider = providerById(id);
	const credential = await saveCredential({ client }, provider);
	const node = trigger(provider, credential, { events: ['message.received'] });
	const { workflowId, url } = await publish({ client, url: server.url }, `responses-${id}`, [node]);
	return { provider, workflowId, url, node };
}

/** The four responses that a provider may get, as they are on the wire. */
async function responsesTo({ provider, url }: Awaited<ReturnType<typeof listen>>) {
	const [message, status] = ['message.received', 'message.delivered'].map((sample) =>
		withNewIds(provider, sampleOf(provider, sample).rawBody),
	) as [Buffer, Buffer];
	const send = async (body: Buffer, secret?: string) =>
		await rawExchange('POST', url, body, signedHeaders(provider, url, body, secret));
	return {
		accepted: await send(message),
		repeated: await send(message),
		unselected: await send(status),
		rejected: await send(message, provider.simulator.otherSecret),
	};
}

/** The statuses of a workflow's executions, sorted, once there are so many and all have ended. */
async function statusesOf(workflowId: string, count: number): Promise<string[]> {
	let statuses: string[] = [];
	await until(async () => {
		statuses = (await client.executions(workflowId)).map(({ status }) => status).sort();
		return (
			statuses.length >= count && !statuses.some((status) => ['new', 'running'].includes(status))
		);
	});
	return statuses;
}

const wire = (status: number, headers: Record<string, string>, payload: string) =>
	expect.objectContaining({
		status,
		headers: expect.objectContaining(headers) as unknown,
		payload,
	}) as unknown;

it('Twilio gets an empty TwiML document, whatever becomes of its delivery', async () => {
	const listening = await listen('twilio');

	const responses = await responsesTo(listening);

	const twiml = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>';
	const headers = { 'content-type': 'text/xml; charset=utf-8', 'content-length': '59' };
	expect(responses).toEqual({
		accepted: wire(200, headers, twiml),
		repeated: wire(200, headers, twiml),
		unselected: wire(200, headers, twiml),
		rejected: wire(401, headers, twiml),
	});
	for (const { headers: sent } of Object.values(responses)) {
		expect(sent).not.toHaveProperty('transfer-encoding');
	}
	expect(await statusesOf(listening.workflowId, 2)).toEqual(['error', 'success']);
});

it("another provider gets n8n's own form", async () => {
	const responses = await responsesTo(await listen('pingmate'));

	const json = { 'content-type': 'application/json; charset=utf-8' };
	const received = '{"message":"Webhook call received"}';
	expect(responses).toEqual({
		// Chunked, and no chunk but the last.
		accepted: wire(200, { ...json, 'transfer-encoding': 'chunked' }, '0\r\n\r\n'),
		repeated: wire(200, json, received),
		unselected: wire(200, json, received),
		rejected: wire(401, { 'content-type': 'text/plain; charset=utf-8' }, 'Unauthorized'),
	});
});

describe("Meta's handshake", () => {
	const query = (token: string) =>
		new URLSearchParams({
			'hub.mode': 'subscribe',
			'hub.verify_token': token,
			'hub.challenge': '1158201444',
		}).toString();
	const token = credentialData(providerById('meta')).verifyToken ?? '';
	const rejected = 'Rejected a verification request from Meta';

	it('is confirmed, and reported when it is rejected; a browser is neither', async () => {
		const { workflowId, url } = await listen('meta');
		const ask = async (search: string) => {
			const { status, payload } = await rawExchange('GET', `${url}${search}`);
			return { status, payload };
		};

		expect(await ask(`?${query(token)}`)).toEqual({ status: 200, payload: '1158201444' });
		expect(await ask('')).toEqual({
			status: 200,
			payload: 'This webhook works. It is waiting for events.',
		});
		expect(server.log()).not.toContain(rejected);
		for (let n = 0; n < 3; n++) {
			expect(await ask(`?${query('guessed')}`)).toEqual({ status: 403, payload: 'Forbidden' });
		}

		expect(await statusesOf(workflowId, 1)).toEqual(['error']);
		expect(server.log().split(`${rejected} to node "Trigger"`)).toHaveLength(2);
		expect(server.log()).not.toContain('Cannot set headers');
	});

	it('with a wrong token ends a test with an error in the editor, which a browser does not', async () => {
		const provider = providerById('meta');
		const credential = await saveCredential({ client }, provider);
		const workflow = await client.createWorkflow({
			name: 'Tested handshake',
			nodes: [{ ...trigger(provider, credential), webhookId: 'tested-handshake' }],
			connections: {},
			settings: { executionOrder: 'v1' },
		});
		await client.executeStep(workflow, 'Trigger');
		const url = `${server.url}/webhook-test/tested-handshake/webhook`;

		expect((await rawExchange('GET', url)).status).toBe(200);
		expect((await rawExchange('GET', `${url}?${query(token)}`)).payload).toBe('1158201444');
		expect((await rawExchange('GET', `${url}?${query('guessed')}`)).status).toBe(403);

		const last = async () => (await client.executions(workflow.id))[0];
		await until(async () => ![undefined, 'running'].includes((await last())?.status));
		expect((await last())?.status).toBe('error');
		// n8n no longer listens.
		expect((await rawExchange('GET', `${url}?${query(token)}`)).status).toBe(404);
	});
});
