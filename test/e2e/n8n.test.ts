import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { FakeChirp } from '../../playground/fake-chirp';
import { N8nClient, type Workflow } from '../../playground/n8n-client';
import { freePort, installPackage, startN8n, type N8nServer } from '../../playground/n8n-server';
import {
	PLAYED_PROVIDERS,
	playedProvider,
	sampleBody,
	withNewIds,
	type PlayedProvider,
} from '../../playground/sample-deliveries';
import { sampleWorkflow, webhookPath } from '../../playground/sample-workflow';
import { setUp, show, type Row } from '../../playground/show';
import { HMAC_CASES } from '../support/delivery-cases';
import { runSql } from '../support/n8n-database';
import { post, type Answer } from '../support/post';
import { until } from '../support/until';

jest.setTimeout(300_000);

const folder = mkdtempSync(join(tmpdir(), 'whatsapp-triggers-e2e-'));
let server: N8nServer;
let client: N8nClient;
let chirp: FakeChirp;

const CHIRP_APP_KEY = `sk_live_app_${'e2e'.repeat(8)}`;
const chirpAccess = () => ({ apiKey: CHIRP_APP_KEY, baseUrl: chirp.baseUrl });

beforeAll(async () => {
	chirp = await FakeChirp.start(CHIRP_APP_KEY, 100);
	installPackage(folder);
	server = await startN8n({ folder, port: await freePort() });
	client = new N8nClient(server.url);
	await client.login();
});

afterAll(async () => {
	await server.stop();
	await chirp.stop();
	rmSync(folder, { recursive: true, force: true });
});

