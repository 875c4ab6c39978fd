import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8nClient, type Workflow } from '../../playground/n8n-client';
import { freePort, installPackage, startN8n, type N8nServer } from '../../playground/n8n-server';
import { credentialData, providerById } from '../../playground/providers';
import { signedHeaders } from '../../playground/sample-deliveries';
import { waitForWebhook } from '../../playground/show';
import { until } from '../../playground/until';
import {
	node,
	postText,
	trigger,
	waitASecond,
	wires,
	type SavedCredential,
} from '../../playground/workflow-parts';
import { importExample } from '../support/import-example';
import { runSql } from '../support/n8n-database';
import { post } from '../support/post';
import { Recorder } from '../support/recorder';
import { publishRecovery, tagForRecovery } from '../support/recover-after-crash';
import { Outgoing } from '../support/services/outgoing';
import { FakeSlack } from '../support/services/slack';
import { textMessage } from '../support/text-message';

jest.setTimeout(300_000);

const CHANNEL = '#whatsapp-alerts';
/** Two of them: n8n tells an error workflow of crashed executions too. */
const CRASHING_FLOW = 'Flow <of a customer>';
const FAILING_FLOW = 'Flow & its <error workflow>';
const PATIENCE_MS = 120_000;

const provider = providerById('chakrahq');
const slack = new FakeSlack('xoxb-crash', [CHANNEL]);
const folder = mkdtempSync(join(tmpdir(), 'whatsapp-triggers-crash-'));
const credentials: Record<string, SavedCredential> = {};
let outgoing: Outgoing;
let recorder: Recorder;
let port: number;
let server: N8nServer;
let client: N8nClient;

async function start(): Promise<void> {
	server = await startN8n({ folder, port, environment: outgoing.environment });
	client = new N8nClient(server.url);
	await client.login();
}

beforeAll(async () => {
	outgoing = await Outgoing.start([slack]);
	recorder = await Recorder.start();
	installPackage(folder);
	port = await freePort();
	await start();

	const save = async (type: string, data: Record<string, unknown>) => {
		credentials[type] = await client.saveCredential({ name: type, type, data });
	};
	await save('slackApi', { accessToken: 'xoxb-crash' });
	await save(provider.credentialType, credentialData(provider));
});

afterAll(async () => {
	await server.stop();
	await recorder.stop();
	await outgoing.stop();
	rmSync(folder, { recursive: true, force: true });
});

beforeEach(() => {
	recorder.delayMs = 0;
	recorder.take();
	slack.take();
	outgoing.take();
});

const webhookUrl = (webhookId: string) => `${server.url}/webhook/${webhookId}/webhook`;

/** A second after the trigger it tells the recorder the message's text; it fails for "stop". */
function flow(name: string, webhookId: string, errorWorkflow?: string): Workflow {
	return {
		name,
		nodes: [
			{
				...trigger(provider, credentials[provider.credentialType] as SavedCredential, {
					events: ['message.received'],
				}),
				webhookId,
			},
			waitASecond('Wait'),
			postText('Recorder', recorder.url, '={{ $json.text }}'),
			node('Check', 'n8n-nodes-base.filter', 2.2, {
				conditions: {
					options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
					conditions: [
						{
							id: 'stop',
							leftValue: "={{ $('Trigger').item.json.text }}",
							rightValue: 'stop',
							operator: { type: 'string', operation: 'equals' },
						},
					],
					combinator: 'and',
				},
				options: {},
			}),
			node('Stop & Error', 'n8n-nodes-base.stopAndError', 1, {
				errorMessage: '<!channel> & https://example.com/picture.png',
			}),
		],
		connections: {
			Trigger: wires('Wait'),
			Wait: wires('Recorder'),
			Recorder: wires('Check'),
			Check: wires('Stop & Error'),
		},
		settings: { executionOrder: 'v1', ...(errorWorkflow && { errorWorkflow }) },
	};
}

