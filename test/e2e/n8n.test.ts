import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { FakeChirp } from '../../nodes/Chirp/test/fake-chirp';
import { redirectingTo } from '../kit/fake-api-server';
import { N8nClient, type Workflow } from '../../playground/n8n-client';
import { freePort, installPackage, startN8n, type N8nServer } from '../../playground/n8n-server';
import { credentialData, providerById, sampleOf } from '../kit/providers';
import { signedHeaders, withNewIds } from '../kit/sample-deliveries';
import {
	NARROW_TRIGGER,
	sampleWorkflow,
	TRIGGER,
	webhookPath,
} from '../../playground/sample-workflow';
import { setUp, show, type Row } from '../../playground/show';
import type { FakeApi } from '../kit/simulator';
import { until } from '../kit/until';
import { runSql } from '../support/n8n-database';
import { post, type Answer } from '../support/post';
import { ONE_OF_EACH_KIND } from '../support/seams';

jest.setTimeout(300_000);

const folder = mkdtempSync(join(tmpdir(), 'whatsapp-triggers-e2e-'));
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

/** What n8n says of a credential that is saved: older ones test no other. */
async function testCredential(type: string, data: Record<string, string>) {
	const saved = await client.saveCredential({ name: 'Test', type, data });
	const response = (await client.request('POST', '/rest/credentials/test', {
		credentials: { ...saved, type, data },
	})) as { data: { status: string; message: string } };
	return response.data;
}

describe.each(ONE_OF_EACH_KIND)('$displayName in a real n8n', (discovered) => {
	const { simulator } = discovered;
	let api: FakeApi | undefined;
	let workflowId: string;

	beforeAll(async () => {
		api = await simulator.startApi?.();
		workflowId = await setUp(client, server.url, discovered, api?.credential);
	});

	afterAll(() => api?.stop());

	it('accepts, routes, rejects and drops as the playground shows it', async () => {
		const rows: Row[] = [];
		await show(client, server.url, discovered, workflowId, (row) => rows.push(row));

		expect(rows.filter(({ isRight }) => !isRight)).toEqual([]);
		expect(rows.map(({ delivery }) => delivery)).toEqual(
			expect.arrayContaining(['message.received', 'message.failed', 'other', 'forged', 'unsigned']),
		);
	});

	it('has its credential tested in words that help', async () => {
		const test = (webhookSecret: string) =>
			testCredential(discovered.credentialType, { ...credentialData(discovered), webhookSecret });

		expect(await test(simulator.secret)).toMatchObject({ status: 'OK' });
		expect(await test(` ${simulator.secret}`)).toEqual({
			status: 'Error',
			message: expect.stringMatching(/starts or ends with whitespace\. Remove it/) as string,
		});
	});
});

