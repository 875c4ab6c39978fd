import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowNode } from '../kit/n8n/client';
import { providerById } from '../kit/providers';
import { signedHeaders } from '../kit/sample-deliveries';
import { waitForWebhook } from '../kit/n8n/webhook';
import { until } from '../kit/until';
import {
	node,
	saveCredential,
	trigger,
	wires,
	type SavedCredential,
} from '../kit/n8n/workflow-parts';
import { Instance } from '../kit/n8n/instance';
import { post, type Answer } from '../kit/post';
import { Recorder } from '../kit/services/recorder';

jest.setTimeout(300_000);

const HOUR = 60 * 60_000;
const FORGED = 200;
const AT_ONCE = 20;

const provider = providerById('chakrahq');
const folder = mkdtempSync(join(tmpdir(), 'whatsapp-triggers-rejections-'));
const clock = join(folder, 'clock');

let n8n: Instance;
let recorder: Recorder;
let credential: SavedCredential;

beforeAll(async () => {
	writeFileSync(clock, '0');
	recorder = await Recorder.start();
	n8n = await Instance.launch({
		NODE_OPTIONS: `--require ${join(__dirname, '..', 'support', 'turnable-clock.js')}`,
		TURNABLE_CLOCK: clock,
		N8N_CONCURRENCY_PRODUCTION_LIMIT: '1',
	});
	credential = await saveCredential(n8n, provider);
});

afterAll(async () => {
	await n8n.remove();
	await recorder.stop();
	rmSync(folder, { recursive: true, force: true });
});

const listener = (webhookId: string): WorkflowNode => ({
	...trigger(provider, credential, { events: ['message.received'] }),
	webhookId,
});

const urlOf = (webhookId: string) => `${n8n.url}/webhook/${webhookId}/webhook`;

const messages = (...ids: string[]) =>
	Buffer.from(
		JSON.stringify({
			object: 'whatsapp_business_account',
			entry: [
				{
					id: '1',
					changes: [
						{
							field: 'messages',
							value: {
								messages: ids.map((id) => ({
									id: `wamid.${id}`,
									from: '919900000001',
									timestamp: '1756322278',
									type: 'text',
									text: { body: id },
								})),
							},
						},
					],
				},
			],
		}),
	);

/** Posts a body that somebody without the secret signed. */
async function forge(url: string, body: Buffer): Promise<Answer> {
	const { otherSecret } = provider.simulator;
	return await post(url, body, signedHeaders(provider, url, body, otherSecret));
}

/** The message and the description of the error that an execution failed with. */
async function errorOf(executionId: string): Promise<{ message: string; description: string }> {
	const { data } = (await n8n.client.request('GET', `/rest/executions/${executionId}`)) as {
		data: { data: string };
	};
	// n8n stores its run data flat, every text once.
	const texts = (JSON.parse(data.data) as unknown[]).filter((part) => typeof part === 'string');
	const find = (pattern: RegExp) => texts.find((part) => pattern.test(part)) ?? '';
	return { message: find(/^Rejected /), description: find(/^If it came from /) };
}

