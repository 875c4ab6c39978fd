import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { N8nClient, type Workflow } from '../../playground/n8n-client';
import { freePort, installPackage, startN8n, type N8nServer } from '../../playground/n8n-server';
import { credentialData, PROVIDERS, type DiscoveredProvider } from '../../playground/providers';
import type { FakeApi } from '../../playground/simulator';
import { sampleWorkflow, TRIGGER } from '../../playground/sample-workflow';
import { until } from '../../playground/until';

jest.setTimeout(300_000);

/** Longer than n8n needs to listen on a busy machine, and shorter than any provider waits for a response. */
const SOON_MS = 4_000;

/** Settings that choose something other than a thing at the provider. */
const CHOICES = ['webhookSetup', 'receiveFor'];

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

/** Clicks Execute step. Returns what n8n says where it doesn't listen. */
async function executeStep(workflow: Workflow): Promise<string | null> {
	return await client.executeStep(workflow, TRIGGER).then(
		() => null,
		(error: unknown) => String(error),
	);
}

/** Clicks Execute step in another workflow, and asks n8n meanwhile whether it is alive. */
async function testElsewhere(): Promise<{ listening: number; slowestHealthz: number }> {
	let isOver = false;
	let slowestHealthz = 0;
	const watching = (async () => {
		while (!isOver) {
			const asked = performance.now();
			await fetch(`${server.url}/healthz`);
			slowestHealthz = Math.max(slowestHealthz, performance.now() - asked);
			await sleep(50);
		}
	})();
	const started = performance.now();
	await client.executeStep(plain, 'Webhook');
	const listening = performance.now() - started;
	isOver = true;
	await watching;
	await client.stopListening(plain);
	return { listening, slowestHealthz };
}

describe.each(withSetup)('a test of the $displayName trigger that fails', (provider) => {
	let api: FakeApi;

	beforeEach(async () => {
		if (!provider.simulator.startApi) throw new Error('there is no API');
		api = await provider.simulator.startApi();
	});

	afterEach(async () => {
		await api.stop();
	});

	/** Expects that n8n goes on as if nothing had happened. */
	async function expectNothingLeft(): Promise<void> {
		const { listening, slowestHealthz } = await testElsewhere();
		if (process.env.SHOW_FIGURES) {
			console.log(provider.id, expect.getState().currentTestName, listening, slowestHealthz);
		}
		expect(listening).toBeLessThan(SOON_MS);
		expect(slowestHealthz).toBeLessThan(SOON_MS);
	}

	it('for a wrong key or a wrong ID leaves nothing behind in n8n', async () => {
		const { baseUrl = '', ...keys } = api.credential;
		const wrongKeys = Object.fromEntries(Object.keys(keys).map((field) => [field, 'wrong-key-1']));
		const wrongIds = Object.fromEntries(
			Object.entries(provider.simulator.parameters ?? {})
				.filter(([name, value]) => typeof value === 'string' && !CHOICES.includes(name))
				.map(([name]) => [name, '404']),
		);
		const broken = [
			await workflowOf(provider, { baseUrl, ...wrongKeys }),
			...(Object.keys(wrongIds).length > 0
				? [await workflowOf(provider, api.credential, wrongIds)]
				: []),
		];

		for (const workflow of broken) {
			expect(await executeStep(workflow)).not.toBeNull();
			expect(await executeStep(workflow)).not.toBeNull();
		}

		await expectNothingLeft();
	});

	it('at its end, since the API is gone, leaves nothing behind in n8n', async () => {
		const workflow = await workflowOf(provider, api.credential);
		expect(await executeStep(workflow)).toBeNull();
		await api.stop();
		await client.stopListening(workflow);
		await until(() => server.log().includes('The test of'));

		await expectNothingLeft();
	});
});
