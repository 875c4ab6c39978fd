import { isResourceLocatorValue } from 'n8n-workflow';
import { setTimeout as sleep } from 'node:timers/promises';
import { FakeChirp } from '../../nodes/Chirp/test/fake-chirp';
import type { Workflow } from '../kit/n8n/client';
import { NARROW_TRIGGER, sampleWorkflow, TRIGGER } from '../kit/n8n/sample-workflow';
import { waitForWebhook } from '../kit/n8n/webhook';
import { redirectingTo } from '../kit/fake-api-server';
import { bodyOf, startLoopbackServer } from '../kit/loopback-server';
import {
	credentialData,
	providerById,
	PROVIDERS,
	sampleOf,
	type DiscoveredProvider,
} from '../kit/providers';
import type { FakeApi } from '../kit/simulator';
import { until } from '../kit/until';
import { Instance } from '../kit/n8n/instance';

jest.setTimeout(300_000);

/** Longer than n8n needs to listen on a busy machine, and shorter than any provider waits for a response. */
const SOON_MS = 4_000;

let n8n: Instance;
let plain: Workflow;

beforeAll(async () => {
	n8n = await Instance.launch();
	plain = await n8n.client.createWorkflow({
		name: 'Another workflow',
		nodes: [
			{
				id: 'plain',
				name: 'Webhook',
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2,
				position: [0, 0],
				parameters: { httpMethod: 'POST', path: 'plain' },
				webhookId: 'plain',
			},
		],
		connections: {},
	});
});

afterAll(() => n8n.remove());

const withSetup = PROVIDERS.filter(({ simulator }) => simulator.startApi);

/** A workflow of the provider's trigger alone, with automatic setup. */
async function workflowOf(
	provider: DiscoveredProvider,
	data: Record<string, string>,
	parameters: Record<string, unknown> = {},
): Promise<Workflow> {
	const credential = await n8n.client.saveCredential({
		name: `${provider.id} ${crypto.randomUUID()}`,
		type: provider.credentialType,
		data: { ...credentialData(provider), ...data },
	});
	const sample = sampleWorkflow(provider, credential);
	const nodes = sample.nodes
		.filter(({ name }) => name === TRIGGER)
		.map((node) => ({
			...node,
			webhookId: crypto.randomUUID(),
			parameters: { ...node.parameters, ...parameters },
		}));
	return await n8n.client.createWorkflow({ ...sample, nodes, connections: {} });
}

/** How long n8n took at its slowest. */
interface Figures {
	clicks: Record<string, number>;
	slowestHealthz: number;
}

/** Asks n8n again and again whether it is alive, while somebody clicks. */
class Watch {
	private readonly figures: Figures = { clicks: {}, slowestHealthz: 0 };
	private isOver = false;
	private readonly watching = this.watch();

	/** Clicks Execute step, and measures until n8n says that it listens or doesn't. Returns what it says. */
	async executeStep(workflow: Workflow, node = TRIGGER): Promise<string | null> {
		const started = performance.now();
		const said = await n8n.client.executeStep(workflow, node).then(
			() => null,
			(error: unknown) => String(error),
		);
		const { clicks } = this.figures;
		clicks[`${Object.keys(clicks).length + 1}. ${workflow.name}`] = performance.now() - started;
		return said;
	}

	async stop(): Promise<Figures> {
		this.isOver = true;
		await this.watching;
		return this.figures;
	}

	private async watch(): Promise<void> {
		while (!this.isOver) {
			const asked = performance.now();
			await fetch(`${n8n.url}/healthz`).catch(() => null);
			const took = performance.now() - asked;
			this.figures.slowestHealthz = Math.max(this.figures.slowestHealthz, took);
			await sleep(50);
		}
	}
}

/** Headers of a connection, which another connection has for itself. */
const OF_THE_CONNECTION = new Set(['host', 'connection', 'content-length']);