describe.each(PLAYED_PROVIDERS)('$displayName in a real n8n', (provider: PlayedProvider) => {
	let workflowId: string;
	let url: string;

	beforeAll(async () => {
		workflowId = await setUp(
			client,
			server.url,
			provider,
			provider.id === 'chirp' ? chirpAccess() : undefined,
		);
		url = `${server.url}${webhookPath(provider)}`;
	});

	/** Failed ones are reports of refusals. */
	const countExecutions = async () =>
		(await client.executions(workflowId)).filter(({ status }) => status !== 'error').length;

	/** The executions that a step started, once n8n has had the time to start too many. */
	async function executionsOf(step: () => Promise<unknown>): Promise<number> {
		const before = await countExecutions();
		await step();
		await sleep(1_500);
		return (await countExecutions()) - before;
	}

	async function send(body: Buffer, headers: Record<string, string> = {}): Promise<Answer> {
		return await post(url, body, { ...provider.sign(body, provider.secret), ...headers });
	}

	const newDelivery = () => withNewIds(sampleBody(provider, 'message.received'));

	it('accepts, routes, refuses and drops as the playground shows it', async () => {
		const rows: Row[] = [];
		await show(client, server.url, provider, workflowId, (row) => rows.push(row));

		expect(rows.filter(({ isRight }) => !isRight)).toEqual([]);
		expect(rows.map(({ delivery }) => delivery)).toEqual(
			expect.arrayContaining(['message.received', 'message.failed', 'other', 'forged', 'unsigned']),
		);
	});

	it('starts one execution for 40 copies that arrive at once', async () => {
		const delivery = newDelivery();
		let answers: Answer[] = [];

		const executions = await executionsOf(async () => {
			answers = await Promise.all(Array.from({ length: 40 }, () => send(delivery)));
		});

		expect(answers.map(({ status }) => status)).toEqual(Array(40).fill(200));
		expect(executions).toBe(1);
	});

	it('processes a delivery that n8n could not take when it is sent again', async () => {
		const delivery = newDelivery();
		runSql(
			folder,
			`CREATE TRIGGER no_executions BEFORE INSERT ON execution_entity
			BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`,
		);
		let failed: Answer | undefined;
		try {
			expect(
				await executionsOf(async () => {
					failed = await send(delivery);
				}),
			).toBe(0);
		} finally {
			runSql(folder, 'DROP TRIGGER no_executions');
		}
		expect(failed?.status).toBe(500);

		const answers: number[] = [];
		const executions = await executionsOf(async () => {
			for (let n = 0; n < 2; n++) answers.push((await send(delivery)).status);
		});
		expect(answers).toEqual([200, 200]);
		expect(executions).toBe(1);
	});

	it('answers 401 to every delivery that is not authentic, and starts nothing', async () => {
		const refused = HMAC_CASES.filter(
			// These are about the signature alone; the credential here has its own secret.
			({ expected }) => expected.startsWith('signature_'),
		);
		const answers: Answer[] = [];
		const executions = await executionsOf(async () => {
			for (const { body, signatures } of refused) {
				const headers: Record<string, string[]> = {};
				const [header] = Object.keys(provider.sign(body, provider.secret));
				if (signatures.length > 0) headers[String(header)] = signatures;
				answers.push(await post(url, body, headers));
			}
		});

		expect(answers).toEqual(refused.map(() => ({ status: 401, body: 'Unauthorized' })));
		expect(executions).toBe(0);
	});

	it('answers odd requests without ever failing', async () => {
		const multipart = Buffer.from(
			'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n',
		);
		const nested = Buffer.from(
			`{"event":"x","type":"x","deep":${'['.repeat(5_000)}${']'.repeat(5_000)}}`,
		);
		const type = (value: string) => ({ 'content-type': value });
		const requests: [Answer, number][] = [
			[await send(Buffer.from('[1,2]')), 400],
			[await send(Buffer.from('7')), 400],
			[await send(Buffer.alloc(0)), 400],
			[await send(Buffer.from('{"event":')), 422],
			[await send(Buffer.from('{"event":'), type('application/octet-stream')), 400],
			[await send(Buffer.from('{"a":"\xff"}', 'latin1')), 400],
			[await send(newDelivery(), type('text/plain')), 200],
			[await send(newDelivery(), type('application/octet-stream')), 200],
			[await send(multipart, type('multipart/form-data; boundary=x')), 401],
			[await send(nested), 200],
			[await send(Buffer.from(JSON.stringify({ event: 'x', pad: 'x'.repeat(3_000_000) }))), 200],
		];

		expect(requests.map(([{ status }]) => status)).toEqual(requests.map(([, status]) => status));
	});

	it('takes a compressed delivery, signed over what was compressed', async () => {
		const delivery = newDelivery();
		const answer = await post(url, gzipSync(delivery), {
			...provider.sign(delivery, provider.secret),
			'content-encoding': 'gzip',
		});

		expect(answer.status).toBe(200);
	});

	it('says in the log why it refused, and gives nothing away', async () => {
		const forged = newDelivery();
		await post(url, forged, provider.sign(forged, 'forged'));
		await sleep(500);
		const begin = `Refused a ${provider.displayName} delivery to node "Every event"`;
		const [line, ...others] = server
			.log()
			.split('\n')
			.filter((text) => text.includes(begin) && text.includes(' does not match.'));

		expect(line).toMatch(/: the (signature|shared secret) does not match\. If it came from/);
		expect(others).toEqual([]);
		expect(server.log()).not.toContain('Cannot set headers after they are sent');
		const signatures = Object.values(provider.sign(forged, 'forged'));
		for (const hidden of [provider.secret, ...signatures, forged.toString('utf8')]) {
			expect(server.log()).not.toContain(hidden);
		}
	});

	it('has its credential tested in words that help', async () => {
		const test = async (webhookSecret: string) => {
			const { data } = (await client.request('POST', '/rest/credentials/test', {
				credentials: {
					id: '',
					name: 'Test',
					type: provider.credentialType,
					data: { webhookSecret, secondWebhookSecret: '' },
				},
			})) as { data: { status: string; message: string } };
			return data;
		};

		expect(await test(provider.secret)).toMatchObject({ status: 'OK' });
		expect(await test(` ${provider.secret}`)).toEqual({
			status: 'Error',
			message: 'The Webhook Secret begins or ends with white space. Remove it, then save again.',
		});
	});
});

