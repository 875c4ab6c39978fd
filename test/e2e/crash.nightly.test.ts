import type { Workflow } from '../kit/n8n/client';
import { credentialData, providerById } from '../kit/providers';
import { signedHeaders } from '../kit/sample-deliveries';
import { waitForWebhook } from '../kit/n8n/webhook';
import { until } from '../kit/until';
import {
	node,
	postText,
	trigger,
	waitASecond,
	wires,
	type SavedCredential,
} from '../kit/n8n/workflow-parts';
import { importExample } from '../kit/examples/import-example';
import { Instance } from '../kit/n8n/instance';
import { querySql, runSql } from '../kit/n8n/database';
import { post } from '../kit/post';
import { Recorder } from '../kit/services/recorder';
import { tagForRecovery } from '../kit/examples/recover-after-crash';
import { Outgoing } from '../kit/services/outgoing';
import { FakeSlack } from '../kit/services/slack';
import { metaDelivery, text as textOf } from '../support/meta-delivery';

jest.setTimeout(300_000);

const CHANNEL = '#whatsapp-alerts';
/** Two of them: n8n tells an error workflow of crashed executions too. */
const CRASHING_FLOW = 'Flow <of a customer>';
/** n8n keeps no execution of it that went well, so n8n itself doesn't know what was retried. */
const FORGETFUL_FLOW = 'Flow whose successes are not kept';
const FAILING_FLOW = 'Flow & its <error workflow>';
const PATIENCE_MS = 120_000;

const provider = providerById('chakrahq');
const slack = new FakeSlack('xoxb-crash', [CHANNEL]);
const credentials: Record<string, SavedCredential> = {};
let outgoing: Outgoing;
let recorder: Recorder;
let n8n: Instance;

beforeAll(async () => {
	outgoing = await Outgoing.start([slack]);
	recorder = await Recorder.start();
	n8n = await Instance.launch(outgoing.environment);

	const save = async (type: string, data: Record<string, unknown>) => {
		credentials[type] = await n8n.client.saveCredential({ name: type, type, data });
	};
	const scopes = ['workflow:list', 'execution:list', 'execution:retry'];
	const apiKey = await n8n.client.createApiKey('Recover after a crash', scopes);
	await save('n8nApi', { apiKey, baseUrl: `${n8n.url}/api/v1` });
	await save('slackApi', { accessToken: 'xoxb-crash' });
	await save(provider.credentialType, credentialData(provider));
});

afterAll(async () => {
	await n8n.remove();
	await recorder.stop();
	await outgoing.stop();
});

beforeEach(() => {
	recorder.delayMs = 0;
	recorder.take();
	slack.take();
});

const webhookUrl = (webhookId: string) => `${n8n.url}/webhook/${webhookId}/webhook`;

/** A second after the trigger it tells the recorder the message's text; it fails for "stop". */
function flow(name: string, webhookId: string, settings: Workflow['settings'] = {}): Workflow {
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
		settings: { executionOrder: 'v1', ...settings },
	};
}

async function deliver(text: string, webhookId: string): Promise<void> {
	const body = metaDelivery([{ name: 'A customer', content: textOf(text) }]);
	const url = webhookUrl(webhookId);
	const { status } = await post(url, body, signedHeaders(provider, url, body));
	expect(status).toBe(200);
}