describe('forged deliveries to a published workflow', () => {
	let workflowId: string;

	beforeAll(async () => {
		const errorWorkflow = await n8n.client.publishWorkflow({
			name: 'Error workflow',
			nodes: [
				node('Error Trigger', 'n8n-nodes-base.errorTrigger', 1, {}),
				node('Tell', 'n8n-nodes-base.httpRequest', 4.2, {
					method: 'POST',
					url: recorder.url,
					sendBody: true,
					specifyBody: 'json',
					jsonBody: '={{ JSON.stringify($json) }}',
				}),
			],
			connections: { 'Error Trigger': wires('Tell') },
			settings: { executionOrder: 'v1' },
		});
		workflowId = await n8n.client.publishWorkflow({
			name: 'Attacked',
			nodes: [listener('attacked'), node('Done', 'n8n-nodes-base.noOp', 1, {})],
			connections: { Trigger: wires('Done') },
			settings: { executionOrder: 'v1', errorWorkflow },
		});
		await waitForWebhook(urlOf('attacked'));
	});

	const executions = async () => await n8n.client.executions(workflowId);
	const linesInLog = () =>
		n8n
			.log()
			.split('\n')
			.filter((line) => line.includes('to node "Trigger" of workflow "Attacked"'));

	it('are all answered 401, and make one failed execution and one line in the log', async () => {
		const statuses: number[] = [];
		const startedAt = Date.now();
		for (let sent = 0; sent < FORGED; sent += AT_ONCE) {
			const answers = await Promise.all(
				Array.from({ length: AT_ONCE }, async (_, n) => {
					return await forge(urlOf('attacked'), messages(`forged ${sent + n}`));
				}),
			);
			statuses.push(...answers.map(({ status }) => status));
		}
		const seconds = (Date.now() - startedAt) / 1000;
		await until(async () => (await executions()).length > 0);
		await sleep(1_500);

		console.info(`${FORGED} forged deliveries in ${seconds.toFixed(1)} s`);
		expect(seconds).toBeLessThan(60);
		expect(statuses).toEqual(Array(FORGED).fill(401));
		expect((await executions()).map(({ status }) => status)).toEqual(['error']);
		expect(linesInLog()).toHaveLength(1);
		expect(n8n.log()).not.toContain('Cannot set headers');
	});

	it('are shown in the failed execution with what to do', async () => {
		const [execution] = await executions();
		expect(await errorOf(execution?.id ?? '')).toEqual({
			message: "Rejected a delivery from ChakraHQ: the signature doesn't match",
			description: expect.stringMatching(/copy the secret again from ChakraHQ .+\.$/) as string,
		});
	});

	it('reach the error workflow with what happened and what to do', async () => {
		await until(() => recorder.bodies.length > 0);

		expect(recorder.bodies).toHaveLength(1);
		expect(JSON.stringify(recorder.bodies[0])).toContain(
			"Rejected a delivery from ChakraHQ: the signature doesn't match",
		);
		expect(JSON.stringify(recorder.bodies[0])).toContain('copy the secret again from ChakraHQ');
	});

	it('are reported once more an hour later, with how many there were', async () => {
		const body = messages('an hour later');
		writeFileSync(clock, String(HOUR));
		for (let n = 0; n < 3; n++) {
			expect((await forge(urlOf('attacked'), body)).status).toBe(401);
		}
		await until(async () => (await executions()).length > 1);
		await sleep(1_500);

		const [latest, ...earlier] = await executions();
		expect(earlier).toHaveLength(1);
		expect(await errorOf(latest?.id ?? '')).toMatchObject({
			message: `Rejected ${FORGED} deliveries from ChakraHQ: the signature doesn't match`,
		});
		expect(linesInLog()).toHaveLength(2);
		await until(() => recorder.bodies.length === 2);
	});
});

describe('a queued execution that somebody stops', () => {
	const SLOW_SECONDS = 3;
	let workflowId: string;

	beforeAll(async () => {
		workflowId = await n8n.client.publishWorkflow({
			name: 'Slow',
			nodes: [
				listener('slow'),
				node('Wait', 'n8n-nodes-base.wait', 1.1, { amount: SLOW_SECONDS, unit: 'seconds' }),
			],
			connections: { Trigger: wires('Wait') },
			settings: { executionOrder: 'v1' },
		});
		await waitForWebhook(urlOf('slow'));
	});

	it('has its retry answered 503 in time, and holds up no other event', async () => {
		const send = async (...ids: string[]) => {
			const body = messages(...ids);
			const startedAt = performance.now();
			const url = urlOf('slow');
			const { status } = await post(url, body, signedHeaders(provider, url, body));
			return { status, seconds: (performance.now() - startedAt) / 1000 };
		};
		expect((await send('first')).status).toBe(200);
		void send('stopped').catch(() => undefined);
		const queued = async () =>
			(await n8n.client.executions(workflowId)).find(({ status }) => status === 'new');
		await until(async () => (await queued()) !== undefined);
		await n8n.client.request('POST', `/rest/executions/${(await queued())?.id ?? ''}/stop`);
		await until(async () =>
			(await n8n.client.executions(workflowId)).every(({ status }) => status !== 'running'),
		);

		const [retry, batch] = await Promise.all([send('stopped'), send('stopped', 'new')]);

		console.info(
			`retry: ${retry.status} after ${retry.seconds.toFixed(1)} s; with a new event beside it: ${batch.status} after ${batch.seconds.toFixed(1)} s`,
		);
		expect(retry.status).toBe(503);
		expect(retry.seconds).toBeLessThan(11);
		expect(batch.status).toBe(200);
		await until(async () =>
			(await n8n.client.executions(workflowId)).every(({ status }) => status !== 'running'),
		);
		const [latest] = await n8n.client.executions(workflowId);
		const { itemsOf } = await n8n.client.execution(latest?.id ?? '');
		expect(itemsOf('Trigger').map(({ json }) => json.text)).toEqual(['new']);
	});
});