/** A way to an API that takes as long as a test says. */
async function slowWay(baseUrl: string) {
	const way = { delayMs: 0 };
	const proxy = await startLoopbackServer((request, response) => {
		void (async () => {
			const body = await bodyOf(request);
			await sleep(way.delayMs);
			const headers = Object.fromEntries(
				Object.entries(request.headers).filter(([name]) => !OF_THE_CONNECTION.has(name)),
			);
			const answer = await fetch(baseUrl + (request.url ?? ''), {
				method: request.method ?? 'GET',
				headers: headers as Record<string, string>,
				...(body === '' ? {} : { body }),
			});
			response.writeHead(answer.status, {
				'content-type': answer.headers.get('content-type') ?? '',
			});
			response.end(await answer.text());
		})().catch(() => {
			// The API was stopped meanwhile: the way ends with it.
			response.destroy();
		});
	});
	return Object.assign(way, proxy);
}

describe.each(withSetup)('a test of the $displayName trigger that fails', (provider) => {
	let api: FakeApi;
	let watch: Watch;

	beforeEach(async () => {
		if (!provider.simulator.startApi) throw new Error('there is no API');
		api = await provider.simulator.startApi();
		watch = new Watch();
	});

	afterEach(async () => {
		await api.stop();
	});

	/** Clicks Execute step in another workflow, and expects that n8n was never slow. */
	async function expectNothingLeft(): Promise<void> {
		const said = await watch.executeStep(plain, 'Webhook');
		const { clicks, slowestHealthz } = await watch.stop();
		if (process.env.SHOW_FIGURES)
			console.log(provider.id, JSON.stringify({ clicks, slowestHealthz }));
		expect(said).toBeNull();
		expect(Math.max(slowestHealthz, ...Object.values(clicks))).toBeLessThan(SOON_MS);
		await n8n.client.stopListening(plain);
	}

	it('for a wrong key or a wrong ID leaves nothing behind in n8n', async () => {
		const { baseUrl = '', ...keys } = api.credential;
		const wrongKeys = Object.fromEntries(Object.keys(keys).map((field) => [field, 'wrong-key-1']));
		const wrongIds = Object.fromEntries(
			Object.entries(provider.simulator.parameters ?? {})
				.filter(([, value]) => isResourceLocatorValue(value))
				.map(([name]) => [name, { __rl: true, mode: 'id', value: '404' }]),
		);
		const broken = [
			await workflowOf(provider, { baseUrl, ...wrongKeys }),
			...(Object.keys(wrongIds).length > 0
				? [await workflowOf(provider, api.credential, wrongIds)]
				: []),
		];

		for (const workflow of broken) {
			expect(await watch.executeStep(workflow)).not.toBeNull();
			expect(await watch.executeStep(workflow)).not.toBeNull();
		}

		await expectNothingLeft();
	});

	it('at its end, since the API is gone, leaves nothing behind in n8n', async () => {
		const workflow = await workflowOf(provider, api.credential);
		expect(await watch.executeStep(workflow)).toBeNull();
		await api.stop();
		await n8n.client.stopListening(workflow);
		await until(() => n8n.log().includes('may still send events'));

		await expectNothingLeft();
	});

	it('at its end, since the API is slow, leaves nothing behind in n8n', async () => {
		const slow = await slowWay(api.credential.baseUrl ?? '');
		const workflow = await workflowOf(provider, { ...api.credential, baseUrl: slow.url });
		expect(await watch.executeStep(workflow)).toBeNull();
		slow.delayMs = 5_000;
		await n8n.client.stopListening(workflow);
		// n8n deregisters the test in the background.
		await sleep(500);

		await expectNothingLeft();
		await slow.stop();
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
		credential = await n8n.client.saveCredential({
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
		n8n.client.testCredential(provider.credentialType, { ...credentialData(provider), ...change });

	it('asks nothing of Chirp with manual setup', async () => {
		const nodes = workflow.nodes.map((node) =>
			node.webhookId
				? {
						...node,
						webhookId: 'chirp-by-hand',
						parameters: { ...node.parameters, webhookSetup: 'manual' },
					}
				: node,
		);
		await n8n.client.publishWorkflow({ ...workflow, name: 'Chirp by hand', nodes });
		await waitForWebhook(`${n8n.url}/webhook/chirp-by-hand/webhook`);

		expect(chirp.log).toEqual([]);
	});

	it('creates, updates and deletes the webhook at Chirp, whose deliveries start the workflow', async () => {
		const trigger = workflow.nodes[0];
		if (!trigger) throw new Error('the workflow has no trigger');
		trigger.parameters = { ...trigger.parameters, events: ['message.received'] };
		const id = await n8n.client.publishWorkflow(workflow);
		await until(() => chirp.webhooks.length === 1);

		expect(asked()).toEqual([expect.stringMatching(/^POST \/v1\/webhooks 201 whk_\w{27} /)]);
		expect(chirp.webhooks).toMatchObject([
			{
				url: `${n8n.url}/webhook/chirp-life-cycle/webhook`,
				events: ['messages.whatsapp.received'],
				headers: { 'X-Webhook-Secret': secret },
			},
		]);
		const received = JSON.parse(sampleOf(provider, 'message.received').rawBody.toString()) as {
			event: string;
		};
		expect(await chirp.deliver(received)).toEqual([[200]]);

		trigger.parameters = { ...trigger.parameters, events: ['message.received', 'message.read'] };
		await n8n.client.republishWorkflow(id, workflow);
		await until(() => chirp.webhooks[0]?.events.includes('messages.whatsapp.read') === true);
		expect(chirp.webhooks).toHaveLength(1);
		// n8n takes a published version back before it publishes the next.
		expect(asked()).toEqual([
			expect.stringMatching(/^DELETE \/v1\/webhooks\/whk_\w{27} 200/),
			expect.stringMatching(/^POST \/v1\/webhooks 201 .* messages\.whatsapp\.read$/),
		]);

		await n8n.client.request('POST', `/rest/workflows/${id}/deactivate`, {});
		await until(() => chirp.webhooks.length === 0);
		expect(asked()).toEqual([expect.stringMatching(/^DELETE \/v1\/webhooks\/whk_\w{27} 200/)]);
	});

	it('listens with a webhook of its own while testing, and leaves the published one alone', async () => {
		await save({ ...chirpAccess() });
		const published = chirp.add({
			url: `${n8n.url}/webhook/chirp-life-cycle/webhook`,
			events: ['messages.whatsapp.received'],
		});
		const data = await n8n.client.createWorkflow(workflow);

		await n8n.client.executeStep(data, TRIGGER);

		expect(chirp.webhooks.map(({ url }) => url)).toEqual([
			published.url,
			`${n8n.url}/webhook-test/chirp-life-cycle/webhook`,
		]);
		const testWebhook = chirp.webhooks[1];
		await n8n.client.stopListening(data);
		await until(() => chirp.webhooks.length === 1);
		expect(chirp.webhooks).toEqual([published]);
		expect(chirp.log).toContain(`DELETE /v1/webhooks/${testWebhook?.id} 200`);
	});

	it('sends neither the app key nor the secret where a redirecting Chirp points to', async () => {
		const received: string[] = [];
		const otherHost = await startLoopbackServer((request, response) => {
			received.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
			response.end('{"webhooks":[]}');
		}, '127.0.0.2');
		await save({ ...chirpAccess() });
		chirp.webhooks = [];
		chirp.log.length = 0;
		chirp.outage = redirectingTo(otherHost.url);
		const redirected = `Chirp's API returned a redirect to ${otherHost.url} (HTTP 307)`;
		try {
			expect(await test(chirpAccess())).toEqual({
				status: 'Error',
				message: expect.stringContaining(redirected) as string,
			});

			const data = await n8n.client.createWorkflow(workflow);
			await expect(n8n.client.executeStep(data, TRIGGER)).rejects.toThrow(redirected);

			const { id, versionId } = data;
			const publish = () =>
				n8n.client.request('POST', `/rest/workflows/${id}/activate`, { versionId });
			// Older n8n tell whoever publishes; newer ones publish in the background, and try again.
			const rejection = await publish().then(() => '', String);
			if (rejection) expect(rejection).toContain("n8n didn't follow it");
			await until(() => chirp.log.length >= 3);
			expect(chirp.log.every((line) => line.includes(' 307 '))).toBe(true);

			chirp.outage = null;
			if (rejection) await publish();
			await until(() => chirp.webhooks.length === 1);
			chirp.log.length = 0;
			await n8n.client.request('POST', `/rest/workflows/${id}/deactivate`, {});
			await until(() => chirp.webhooks.length === 0);

			expect(received).toEqual([]);
			for (const hidden of [CHIRP_APP_KEY, secret]) {
				expect(n8n.log()).not.toContain(hidden);
			}
		} finally {
			chirp.outage = null;
			await otherHost.stop();
		}
	});
});