describe('Chirp, set up automatically', () => {
	const provider = playedProvider('chirp');
	let credential: { id: string; name: string };
	let workflow: Workflow;

	/** What Chirp's API was asked since the last look. */
	const asked = () => chirp.log.splice(0).filter((line) => !line.startsWith('GET'));

	async function save(data: Record<string, string>) {
		credential = await client.saveCredential({
			name: 'Chirp (life cycle)',
			type: provider.credentialType,
			data: { webhookSecret: provider.secret, secondWebhookSecret: '', ...data },
		});
	}

	/** What n8n says of a credential that is about to be saved. */
	async function testCredential(change: Record<string, string>) {
		const { data } = (await client.request('POST', '/rest/credentials/test', {
			credentials: {
				id: '',
				name: 'Test',
				type: provider.credentialType,
				data: { webhookSecret: provider.secret, secondWebhookSecret: '', ...change },
			},
		})) as { data: { status: string; message: string } };
		return data;
	}

	beforeAll(async () => {
		await save({ headerName: 'X-Webhook-Secret', ...chirpAccess() });
		workflow = sampleWorkflow(provider, 11, credential);
		workflow.name = 'Chirp life cycle';
		workflow.nodes = workflow.nodes
			.filter(({ name }) => name !== 'Failed only')
			.map((node) => (node.webhookId ? { ...node, webhookId: 'chirp-life-cycle' } : node));
		delete workflow.connections['Failed only'];
		chirp.webhooks = [];
		chirp.log.length = 0;
	});

	it('creates, updates and deletes the webhook at Chirp, whose deliveries start the workflow', async () => {
		const trigger = workflow.nodes[0];
		if (!trigger) throw new Error('the workflow has no trigger');
		trigger.parameters = { ...trigger.parameters, events: ['message.received'] };
		const id = await client.publishWorkflow(workflow);
		await until(() => chirp.webhooks.length === 1);

		expect(asked()).toEqual([expect.stringMatching(/^POST \/v1\/webhooks 201 whk_\w{27} /)]);
		expect(chirp.webhooks).toMatchObject([
			{
				url: `${server.url}/webhook/chirp-life-cycle/webhook`,
				events: ['messages.whatsapp.received'],
				headers: { 'X-Webhook-Secret': provider.secret },
			},
		]);
		const received = JSON.parse(sampleBody(provider, 'message.received').toString()) as {
			event: string;
		};
		expect(await chirp.deliver(received)).toEqual([[200]]);

		trigger.parameters = { ...trigger.parameters, events: ['message.received', 'message.read'] };
		await client.republishWorkflow(id, workflow);
		await until(() => chirp.webhooks[0]?.events.includes('messages.whatsapp.read') === true);
		expect(chirp.webhooks).toHaveLength(1);
		// n8n takes a published version back before it publishes the next.
		expect(asked()).toEqual([
			expect.stringMatching(/^DELETE \/v1\/webhooks\/whk_\w{27} 200/),
			expect.stringMatching(/^POST \/v1\/webhooks 201 .* messages\.whatsapp\.read$/),
		]);

		await client.request('POST', `/rest/workflows/${id}/deactivate`, {});
		await until(() => chirp.webhooks.length === 0);
		expect(asked()).toEqual([expect.stringMatching(/^DELETE \/v1\/webhooks\/whk_\w{27} 200/)]);
	});

	it.each([
		['an admin key', () => ({ apiKey: 'sk_admin_x' }), 'Chirp did not accept the app key'],
		['no app key', () => ({ apiKey: '' }), 'Automatic setup needs an app key'],
		['nobody there', () => ({ baseUrl: 'http://127.0.0.1:9' }), 'did not answer'],
		['no answer in time', () => ({}), 'did not answer'],
		['too many requests', () => ({}), 'Chirp's rate limit was reached'],
	])(
		'says in the editor, at Execute step, what stands in the way: %s',
		async (name, wrong, message) => {
			await save({ headerName: 'X-Webhook-Secret', ...chirpAccess(), ...wrong() });
			const { data } = (await client.request('POST', '/rest/workflows', workflow)) as {
				data: Workflow;
			};
			if (name === 'no answer in time') chirp.faults.push({ silent: true });
			if (name === 'too many requests') chirp.faults.push({ status: 429 });

			await expect(client.executeStep(data, 'Every event')).rejects.toThrow(message);
		},
	);

	it('listens with a webhook of its own while testing, and leaves the published one alone', async () => {
		await save({ headerName: 'X-Webhook-Secret', ...chirpAccess() });
		const published = chirp.add({
			url: `${server.url}/webhook/chirp-life-cycle/webhook`,
			events: ['messages.whatsapp.received'],
		});
		const { data } = (await client.request('POST', '/rest/workflows', workflow)) as {
			data: Workflow;
		};

		await client.executeStep(data, 'Every event');

		expect(chirp.webhooks.map(({ url }) => url)).toEqual([
			published.url,
			`${server.url}/webhook-test/chirp-life-cycle/webhook`,
		]);
		const testWebhook = chirp.webhooks[1];
		await client.stopListening(data);
		await until(() => chirp.webhooks.length === 1);
		expect(chirp.webhooks).toEqual([published]);
		expect(chirp.log).toContain(`DELETE /v1/webhooks/${testWebhook?.id} 200`);
	});

	it('deletes every webhook with its URL, also one that somebody made again by hand', async () => {
		await save({ headerName: 'X-Webhook-Secret', ...chirpAccess() });
		chirp.webhooks = [];
		const id = await client.publishWorkflow(workflow);
		await until(() => chirp.webhooks.length === 1);
		const url = String(chirp.webhooks[0]?.url);
		chirp.webhooks = [];
		for (let n = 0; n < 2; n++) chirp.add({ url, events: ['messages.whatsapp.read'] });
		const other = chirp.add({ url: 'https://x.example', events: ['messages.whatsapp.read'] });

		await client.request('POST', `/rest/workflows/${id}/deactivate`, {});

		await until(() => chirp.webhooks.length === 1);
		expect(chirp.webhooks).toEqual([other]);
		expect(server.log()).not.toContain('it was made with another app key');
	});

	it('says in the log that a webhook was left behind when the app key was changed first', async () => {
		await save({ headerName: 'X-Webhook-Secret', ...chirpAccess() });
		chirp.webhooks = [];
		const id = await client.publishWorkflow(workflow);
		await until(() => chirp.webhooks.length === 1);
		const [left] = chirp.webhooks;
		const otherKey = `sk_live_app_${'other'.repeat(5)}`;
		chirp.addApp(otherKey);
		await save({ headerName: 'X-Webhook-Secret', ...chirpAccess(), apiKey: otherKey });

		await client.request('POST', `/rest/workflows/${id}/deactivate`, {});

		await until(() => server.log().includes(`Chirp shows no webhook ${left?.id} to the app key`));
		expect(server.log()).toContain('it was made with another app key: delete it in Chirp');
		expect(server.log()).not.toContain(otherKey);
		expect(chirp.webhooks).toEqual([left]);
	});

	it('sends neither the app key nor the secret where a redirecting Chirp points to', async () => {
		const received: string[] = [];
		const otherHost = createServer((request, response) => {
			received.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
			response.end('{"webhooks":[]}');
		});
		await new Promise<void>((resolve) => otherHost.listen(0, '127.0.0.2', resolve));
		await save({ headerName: 'X-Webhook-Secret', ...chirpAccess() });
		chirp.webhooks = [];
		chirp.log.length = 0;
		chirp.redirectTo = `http://127.0.0.2:${(otherHost.address() as AddressInfo).port}`;
		const answersFromElsewhere = "Chirp's API answers from elsewhere (status 307)";
		try {
			expect(await testCredential(chirpAccess())).toEqual({
				status: 'Error',
				message: expect.stringContaining(answersFromElsewhere) as string,
			});

			const { data } = (await client.request('POST', '/rest/workflows', workflow)) as {
				data: Workflow;
			};
			await expect(client.executeStep(data, 'Every event')).rejects.toThrow(answersFromElsewhere);

			const before = server.log().length;
			const id = await client.publishWorkflow(workflow);
			await until(() => server.log().slice(before).includes(answersFromElsewhere));
			expect(chirp.log.length).toBeGreaterThanOrEqual(3);
			expect(chirp.log.every((line) => line.includes(' 307 '))).toBe(true);

			// n8n tries to publish again.
			chirp.redirectTo = null;
			await until(() => chirp.webhooks.length === 1);
			chirp.log.length = 0;
			await client.request('POST', `/rest/workflows/${id}/deactivate`, {});
			await until(() => chirp.log.at(-1) === 'GET /v1/webhooks 200');
			expect(chirp.webhooks).toEqual([]);

			expect(received).toEqual([]);
			for (const hidden of [CHIRP_APP_KEY, provider.secret]) {
				expect(server.log()).not.toContain(hidden);
			}
		} finally {
			chirp.redirectTo = null;
			otherHost.closeAllConnections();
			await new Promise((resolve) => otherHost.close(resolve));
		}
	});

	it('asks nothing of Chirp with manual setup', async () => {
		chirp.log.length = 0;
		const nodes = workflow.nodes.map((node) =>
			node.webhookId
				? {
						...node,
						webhookId: 'chirp-by-hand',
						parameters: { ...node.parameters, webhookSetup: 'manual' },
					}
				: node,
		);
		await client.publishWorkflow({ ...workflow, name: 'Chirp by hand', nodes });
		await sleep(1_000);

		expect(chirp.log).toEqual([]);
	});

	it.each([
		['the right app key', () => chirpAccess(), 'OK', 'Chirp accepted the app key'],
		[
			'an address to which the app key would go unencrypted',
			() => ({ ...chirpAccess(), baseUrl: 'http://api.buildwithchirp.com' }),
			'Error',
			'begins with http://',
		],
		[
			'100,000 slashes for an address',
			() => ({ ...chirpAccess(), baseUrl: `https://x.example${'/'.repeat(100_000)}x` }),
			'Error',
			'is not a web address',
		],
		[
			'a secret that no header carries',
			() => ({ ...chirpAccess(), webhookSecret: 'pässwörd' }),
			'Error',
			'that a header cannot carry',
		],
		[
			'a header that would not be seen twice',
			() => ({ ...chirpAccess(), headerName: 'Authorization' }),
			'Error',
			'Use X-Webhook-Secret',
		],
		[
			'an admin key',
			() => ({ ...chirpAccess(), apiKey: 'sk_admin_x' }),
			'Error',
			'Chirp did not accept the app key',
		],
		[
			'nobody there',
			() => ({ ...chirpAccess(), baseUrl: 'http://127.0.0.1:9' }),
			'Error',
			'did not answer',
		],
	])('has its credential tested by Chirp: %s', async (_, access, status, message) => {
		expect(await testCredential(access())).toEqual({
			status,
			message: expect.stringContaining(message) as string,
		});
	});
});
