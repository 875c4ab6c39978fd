import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isResourceLocatorValue } from 'n8n-workflow';
import { N8nClient, type Workflow } from '../../playground/n8n-client';
import { freePort, installPackage, startN8n, type N8nServer } from '../../playground/n8n-server';
import { credentialData, PROVIDERS, type DiscoveredProvider } from '../kit/providers';
import type { FakeApi } from '../kit/simulator';
import { sampleWorkflow, TRIGGER } from '../../playground/sample-workflow';
import { bodyOf, startLoopbackServer } from '../kit/loopback-server';
import { until } from '../kit/until';

jest.setTimeout(300_000);

/** Longer than n8n needs to listen on a busy machine, and shorter than any provider waits for a response. */
const SOON_MS = 4_000;

const folder = mkdtempSync(join(tmpdir(), 'whatsapp-triggers-failed-test-'));
let server: N8nServer;
let client: N8nClient;
let plain: Workflow;

beforeAll(async () => {
	installPackage(folder);
	server = await startN8n({ folder, port: await freePort() });
	client = new N8nClient(server.url);
	await client.login();
	plain = await client.createWorkflow({
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

afterAll(async () => {
	await server.stop();
	rmSync(folder, { recursive: true, force: true });
});

const withSetup = PROVIDERS.filter(({ simulator }) => simulator.startApi);

/** A workflow of the provider's trigger alone, with automatic setup. */
async function workflowOf(
	provider: DiscoveredProvider,
	data: Record<string, string>,
	parameters: Record<string, unknown> = {},
): Promise<Workflow> {
	const credential = await client.saveCredential({
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
	return await client.createWorkflow({ ...sample, nodes, connections: {} });
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
		const said = await client.executeStep(workflow, node).then(
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
			await fetch(`${server.url}/healthz`).catch(() => null);
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
	const server = await startLoopbackServer((request, response) => {
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
	return Object.assign(way, server);
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
		await client.stopListening(plain);
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
		await client.stopListening(workflow);
		await until(() => server.log().includes('may still send events'));

		await expectNothingLeft();
	});

	it('at its end, since the API is slow, leaves nothing behind in n8n', async () => {
		const slow = await slowWay(api.credential.baseUrl ?? '');
		const workflow = await workflowOf(provider, { ...api.credential, baseUrl: slow.url });
		expect(await watch.executeStep(workflow)).toBeNull();
		slow.delayMs = 5_000;
		await client.stopListening(workflow);
		// n8n deregisters the test in the background.
		await sleep(500);

		await expectNothingLeft();
		await slow.stop();
	});
});
