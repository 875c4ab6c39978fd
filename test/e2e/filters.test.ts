import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8nClient } from '../kit/n8n/client';
import { freePort, installPackage, startN8n, type N8nServer } from '../kit/n8n/server';
import { providerById, sampleOf } from '../kit/providers';
import { deliver, signedHeaders, withNewIds } from '../kit/sample-deliveries';
import {
	publish,
	saveCredential,
	trigger,
	TRIGGER,
	type SavedCredential,
} from '../kit/n8n/workflow-parts';

jest.setTimeout(300_000);

const folder = mkdtempSync(join(tmpdir(), 'whatsapp-triggers-filters-'));
let server: N8nServer;
let client: N8nClient;
const credentials = new Map<string, SavedCredential>();

beforeAll(async () => {
	installPackage(folder);
	server = await startN8n({ folder, port: await freePort() });
	client = new N8nClient(server.url);
	await client.login();
	for (const id of ['waha', 'evolution']) {
		credentials.set(id, await saveCredential({ client }, providerById(id)));
	}
});

afterAll(async () => {
	await server.stop();
	rmSync(folder, { recursive: true, force: true });
});

/** A trigger as n8n adds it, with other parameters where given. */
function nodeOf(id: string, parameters: Record<string, unknown>) {
	const credential = credentials.get(id) ?? { id: '', name: '' };
	const usual = { events: ['message.received'], chats: undefined };
	return trigger(providerById(id), credential, { ...usual, ...parameters });
}

/** How many executions a published workflow has after all samples were sent, each so many times. */
async function executionsOf(
	id: string,
	name: string,
	parameters: Record<string, unknown>,
	samples: Record<string, number>,
): Promise<number> {
	const provider = providerById(id);
	const { workflowId, url } = await publish({ client, url: server.url }, `${id}-${name}`, [
		nodeOf(id, parameters),
	]);
	for (const [sample, count] of Object.entries(samples)) {
		const bodies = Array.from({ length: count }, () =>
			withNewIds(provider, sampleOf(provider, sample).rawBody),
		);
		for (const body of bodies) {
			const { status } = await deliver(url, body, signedHeaders(provider, url, body));
			expect(status).toBe(200);
		}
	}
	return (await client.executions(workflowId)).length;
}

/** From a person of the group, from the same person directly, and a picture. */
const SAMPLES = {
	'message.received-group': 3,
	'message.received': 2,
	'message.received-image': 1,
};

describe.each([
	['waha', 'default'],
	['evolution', 'shop'],
])('%s', (id, ours) => {
	it('starts ten executions for a hundred messages of a group and ten direct ones', async () => {
		const samples = { 'message.received-group': 100, 'message.received': 10 };
		expect(await executionsOf(id, 'as-added', {}, samples)).toBe(10);
	});

	it.each<[string, Record<string, unknown>, number]>([
		['all chats', { chats: 'all' }, 6],
		['groups', { chats: 'groups' }, 3],
		['a customer', { options: { onlyFrom: '+91 98765-43210' } }, 3],
		['another customer', { options: { onlyFrom: '+1 555 010 0100' } }, 0],
		['one group', { chats: 'all', options: { onlyFrom: '120363025246125486@g.us' } }, 3],
		['nobody but others', { options: { neverFrom: '0091 98765 43210' } }, 0],
		['our session or instance', { options: { onlyNumbers: ours } }, 3],
		['our number', { options: { onlyNumbers: '+91 98888 88888' } }, 3],
		['another of our numbers', { options: { onlyNumbers: 'another' } }, 0],
		['pictures', { options: { messageTypes: ['image'] } }, 1],
	])('starts as many executions as there are messages for %s', async (name, parameters, count) => {
		const path = name.replaceAll(' ', '-');
		expect(await executionsOf(id, path, parameters, SAMPLES)).toBe(count);
	});
});

it('says when a test begins that an entry can never match', async () => {
	const node = nodeOf('waha', { options: { neverFrom: '+1 555 010 0100, Asha' } });
	const made = await client.createWorkflow({
		name: 'unusable',
		nodes: [{ ...node, webhookId: 'unusable' }],
		connections: {},
		settings: { executionOrder: 'v1' },
	});

	await expect(client.executeStep(made, TRIGGER)).rejects.toThrow(
		'Never From has an entry that no event can match: Asha',
	);
});