async function deliver(text: string, webhookId: string): Promise<void> {
	const body = textMessage(text);
	const url = webhookUrl(webhookId);
	const { status } = await post(url, body, signedHeaders(provider, url, body));
	expect(status).toBe(200);
}

describe('recover-after-crash', () => {
	let flowId: string;
	let recoverId: string;

	beforeAll(async () => {
		flowId = await client.publishWorkflow(flow(CRASHING_FLOW, 'crashing'));
		await waitForWebhook(webhookUrl('crashing'));
		await tagForRecovery(client, [flowId]);
		// Small pages, so that there is more than one.
		const changes = { 'limit=250': 'limit=2' };
		recoverId = await publishRecovery(client, server.url, 'xoxb-crash', changes);
	});

	const statuses = async () => (await client.executions(flowId)).map(({ status }) => status);

	const deliverText = (text: string) => deliver(text, 'crashing');

	/**
	 * Runs it as its schedule does; the editor's own runs are kept where others are not.
	 *
	 * @returns the id of its execution
	 */
	async function runOnSchedule(): Promise<string> {
		const known = new Set((await client.executions(recoverId)).map(({ id }) => id));
		const { data } = (await client.request('GET', `/rest/workflows/${recoverId}`)) as {
			data: Workflow;
		};
		const triggerToStartFrom = { name: 'Every 5 Minutes' };
		await client.request('POST', `/rest/workflows/${recoverId}/run`, {
			workflowData: data,
			triggerToStartFrom,
		});
		const done = async () =>
			(await client.executions(recoverId)).find(
				({ id, status }) => !known.has(id) && status === 'success',
			);
		await until(async () => (await done()) !== undefined);
		return (await done())?.id ?? '';
	}

	it('retries once each execution that n8n was killed in, and says so in one message', async () => {
		const texts = ['one', 'two', 'three', 'four', 'five'];
		await Promise.all(texts.map(deliverText));
		await server.kill();
		expect(recorder.texts.length).toBe(0);

		await start();
		const messages: { text: string }[] = [];
		await until(() => messages.push(...slack.take()) > 0, PATIENCE_MS);

		expect(recorder.take().sort()).toEqual([...texts].sort());
		expect(messages).toMatchObject([
			{
				text: expect.stringMatching(
					/^:arrows_counterclockwise: .+\n• Flow &lt;of a customer&gt;: retried and done \(execution \d+, \d+, \d+, \d+, \d+\)$/,
				) as string,
			},
		]);
		expect(outgoing.take().map(({ body }) => body)).toMatchObject([
			{ unfurl_links: false, unfurl_media: false },
		]);

		const before = await statuses();
		await runOnSchedule();
		expect(await statuses()).toEqual(before);
		expect(recorder.take()).toEqual([]);
		expect(slack.take()).toEqual([]);
	});

	it('never retries a retry that crashed again, and tells it once', async () => {
		recorder.delayMs = Infinity;
		await deliverText('poison');
		await until(() => recorder.texts.length === 1);
		await server.kill();
		await start();
		await until(() => recorder.texts.length === 2, PATIENCE_MS);
		await server.kill();
		await start();
		const messages: { text: string }[] = [];
		await until(() => messages.push(...slack.take()) > 0, PATIENCE_MS);

		expect(messages).toMatchObject([
			{ text: expect.stringMatching(/not retried, because it is the retry of \d+/) as string },
		]);
		expect(messages[0]?.text).toContain('What to do:');
		await runOnSchedule();
		expect(recorder.take()).toEqual(['poison', 'poison']);
		expect(slack.take()).toEqual([]);
	});

	it('retries an execution once although its schedule comes while it is at it', async () => {
		recorder.delayMs = Infinity;
		await deliverText('slow');
		await until(() => recorder.texts.length === 1);
		await server.kill();
		recorder.delayMs = 5_000;
		await start();
		await until(() => recorder.texts.length === 2, PATIENCE_MS);
		await runOnSchedule();
		await until(() => slack.take().length > 0, PATIENCE_MS);

		expect(recorder.take()).toEqual(['slow', 'slow']);
	});

	it('retries an execution that n8n was killed in before its first node, which stays Running', async () => {
		await deliverText('at once');
		await server.kill();
		await start();
		const messages: { text: string }[] = [];
		await until(() => messages.push(...slack.take()) > 0, PATIENCE_MS);

		expect(messages).toMatchObject([
			{ text: expect.stringContaining('retried and done') as string },
		]);
		expect(recorder.take()).toEqual(['at once']);
	});

	it('tells of what crashed days ago, and leaves it alone', async () => {
		recorder.delayMs = Infinity;
		await deliverText('old');
		await until(() => recorder.texts.length === 1);
		await server.kill();
		runSql(
			folder,
			`UPDATE execution_entity SET startedAt = datetime('now', '-4 days')
				WHERE status = 'running' AND workflowId = '${flowId}'`,
		);
		await start();
		const messages: { text: string }[] = [];
		await until(() => messages.push(...slack.take()) > 0, PATIENCE_MS);

		expect(messages).toMatchObject([
			{
				text: expect.stringContaining(
					'not retried any more, because it started more than 72 hours ago',
				) as string,
			},
		]);
		expect(recorder.take()).toEqual(['old']);
	});

	it('reads no further than the first page of what failed days ago', async () => {
		const texts = ['one', 'two', 'three', 'four', 'five'];
		const done = async () => (await statuses()).filter((status) => status === 'success').length;
		const before = await done();
		await Promise.all(texts.map(deliverText));
		await until(async () => (await done()) === before + texts.length);
		runSql(
			folder,
			`UPDATE execution_entity SET startedAt = datetime('now', '-4 days'), status = 'error'
				WHERE id IN (
					SELECT id FROM execution_entity WHERE workflowId = '${flowId}' ORDER BY id DESC LIMIT 5
				)`,
		);

		const execution = await client.execution(await runOnSchedule());
		const failed = execution
			.itemsOf('Each Execution')
			.filter(({ json }) => json.status === 'error');
		expect(new Set(failed.map(({ json }) => json.id)).size).toBe(2);
	});
});

