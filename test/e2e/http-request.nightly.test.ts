import type { ICredentialType } from 'n8n-workflow';
import type { Execution, Workflow } from '../kit/n8n/client';
import { startLoopbackServer, type LoopbackServer } from '../kit/loopback-server';
import { PROVIDERS } from '../kit/providers';
import { until } from '../kit/until';
import { Instance } from '../kit/n8n/instance';
import { hasKey, KEYED_CREDENTIALS, type KeyedCredential } from '../support/keyed-credentials';

jest.setTimeout(300_000);

let n8n: Instance;
let api: LoopbackServer;

/** The headers of each request that reached the API, since the last look. */
const arrived: NodeJS.Dict<string | string[]>[] = [];

beforeAll(async () => {
	api = await startLoopbackServer((request, response) => {
		arrived.push(request.headers);
		response.setHeader('content-type', 'application/json').end('{"isSent":true}');
	});
	n8n = await Instance.launch();
});

afterAll(async () => {
	await n8n.remove();
	await api.stop();
});

/** A workflow that sends one request with a credential each time its URL is called. */
function workflowOf(type: string, credential: { id: string; name: string }): Workflow {
	return {
		name: `HTTP Request with ${type}`,
		nodes: [
			{
				id: `${type}-webhook`,
				name: 'Webhook',
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2,
				position: [0, 0],
				parameters: { path: type, httpMethod: 'POST' },
				webhookId: type,
			},
			{
				id: `${type}-request`,
				name: 'Reply',
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				position: [220, 0],
				parameters: {
					method: 'POST',
					url: `${api.url}/messages`,
					authentication: 'predefinedCredentialType',
					nodeCredentialType: type,
					sendBody: true,
					bodyParameters: { parameters: [{ name: 'text', value: 'Hi' }] },
				},
				credentials: { [type]: credential },
			},
		],
		connections: { Webhook: { main: [[{ node: 'Reply', type: 'main', index: 0 }]] } },
	};
}

/** Runs the workflow once, to its end. */
async function run(type: string, workflowId: string): Promise<Execution> {
	const before = (await n8n.client.executions(workflowId)).length;
	await until(async () => (await fetch(`${n8n.url}/webhook/${type}`, { method: 'POST' })).ok);
	let ended: { id: string } | undefined;
	await until(async () => {
		const executions = await n8n.client.executions(workflowId);
		ended = executions.find(({ status }) => ['success', 'error'].includes(status));
		return executions.length > before && ended === executions[0];
	});
	return await n8n.client.execution(ended?.id ?? '');
}

const save = ({ type, data }: KeyedCredential, change: Record<string, string> = {}) =>
	n8n.client.saveCredential({ name: `Keys of ${type}`, type, data: { ...data, ...change } });

it('offers the credentials with a key under Predefined Credential Type, and no other', async () => {
	const types = (await n8n.client.request('GET', '/types/credentials.json')) as ICredentialType[];
	const ours = new Set(PROVIDERS.map(({ credentialType }) => credentialType));
	const offered = types.filter((type) => ours.has(type.name) && hasKey(type));

	expect(offered.map(({ name }) => name).sort()).toEqual(
		KEYED_CREDENTIALS.map(({ type }) => type).sort(),
	);
});

describe.each(KEYED_CREDENTIALS)('an HTTP Request node with $type', (keyed) => {
	const { type, keyField, headers, withoutKey } = keyed;
	let workflowId: string;

	beforeAll(async () => {
		workflowId = await n8n.client.publishWorkflow(workflowOf(type, await save(keyed)));
	});

	it('sends the key as the provider documents it', async () => {
		const { status, itemsOf } = await run(type, workflowId);

		expect(status).toBe('success');
		expect(itemsOf('Reply')).toMatchObject([{ json: { isSent: true } }]);
		expect(arrived.splice(0)).toMatchObject([
			Object.fromEntries(Object.entries(headers).map(([name, key]) => [name.toLowerCase(), key])),
		]);
	});

	it.each(['', ' '])('sends nothing without a key (%j), and says what to fill in', async (key) => {
		await save(keyed, { [keyField]: key });

		const { status, error } = await run(type, workflowId);

		expect(status).toBe('error');
		expect({ message: error?.message, description: error?.description }).toEqual(withoutKey);
		expect(arrived).toEqual([]);
	});
});

it('leaves no key in the log', () => {
	for (const { keyField, data } of KEYED_CREDENTIALS) {
		expect(n8n.log()).not.toContain(data[keyField]);
	}
});