describe('recover-after-crash', () => {
	let flowId: string;
	let forgetfulId: string;
	let recoverId: string;

	/** The example as a user sets it up, with seconds in place of its hour. */
	const recover = () =>
		importExample('recover-after-crash', credentials, {
			'http://localhost:5678/api/v1': `${n8n.url}/api/v1`,
			// Small pages, so that there is more than one.
			'limit=250': 'limit=2',
			'"amount":60,"unit":"minutes"': '"amount":1,"unit":"seconds"',
			// An hour that doesn't end within a test.
			'/ 3600000)': '/ 3600000000)',
		});

	beforeAll(async () => {
		flowId = await n8n.client.publishWorkflow(flow(CRASHING_FLOW, 'crashing'));
		const settings = { saveDataSuccessExecution: 'none' };
		forgetfulId = await n8n.client.publishWorkflow(flow(FORGETFUL_FLOW, 'forgetful', settings));
		await waitForWebhook(webhookUrl('crashing'));
		await waitForWebhook(webhookUrl('forgetful'));
		await tagForRecovery(n8n.client, [flowId, forgetfulId]);
		recoverId = await n8n.client.publishWorkflow(recover());
	});

	const statuses = async () => (await n8n.client.executions(flowId)).map(({ status }) => status);

	const deliverText = (text: string, webhookId = 'crashing') => deliver(text, webhookId);

	/** Waits for the next message in Slack; returns all that have come by then. */
	async function nextMessages(): Promise<{ text: string }[]> {
		const messages: { text: string }[] = [];
		await until(() => messages.push(...slack.take()) > 0, PATIENCE_MS);
		return messages;
	}

	/** Has the minutes go by after which a run reports what an earlier one couldn't. */
	function letReportsComeDue(): void {
		const [table] = querySql(
			n8n.folder,
			"SELECT id FROM data_table WHERE name = 'crashed executions'",
		);
		runSql(
			n8n.folder,
			`UPDATE data_table_user_${String(table?.id)} SET report_at = datetime('now', '-1 minute')
				WHERE report_at IS NOT NULL`,
		);
	}

	/**
	 * Runs it as its schedule does; the editor's own runs are kept where others are not.
	 *
	 * @returns the id of its execution
	 */
	async function runOnSchedule(): Promise<string> {
		const known = new Set((await n8n.client.executions(recoverId)).map(({ id }) => id));
		const { data } = (await n8n.client.request('GET', `/rest/workflows/${recoverId}`)) as {
			data: Workflow;
		};
		const triggerToStartFrom = { name: 'Every 5 Minutes' };
		await n8n.client.request('POST', `/rest/workflows/${recoverId}/run`, {
			workflowData: data,
			triggerToStartFrom,
		});
		const done = async () =>
			(await n8n.client.executions(recoverId)).find(
				({ id, status }) => !known.has(id) && status === 'success',
			);
		await until(async () => (await done()) !== undefined);
		return (await done())?.id ?? '';
	}

	it('retries once each execution that n8n was killed in, whether or not n8n keeps the retry', async () => {
		const texts = ['one', 'two', 'three', 'four', 'five'];
		await Promise.all(texts.map((text) => deliverText(text)));
		await deliverText('invoice', 'forgetful');
		await n8n.kill();
		expect(recorder.texts.length).toBe(0);

		await n8n.start();
		const messages = await nextMessages();

		expect(recorder.take().sort()).toEqual([...texts, 'invoice'].sort());
		const [heading, ...lines] = messages[0]?.text.split('\n') ?? [];
		expect(messages).toHaveLength(1);
		expect(heading).toMatch(/^:arrows_counterclockwise: /);
		expect(lines.sort()).toEqual([
			expect.stringMatching(
				/^• Flow &lt;of a customer&gt;: retried and done \(execution \d+, \d+, \d+, \d+, \d+\)$/,
			),
			expect.stringMatching(/^• Flow whose .+ not kept: retried and done \(execution \d+\)$/),
		]);

		const before = await statuses();
		for (let run = 0; run < 3; run++) await runOnSchedule();
		expect(await statuses()).toEqual(before);
		expect(recorder.take()).toEqual([]);
		expect(slack.take()).toEqual([]);
	});

	it('never retries a retry that crashed again, and reports it once', async () => {
		recorder.delayMs = Infinity;
		await deliverText('poison');
		await until(() => recorder.texts.length === 1);
		await n8n.kill();
		await n8n.start();
		await until(() => recorder.texts.length === 2, PATIENCE_MS);
		await n8n.kill();
		await n8n.start();
		const reports: string[] = [];
		const isReported = () => reports.some((text) => text.startsWith(':arrows'));
		await until(() => {
			reports.push(...slack.take().map(({ text }) => text));
			return isReported();
		}, PATIENCE_MS);

		expect(reports.filter((text) => text.startsWith(':arrows'))).toEqual([
			expect.stringMatching(/not retried, because it is the retry of \d+.+\nWhat to do: /),
		]);
		// Its own run was killed, too.
		expect(reports.filter((text) => !text.startsWith(':arrows'))).toEqual([
			expect.stringMatching(/^:rotating_light: Recover after a crash failed/),
		]);
		await runOnSchedule();
		expect(slack.take()).toEqual([]);

		// What it had asked n8n for when it was killed is reported when nothing can come of that any more.
		letReportsComeDue();
		await runOnSchedule();
		expect(slack.take()).toMatchObject([
			{ text: expect.stringContaining('may not have been retried, because n8n stopped') as string },
		]);
		expect(recorder.take()).toEqual(['poison', 'poison']);
	});

	it('retries an execution once although its schedule and a copy of it run at the same time', async () => {
		const copyId = await n8n.client.publishWorkflow({ ...recover(), name: 'A copy' });
		recorder.delayMs = Infinity;
		await deliverText('slow');
		await until(() => recorder.texts.length === 1);
		await n8n.kill();
		recorder.delayMs = 5_000;
		await n8n.start();
		await until(() => recorder.texts.length === 2, PATIENCE_MS);
		await runOnSchedule();
		await nextMessages();

		expect(recorder.take()).toEqual(['slow', 'slow']);
		await n8n.client.request('POST', `/rest/workflows/${copyId}/deactivate`, {});
	});

	it('retries an execution that stays Running, and reports it later if Slack is away', async () => {
		// n8n was killed in it before its first node.
		await deliverText('at once');
		await n8n.kill();
		// All that its message is tried.
		slack.errors.push(...Array<string>(3).fill('fatal_error'));
		await n8n.start();
		await until(() => slack.errors.length === 0, PATIENCE_MS);
		expect(recorder.take()).toEqual(['at once']);
		// A run that was killed has been reported within this hour, which hides no failure.
		expect(await nextMessages()).toMatchObject([
			{ text: expect.stringContaining('failed at Send to Slack: ') as string },
		]);

		letReportsComeDue();
		await runOnSchedule();
		expect(slack.take()).toMatchObject([
			{ text: expect.stringContaining('retried and done') as string },
		]);
		expect(recorder.take()).toEqual([]);
	});

	it('leaves alone what is old, a test, part of another workflow, or unpublished', async () => {
		recorder.delayMs = Infinity;
		const texts = ['old', 'test', 'called'];
		await Promise.all(texts.map((text) => deliverText(text)));
		await deliverText('unpublished', 'forgetful');
		await until(() => recorder.texts.length === texts.length + 1);
		await n8n.client.request('POST', `/rest/workflows/${forgetfulId}/deactivate`, {});
		await n8n.kill();
		// The newest: one that n8n was killed in before may be Running for ever.
		const change = (what: string, nth: number) => {
			runSql(
				n8n.folder,
				`UPDATE execution_entity SET ${what} WHERE id = (
					SELECT id FROM execution_entity
					WHERE status = 'running' AND workflowId = '${flowId}' ORDER BY id DESC LIMIT 1 OFFSET ${nth}
				)`,
			);
		};
		change("startedAt = datetime('now', '-4 days')", 0);
		change("mode = 'manual'", 1);
		change("mode = 'integrated'", 2);
		await n8n.start();
		const [message, ...more] = await nextMessages();

		expect(more).toEqual([]);
		expect(message?.text.split('\n').slice(1, -1).sort()).toEqual([
			expect.stringContaining('not retried, because another workflow started it'),
			expect.stringContaining('not retried, because it started more than 72 hours ago'),
		]);
		await runOnSchedule();
		expect(recorder.take().sort()).toEqual([...texts, 'unpublished'].sort());
		expect(slack.take()).toEqual([]);
	});

	it('reads no further than the first page of what failed days ago', async () => {
		const texts = ['one', 'two', 'three', 'four', 'five'];
		const done = async () => (await statuses()).filter((status) => status === 'success').length;
		const before = await done();
		await Promise.all(texts.map((text) => deliverText(text)));
		await until(async () => (await done()) === before + texts.length);
		runSql(
			n8n.folder,
			`UPDATE execution_entity SET startedAt = datetime('now', '-4 days'), status = 'error'
				WHERE id IN (
					SELECT id FROM execution_entity WHERE workflowId = '${flowId}' ORDER BY id DESC LIMIT 5
				)`,
		);

		const execution = await n8n.client.execution(await runOnSchedule());
		const failed = execution
			.itemsOf('Each Execution')
			.filter(({ json }) => json.status === 'error');
		expect(new Set(failed.map(({ json }) => json.id)).size).toBe(2);
	});

	it('says in Slack that n8n rejects its API key', async () => {
		const scopes = ['workflow:list', 'execution:list', 'execution:retry'];
		const inTwoSeconds = Math.floor(Date.now() / 1000) + 2;
		const apiKey = await n8n.client.createApiKey('Expires', scopes, inTwoSeconds);
		const name = 'n8nApi';
		const data = { apiKey, baseUrl: `${n8n.url}/api/v1` };
		await n8n.client.saveCredential({ name, type: name, data });
		// As if its first message had been an hour ago.
		runSql(n8n.folder, 'DELETE FROM processed_data');
		await n8n.restart();

		expect(await nextMessages()).toMatchObject([
			{
				text: expect.stringMatching(
					/^:rotating_light: Recover after a crash failed at Chosen Workflows: .+\nWhat to do: .+ it has expired or was deleted/,
				) as string,
			},
		]);
	});
});

describe('failures-to-slack', () => {
	let flowId: string;

	beforeAll(async () => {
		const errorWorkflow = await n8n.client.publishWorkflow(
			importExample('failures-to-slack', credentials),
		);
		flowId = await n8n.client.publishWorkflow(flow(FAILING_FLOW, 'failing', { errorWorkflow }));
		await waitForWebhook(webhookUrl('failing'));
	});

	it('tells of a failed execution: workflow, node, reason, and where to find it', async () => {
		await deliver('stop', 'failing');
		const messages: { text: string }[] = [];
		await until(() => messages.push(...slack.take()) > 0);

		const [{ id } = { id: '' }] = await n8n.client.executions(flowId);
		expect(messages).toEqual([
			{
				channel: CHANNEL,
				text: `:rotating_light: Flow &amp; its &lt;error workflow&gt; failed at Stop &amp; Error: &lt;!channel&gt; &amp; https://example.com/picture.png\nThe execution: ${n8n.url}/workflow/${flowId}/executions/${id}`,
			},
		]);
	});

	it('tells of a delivery that the trigger rejected, and what to do', async () => {
		const body = metaDelivery([{ name: 'A customer', content: textOf('forged') }]);
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
