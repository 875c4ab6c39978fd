import { API_KEY, Fake360dialog } from '../../nodes/Dialog360/test/fake-360dialog';
import { ACCESS_TOKEN, FakeMeta } from '../../nodes/Meta/test/fake-meta';
import type { Workflow } from '../kit/n8n/client';
import { credentialData, providerById } from '../kit/providers';
import { sampleWorkflow, TRIGGER } from '../kit/n8n/sample-workflow';
import { until } from '../kit/until';
import { Instance } from '../kit/n8n/instance';

jest.setTimeout(300_000);

const FOREIGN = { url: 'https://crm.example.com/whatsapp', headers: { 'X-Crm': 'theirs' } };

const dialog360 = providerById('360dialog');
let api: Fake360dialog;
let n8n: Instance;
let workflow: Workflow;

beforeAll(async () => {
	api = await new Fake360dialog().start();
	n8n = await Instance.launch();
	const credential = await n8n.client.saveCredential({
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
	await n8n.remove();
	await api.stop();
});

const isAt = async (path: string) => {
	await until(() => api.webhook?.url.startsWith(`${n8n.url}/${path}/`) ?? false);
};

const activate = async ({ id = '', versionId }: Workflow & { versionId?: string }) =>
	await n8n.client.request('POST', `/rest/workflows/${id}/activate`, { versionId });

const deactivate = async ({ id = '' }: Workflow) =>
	await n8n.client.request('POST', `/rest/workflows/${id}/deactivate`, {});

/** A workflow that is not published, with some triggers. */
async function created({ triggers = 1 } = {}): Promise<Workflow> {
	const nodes = Array.from({ length: triggers }, (_, index) =>
		workflow.nodes.map((node) => ({
			...node,
			...(index > 0 ? { id: `${node.id}-${index}`, name: `${node.name} ${index}` } : {}),
			webhookId: crypto.randomUUID(),
		})),
	);
	return await n8n.client.createWorkflow({ ...workflow, nodes: nodes.flat() });
}

beforeEach(() => {
	api.webhook = FOREIGN;
});

const urlOf = ({ nodes }: Workflow, index = 0) =>
	`${n8n.url}/webhook/${nodes[index]?.webhookId}/webhook`;

describe('what stood at a provider before', () => {
	it('is put back when the workflow was published while a test listened', async () => {
		const made = await created();
		await n8n.client.executeStep(made, TRIGGER);
		await isAt('webhook-test');

		await activate(made);
		await isAt('webhook');
		await n8n.client.stopListening(made);
		await deactivate(made);

		await until(() => api.webhook?.url === FOREIGN.url);
		expect(api.webhook).toEqual(FOREIGN);
	});

	it('is put back when the workflow was published anew while a test listened', async () => {
		const made = await created();
		await activate(made);
		await isAt('webhook');
		await n8n.client.executeStep(made, TRIGGER);
		await isAt('webhook-test');

		const nodes = made.nodes.map((node) => ({
			...node,
			parameters: { ...node.parameters, events: ['message.read'] },
		}));
		await n8n.client.republishWorkflow(made.id ?? '', { ...made, nodes });
		await isAt('webhook');
		const requests = api.log.length;
		await n8n.client.stopListening(made);
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
		await n8n.client.executeStep(made, TRIGGER);
		await isAt('webhook-test');

		await n8n.restart();
		await deactivate(made);

		await until(() => api.webhook?.url === FOREIGN.url);
		expect(api.webhook).toEqual(FOREIGN);
	});

	it('is put back to the workflow that still runs after n8n started again', async () => {
		const [first, second] = [await created(), await created()];
		await activate(first);
		await until(() => api.webhook?.url === urlOf(first));
		await activate(second);
		await until(() => api.webhook?.url === urlOf(second));

		await n8n.restart();
		await deactivate(second);
		await until(() => api.webhook?.url === urlOf(first));

		await deactivate(first);
		await until(() => api.webhook?.url === FOREIGN.url);
	});

	it('is put back after five workflows that were published at the same time', async () => {
		const made = await Promise.all(Array.from({ length: 5 }, () => created()));
		await Promise.all(made.map(activate));
		await until(() => made.some((one) => api.webhook?.url === urlOf(one)));
		await until(() => api.log.filter((line) => line.startsWith('POST')).length >= made.length);

		for (const one of made) await deactivate(one);
		await until(() => api.webhook?.url === FOREIGN.url);
		expect(api.webhook).toEqual(FOREIGN);
	});
});

it('lets one of five triggers in one workflow have the place, and says so for the others', async () => {
	const made = await created({ triggers: 5 });
	await activate(made);
	await until(() => made.nodes.some((_, index) => api.webhook?.url === urlOf(made, index)));
	await until(async () => {
		const path = `/rest/workflows/${made.id}/publication-status`;
		const status = JSON.stringify(await n8n.client.request('GET', path));
		return status.split('Only one trigger of a workflow can receive').length - 1 === 4;
	});

	await deactivate(made);
	await until(() => api.webhook?.url === FOREIGN.url);
	expect(api.webhook).toEqual(FOREIGN);
});

it('has a Meta trigger receive deliveries even if Meta was away when it was published', async () => {
	const provider = providerById('meta');
	const meta = await new FakeMeta().start();
	const credential = await n8n.client.saveCredential({
		name: 'Meta',
		type: provider.credentialType,
		data: { ...credentialData(provider), accessToken: ACCESS_TOKEN, baseUrl: meta.baseUrl },
	});
	const sample = sampleWorkflow(provider, credential);
	const made = await n8n.client.createWorkflow({
		...sample,
		nodes: sample.nodes
			.filter(({ name }) => name === TRIGGER)
			.map((node) => ({ ...node, webhookId: crypto.randomUUID() })),
		connections: {},
	});
	meta.faults.push({ status: 500 });

	await activate(made);
	await until(() => meta.number === urlOf(made));
	await until(async () => (await fetch(urlOf(made), { method: 'POST' })).status === 401, 10_000);

	await deactivate(made);
	await until(() => meta.number === null);
	await meta.stop();
});