describe('refusals-to-slack', () => {
	let flowId: string;

	beforeAll(async () => {
		const errorWorkflow = await client.publishWorkflow(
			importExample('refusals-to-slack', credentials),
		);
		flowId = await client.publishWorkflow(flow(FAILING_FLOW, 'failing', errorWorkflow));
		await waitForWebhook(webhookUrl('failing'));
	});

	it('tells of a failed execution: workflow, node, reason, and where to find it', async () => {
		await deliver('stop', 'failing');
		const messages: { text: string }[] = [];
		await until(() => messages.push(...slack.take()) > 0);

		const [{ id } = { id: '' }] = await client.executions(flowId);
		expect(messages).toEqual([
			{
				channel: CHANNEL,
				text: `:rotating_light: Flow &amp; its &lt;error workflow&gt; failed at Stop &amp; Error: &lt;!channel&gt; &amp; https://example.com/picture.png\nThe execution: http://127.0.0.1:${port}/workflow/${flowId}/executions/${id}`,
			},
		]);
		expect(outgoing.take().map(({ body }) => body)).toMatchObject([
			{ unfurl_links: false, unfurl_media: false },
		]);
	});

	it('tells of a delivery that the trigger refused, and what to do', async () => {
		const body = textMessage('forged');
		const url = webhookUrl('failing');
		const forged = signedHeaders(provider, url, body, provider.simulator.otherSecret);
		expect((await post(url, body, forged)).status).toBe(401);
		const messages: { text: string }[] = [];
		await until(() => messages.push(...slack.take()) > 0);

		expect(messages).toEqual([
			{
				channel: CHANNEL,
				text: expect.stringMatching(
					/^:rotating_light: Flow &amp; its &lt;error workflow&gt; failed at Trigger: Rejected a delivery from ChakraHQ: .+\nWhat to do: .*copy the secret again from ChakraHQ.+\nThe execution: http.+$/s,
				) as string,
			},
		]);
	});
});
