import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { API_KEY, Fake360dialog } from '../../nodes/Dialog360/test/fake-360dialog';
import { N8nClient, type Workflow } from '../../playground/n8n-client';
import { freePort, installPackage, startN8n, type N8nServer } from '../../playground/n8n-server';
import { credentialData, providerById } from '../../playground/providers';
import { sampleWorkflow, TRIGGER } from '../../playground/sample-workflow';
import { until } from '../../playground/until';

jest.setTimeout(300_000);

const FOREIGN = { url: 'https://crm.example.com/whatsapp', headers: { 'X-Crm': 'theirs' } };

const folder = mkdtempSync(join(tmpdir(), 'whatsapp-triggers-slot-'));
const dialog360 = providerById('360dialog');
let api: Fake360dialog;
let server: N8nServer;
let client: N8nClient;
let workflow: Workflow;

beforeAll(async () => {
	api = await new Fake360dialog().start();
	installPackage(folder);
	server = await startN8n({ folder, port: await freePort() });
	client = new N8nClient(server.url);
	await client.login();
	const credential = await client.saveCredential({
		name: '360dialog',
		type: dialog360.credentialType,
		data: { ...credentialData(dialog360), apiKey: API_KEY, baseUrl: api.baseUrl },
	});
	const sample = sampleWorkflow(dialog360, credential);
	const [trigger] = sample.nodes;
	if (!trigger) throw new Error('there is no trigger');
	workflow = { ...sample, nodes: [trigger], connections: {} };
});

afterAll(async () => {
	await server.stop();
	await api.stop();
	rmSync(folder, { recursive: true, force: true });
});

const isAt = async (path: string) => {
	await until(() => api.webhook?.url.startsWith(`${server.url}/${path}/`) ?? false);
};

const activate = async ({ id = '', versionId }: Workflow & { versionId?: string }) =>
	await client.request('POST', `/rest/workflows/${id}/activate`, { versionId });

const deactivate = async ({ id = '' }: Workflow) =>
	await client.request('POST', `/rest/workflows/${id}/deactivate`, {});

/** A workflow that is not published. */
async function created(): Promise<Workflow> {
	api.webhook = FOREIGN;
	return await client.createWorkflow({
		...workflow,
		nodes: workflow.nodes.map((node) => ({ ...node, webhookId: crypto.randomUUID() })),
	});
}

describe('what stood at a provider before', () => {
	it('is put back when the workflow was published while a test listened', async () => {
		const made = await created();
		await client.executeStep(made, TRIGGER);
		await isAt('webhook-test');

		await activate(made);
		await isAt('webhook');
		await client.stopListening(made);
		await deactivate(made);

		await until(() => api.webhook?.url === FOREIGN.url);
		expect(api.webhook).toEqual(FOREIGN);
	});

	it('is put back when the workflow was published anew while a test listened', async () => {
		const made = await created();
		await activate(made);
		await isAt('webhook');
		await client.executeStep(made, TRIGGER);
		await isAt('webhook-test');

		const nodes = made.nodes.map((node) => ({
			...node,
			parameters: { ...node.parameters, events: ['message.read'] },
		}));
		await client.republishWorkflow(made.id ?? '', { ...made, nodes });
		await isAt('webhook');
		const requests = api.log.length;
		await client.stopListening(made);
		await until(() => api.log.length > requests);
		expect(api.webhook?.url).toContain('/webhook/');

		await deactivate(made);
		await until(() => api.webhook?.url === FOREIGN.url);
		expect(api.webhook).toEqual(FOREIGN);
	});

	it('is put back when n8n ended while a test listened', async () => {
		const made = await created();
		await activate(made);
		await isAt('webhook');
		await client.executeStep(made, TRIGGER);
		await isAt('webhook-test');

		await server.stop();
		server = await startN8n({ folder, port: Number(new URL(server.url).port) });
		client = new N8nClient(server.url);
		await client.login();
		await deactivate(made);

		await until(() => api.webhook?.url === FOREIGN.url);
		expect(api.webhook).toEqual(FOREIGN);
	});
});