/** What comes between n8n's hand-over and its response: where the response is n8n's, and where it has another form. */
describe.each(['pingmate', 'twilio'].map(providerById))(
	'a delivery from $displayName to a real n8n',
	(discovered) => {
		const { displayName, provider, simulator } = discovered;
		let workflowId: string;
		let url: string;

		beforeAll(async () => {
			workflowId = await setUp(client, server.url, discovered);
			url = `${server.url}${webhookPath(discovered)}`;
		});

		/** Failed ones are reports of rejections. */
		const countExecutions = async () =>
			(await client.executions(workflowId)).filter(({ status }) => status !== 'error').length;

		/** The executions that a step started, once n8n has had the time to start too many. */
		async function executionsOf(step: () => Promise<unknown>): Promise<number> {
			const before = await countExecutions();
			await step();
			await sleep(1_500);
			return (await countExecutions()) - before;
		}

		const send = async (body: Buffer, headers: Record<string, string> = {}): Promise<Answer> =>
			await post(url, body, { ...signedHeaders(discovered, url, body), ...headers });

		const newDelivery = () =>
			withNewIds(discovered, sampleOf(discovered, 'message.received').rawBody);

		it('starts one execution for 40 copies that arrive at once', async () => {
			const delivery = newDelivery();
			let answers: Answer[] = [];

			const executions = await executionsOf(async () => {
				answers = await Promise.all(Array.from({ length: 40 }, () => send(delivery)));
			});

			expect(answers.map(({ status }) => status)).toEqual(Array(40).fill(200));
			expect(executions).toBe(1);
		});

		it('is processed when it is sent again after n8n could not take it', async () => {
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

		it('is accepted compressed, signed before it was compressed', async () => {
			const delivery = newDelivery();
			const headers = { ...signedHeaders(discovered, url, delivery), 'content-encoding': 'gzip' };

			expect((await post(url, gzipSync(delivery), headers)).status).toBe(200);
		});

		it('says in the log why it was rejected, and gives nothing away', async () => {
			const forged = newDelivery();
			const before = server.log().length;
			const headers = signedHeaders(discovered, url, forged, simulator.otherSecret);
			await post(url, forged, headers);
			await sleep(500);
			const begin = `Rejected a delivery from ${displayName} to node "${TRIGGER}"`;
			const [line, ...others] = server
				.log()
				.slice(before)
				.split('\n')
				.filter((text) => text.includes(begin) && text.includes(" doesn't match."));

			expect(line).toContain(
				`: the ${provider.verifier.kind(credentialData(discovered))} doesn't match. If it came from`,
			);
			expect(others).toEqual([]);
			expect(server.log()).not.toContain('Cannot set headers after they are sent');
			const proofs = Object.entries(headers).flatMap(([name, value]) =>
				name === 'content-type' ? [] : value,
			);
			for (const hidden of [simulator.secret, ...proofs, forged.toString('utf8')]) {
				expect(server.log()).not.toContain(hidden);
			}
		});
	},
);

describe('odd requests to a published node', () => {
	const discovered = ONE_OF_EACH_KIND.find(
		({ provider, simulator }) =>
			provider.verifier.kind(simulator.credential ?? {}) === 'signature' && !simulator.contentType,
	);
	if (!discovered) throw new Error('no provider signs JSON');
	let url: string;

	beforeAll(async () => {
		await setUp(client, server.url, discovered);
		url = `${server.url}${webhookPath(discovered)}`;
	});

	const newDelivery = () =>
		withNewIds(discovered, sampleOf(discovered, 'message.received').rawBody);

	it.each<[name: string, body: () => Buffer | string, type: string, status: number]>([
		['an array', () => '[1,2]', 'application/json', 400],
		['a number', () => '7', 'application/json', 400],
		['an empty body', () => '', 'application/json', 400],
		['broken JSON, by n8n itself', () => '{"event":', 'application/json', 422],
		['broken JSON that n8n does not look at', () => '{"event":', 'application/octet-stream', 400],
		['invalid UTF-8', () => Buffer.from('{"a":"\xff"}', 'latin1'), 'application/json', 400],
		['a delivery as text', newDelivery, 'text/plain', 200],
		['a delivery as bytes', newDelivery, 'application/octet-stream', 200],
		[
			'an upload, of which there are no bytes to verify',
			() => '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n',
			'multipart/form-data; boundary=x',
			401,
		],
		[
			'lists in lists, 5,000 deep',
			() => `{"event":"x","deep":${'['.repeat(5_000)}${']'.repeat(5_000)}}`,
			'application/json',
			200,
		],
		[
			'a body of 3 MB',
			() => JSON.stringify({ event: 'x', pad: 'x'.repeat(3_000_000) }),
			'application/json',
			200,
		],
	])('are answered as promised: %s', async (_, bodyOf, type, status) => {
		const body = Buffer.from(bodyOf());
		const headers = { ...signedHeaders(discovered, url, body), 'content-type': type };

		expect((await post(url, body, headers)).status).toBe(status);
	});
});

const CHIRP_APP_KEY = `sk_live_app_${'e2e'.repeat(8)}`;

describe('Chirp, set up automatically', () => {
	const provider = providerById('chirp');
	const { secret } = provider.simulator;
	let chirp: FakeChirp;
	let credential: { id: string; name: string };
	let workflow: Workflow;

	const chirpAccess = () => ({ apiKey: CHIRP_APP_KEY, baseUrl: chirp.baseUrl });

	/** What Chirp's API was asked since the last look. */
	const asked = () => chirp.log.splice(0).filter((line) => !line.startsWith('GET'));

	async function save(data: Record<string, string>) {
		credential = await client.saveCredential({
			name: 'Chirp (life cycle)',
			type: provider.credentialType,
			data: { ...credentialData(provider), ...data },
		});
	}

	beforeAll(async () => {
		chirp = await new FakeChirp(CHIRP_APP_KEY, 100).start();
		await save({ ...chirpAccess() });
		workflow = sampleWorkflow(provider, credential);
		workflow.name = 'Chirp life cycle';
		workflow.nodes = workflow.nodes
			.filter(({ name }) => name !== NARROW_TRIGGER)
			.map((node) => (node.webhookId ? { ...node, webhookId: 'chirp-life-cycle' } : node));
		workflow.connections = Object.fromEntries(
			Object.entries(workflow.connections).filter(([name]) => name !== NARROW_TRIGGER),
		);
	});

	afterAll(() => chirp.stop());

	const test = (change: Record<string, string>) =>
		testCredential(provider.credentialType, { ...credentialData(provider), ...change });

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
				headers: { 'X-Webhook-Secret': secret },
			},
		]);
		const received = JSON.parse(sampleOf(provider, 'message.received').rawBody.toString()) as {
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
		['an admin key', () => ({ apiKey: 'sk_admin_x' }), 'Chirp rejected the app key'],
		['no app key', () => ({ apiKey: '' }), 'Automatic setup needs the App Key'],
		['nobody there', () => ({ baseUrl: 'http://127.0.0.1:9' }), "couldn't reach Chirp's API"],
		['no response in time', () => ({}), "didn't respond within 10 seconds"],
		['too many requests', () => ({}), "Chirp's rate limit was reached"],
	])(
		'says in the editor, at Execute step, what stands in the way: %s',
		async (name, wrong, message) => {
			await save({ ...chirpAccess(), ...wrong() });
			const data = await client.createWorkflow(workflow);
			if (name === 'no response in time') chirp.faults.push({ isSilent: true });
			if (name === 'too many requests') chirp.faults.push({ status: 429 });

			await expect(client.executeStep(data, TRIGGER)).rejects.toThrow(message);
		},
	);

	it('listens with a webhook of its own while testing, and leaves the published one alone', async () => {
		await save({ ...chirpAccess() });
		const published = chirp.add({
			url: `${server.url}/webhook/chirp-life-cycle/webhook`,
			events: ['messages.whatsapp.received'],
		});
		const data = await client.createWorkflow(workflow);

		await client.executeStep(data, TRIGGER);

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
		await save({ ...chirpAccess() });
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
		expect(server.log()).not.toContain('the webhook still belongs to the other application');
	});

	it('says in the log that a webhook was left behind when the app key was changed first', async () => {
		await save({ ...chirpAccess() });
		chirp.webhooks = [];
		const id = await client.publishWorkflow(workflow);
		await until(() => chirp.webhooks.length === 1);
		const [left] = chirp.webhooks;
		const otherKey = `sk_live_app_${'other'.repeat(5)}`;
		chirp.addApp(otherKey);
		await save({ ...chirpAccess(), apiKey: otherKey });

		await client.request('POST', `/rest/workflows/${id}/deactivate`, {});

		await until(() =>
			server.log().includes(`Chirp doesn't show the webhook ${left?.id} to the key of`),
		);
		expect(server.log()).toContain('the webhook still belongs to the other application');
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
		await save({ ...chirpAccess() });
		chirp.webhooks = [];
		chirp.log.length = 0;
		const otherUrl = `http://127.0.0.2:${(otherHost.address() as AddressInfo).port}`;
		chirp.outage = redirectingTo(otherUrl);
		const redirected = `Chirp's API returned a redirect to ${otherUrl} (HTTP 307)`;
		try {
			expect(await test(chirpAccess())).toEqual({
				status: 'Error',
				message: expect.stringContaining(redirected) as string,
			});

			const data = await client.createWorkflow(workflow);
			await expect(client.executeStep(data, TRIGGER)).rejects.toThrow(redirected);

			const { id, versionId } = data;
			const publish = () => client.request('POST', `/rest/workflows/${id}/activate`, { versionId });
			// Older n8n tell whoever publishes; newer ones publish in the background, and try again.
			const rejection = await publish().then(() => '', String);
			if (rejection) expect(rejection).toContain("n8n didn't follow it");
			await until(() => chirp.log.length >= 3);
			expect(chirp.log.every((line) => line.includes(' 307 '))).toBe(true);

			chirp.outage = null;
			if (rejection) await publish();
			await until(() => chirp.webhooks.length === 1);
			chirp.log.length = 0;
			await client.request('POST', `/rest/workflows/${id}/deactivate`, {});
			await until(() => chirp.webhooks.length === 0);

			expect(received).toEqual([]);
			for (const hidden of [CHIRP_APP_KEY, secret]) {
				expect(server.log()).not.toContain(hidden);
			}
		} finally {
			chirp.outage = null;
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
			"that a header can't carry",
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
			'Chirp rejected the app key',
		],
		[
			'nobody there',
			() => ({ ...chirpAccess(), baseUrl: 'http://127.0.0.1:9' }),
			'Error',
			"couldn't reach Chirp's API",
		],
	])('has its credential tested by Chirp: %s', async (_, access, status, message) => {
		expect(await test(access())).toEqual({
			status,
			message: expect.stringContaining(message) as string,
		});
	});
});
