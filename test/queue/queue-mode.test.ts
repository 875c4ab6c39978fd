import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { N8nClient, type Workflow } from '../kit/n8n/client';
import { credentialData, providerById, sampleOf } from '../kit/providers';
import { signedHeaders, withNewIds } from '../kit/sample-deliveries';
import { isRegistered } from '../kit/n8n/webhook';
import { until } from '../kit/until';
import {
	node,
	postText,
	publish,
	saveCredential,
	trigger,
	TRIGGER,
	wires,
} from '../kit/n8n/workflow-parts';
import type { Member } from '../kit/n8n/member';
import { post, type Answer } from '../kit/post';
import { Recorder } from '../kit/services/recorder';
import { DELIVERY_PATH, ONCE, onceWorkflow } from './once-workflow';
import { QueueCluster } from '../kit/n8n/queue-cluster';
import { describeWithServers } from './with-servers';

jest.setTimeout(600_000);

const PATIENCE_MS = 120_000;
/** How long an execution that must not be there is waited for. */
const QUIET_MS = 1_500;

describeWithServers('n8n in queue mode', () => {
	const provider = providerById('pingmate');
	let cluster: QueueCluster;
	let client: N8nClient;
	let workflowId: string;

	const main = () => cluster.main;
	const webhook1 = () => cluster.webhooks[0];
	const webhook2 = () => cluster.webhooks[1];

	beforeAll(async () => {
		// Test events too are executed in the worker then, as they always are in n8n 3.
		const settings = { OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true' };
		cluster = await QueueCluster.create({ settings });
		await cluster.start();
		client = new N8nClient(cluster.main.url);
		await client.login();
		const credential = await client.saveCredential({
			name: provider.displayName,
			type: provider.credentialType,
			data: credentialData(provider),
		});
		workflowId = await client.publishWorkflow(onceWorkflow(provider, credential));
		for (const { url } of [cluster.main, ...cluster.webhooks]) {
			await until(() => isRegistered(`${url}${DELIVERY_PATH}`), PATIENCE_MS);
		}
	});

	afterAll(async () => {
		await cluster.stop();
	});

	const newDelivery = () => withNewIds(provider, sampleOf(provider, 'message.received').rawBody);

	async function send(
		member: Member,
		body: Buffer,
		secret = provider.simulator.secret,
	): Promise<Answer> {
		const url = `${member.url}${DELIVERY_PATH}`;
		return await post(url, body, signedHeaders(provider, url, body, secret));
	}

	/** An execution that has ended, and how many items came through as new. */
	interface Run {
		id: string;
		status: string;
		passed: number;
	}

	/**
	 * The executions that a step started, in the order of their start.
	 *
	 * @param expected how many are waited for
	 */
	async function runsOf(expected: number, step: () => Promise<unknown>): Promise<Run[]> {
		const before = new Set((await client.executions(workflowId)).map((execution) => execution.id));
		await step();
		const started = async () =>
			(await client.executions(workflowId))
				.filter((execution) => !before.has(execution.id))
				.reverse();
		await until(async () => (await started()).filter(hasEnded).length >= expected, PATIENCE_MS);
		await sleep(QUIET_MS);
		return await Promise.all(
			(await started()).map(async (execution) => ({
				...execution,
				passed: hasEnded(execution)
					? (await client.execution(execution.id)).itemsOf(ONCE).length
					: 0,
			})),
		);
	}

	it.each([
		['the main process', main],
		['a webhook processor', webhook1],
	])('verifies a delivery at %s and executes it in the worker', async (_, member) => {
		let answer: Answer | undefined;
		const runs = await runsOf(1, async () => {
			answer = await send(member(), newDelivery());
		});

		expect(answer?.status).toBe(200);
		expect(runs).toMatchObject([{ status: 'success', passed: 1 }]);
		expect(cluster.worker.log()).toContain(`Worker finished execution ${runs[0]?.id}`);
	});

	it.each([
		['the main process', main],
		['a webhook processor', webhook1],
	])('rejects forged deliveries at %s, and reports the first', async (_, member) => {
		const { otherSecret } = provider.simulator;
		const answers: Answer[] = [];
		const runs = await runsOf(1, async () => {
			for (let n = 0; n < 5; n++) {
				answers.push(await send(member(), newDelivery(), otherSecret));
			}
		});

		expect(answers).toEqual(Array(5).fill({ status: 401, body: 'Unauthorized' }));
		expect(runs).toMatchObject([{ status: 'error', passed: 0 }]);
		const lines = member()
			.log()
			.split('\n')
			.filter((line) =>
				line.includes(`Rejected a delivery from ${provider.displayName} to node "Trigger"`),
			);
		expect(lines).toHaveLength(1);
		expect(member().log()).not.toContain('Cannot set headers');
	});

	it('executes a test event in the worker, and shows there what was rejected', async () => {
		const url = `${cluster.main.url}/webhook-test/once/webhook`;
		const { data } = (await client.request('GET', `/rest/workflows/${workflowId}`)) as {
			data: Workflow;
		};
		const deliverTo = async (secret: string) => {
			await client.executeStep(data, TRIGGER);
			await until(() => isRegistered(url));
			const body = newDelivery();
			return await post(url, body, signedHeaders(provider, url, body, secret));
		};
		const answers: Answer[] = [];
		const { secret, otherSecret } = provider.simulator;
		const [authentic] = await runsOf(1, async () => answers.push(await deliverTo(secret)));
		const [forged] = await runsOf(1, async () => answers.push(await deliverTo(otherSecret)));

		expect(answers.map(({ status }) => status)).toEqual([200, 401]);
		expect(authentic).toMatchObject({ status: 'success' });
		expect((await client.execution(authentic?.id ?? '')).itemsOf(TRIGGER)).toHaveLength(1);
		expect(cluster.worker.log()).toContain(`Worker finished execution ${authentic?.id}`);
		expect(forged).toMatchObject({ status: 'error' });
		const { data: failed } = (await client.request('GET', `/rest/executions/${forged?.id}`)) as {
			data: { data: string };
		};
		expect(failed.data).toContain("Rejected a delivery from PingMate: the signature doesn't match");
		expect(failed.data).toContain('copy the secret again');
	});

	it('remembers an event in each process by itself, with Remove Duplicates in all', async () => {
		const delivery = newDelivery();

		expect(await runsOf(1, () => send(webhook1(), delivery))).toMatchObject([{ passed: 1 }]);
		expect(await runsOf(0, () => send(webhook1(), delivery))).toEqual([]);
		expect(await runsOf(1, () => send(webhook2(), delivery))).toMatchObject([
			{ status: 'success', passed: 0 },
		]);
	});

	it('lets copies that reach two processes at once through once, by the statements of docs/duplicates.md', async () => {
		const page = readFileSync(join(__dirname, '..', '..', 'docs', 'duplicates.md'), 'utf8');
		const statements = [...page.matchAll(/^```sql\n([\s\S]*?)^```/gm)].map(([, sql = '']) => sql);
		const [table = '', query = ''] = statements;
		cluster.postgres.sql(table);
		const { port, user, database } = cluster.postgres;
		const data = {
			host: '127.0.0.1',
			port: String(port),
			user,
			database,
			password: '',
			ssl: 'disable',
		};
		const postgres = await client.saveCredential({ name: 'postgres', type: 'postgres', data });
		const recorder = await Recorder.start();
		const credential = await saveCredential({ client }, provider);
		await publish(
			{ client, url: cluster.main.url },
			'unique',
			[
				trigger(provider, credential, { events: ['message.received'] }),
				node(
					'Only New',
					'n8n-nodes-base.postgres',
					2.6,
					{
						operation: 'executeQuery',
						query,
						options: { queryReplacement: '={{ [$json.eventId] }}', queryBatching: 'independently' },
					},
					{ postgres },
				),
				postText('Tell', recorder.url, '={{ $json.event_id }}'),
			],
			{ [TRIGGER]: wires('Only New'), 'Only New': wires('Tell') },
		);
		const urls = cluster.webhooks.map(({ url }) => `${url}/webhook/unique/webhook`);
		for (const url of urls) await until(() => isRegistered(url), PATIENCE_MS);

		const pairs = Array.from({ length: 20 }, newDelivery);
		for (const body of pairs) {
			const answers = urls.map((url) => post(url, body, signedHeaders(provider, url, body)));
			expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200]);
		}
		await until(() => recorder.texts.length >= pairs.length, PATIENCE_MS);
		const open = `SELECT count(*) FROM execution_entity WHERE status IN ('new', 'running')`;
		await until(() => cluster.postgres.sql(open) === '0', PATIENCE_MS);
		await sleep(QUIET_MS);
		const passed = recorder.take();
		await recorder.stop();

		expect([passed.length, new Set(passed).size]).toEqual([pairs.length, pairs.length]);
	});

	it('executes once what it has answered while no worker runs and Redis is restarted', async () => {
		const answers: Answer[] = [];
		const runs = await runsOf(1, async () => {
			await cluster.worker.stop();
			answers.push(await send(webhook1(), newDelivery()));
			await cluster.redis.stop();
			await cluster.redis.start();
			await cluster.worker.start();
		});

		expect(answers).toMatchObject([{ status: 200 }]);
		expect(runs).toMatchObject([{ status: 'success', passed: 1 }]);
	});

	it('answers 500 while Redis takes no writes, and processes the retry', async () => {
		const delivery = newDelivery();
		cluster.redis.command('config', 'set', 'maxmemory', '1');
		const rejected = await send(webhook1(), delivery);
		cluster.redis.command('config', 'set', 'maxmemory', '0');
		expect(rejected.status).toBe(500);

		const runs = await runsOf(1, async () => {
			await send(webhook1(), delivery);
			await send(webhook1(), delivery);
		});
		expect(runs).toMatchObject([{ status: 'success', passed: 1 }]);
	});

	it('processes the retry of a delivery that went down with its webhook processor', async () => {
		const delivery = newDelivery();
		const runs = await runsOf(1, async () => {
			await cluster.redis.stop();
			const sent = expect(send(webhook1(), delivery)).rejects.toThrow(/hang up|ECONNRESET/);
			await sleep(1_000);
			// As n8n ends by itself when Redis is away for longer than 10 seconds.
			await webhook1().stop();
			await sent;
			await cluster.redis.start();
			await webhook1().start();
			await send(webhook1(), delivery);
		});

		expect(runs.filter(({ status }) => status === 'success')).toMatchObject([{ passed: 1 }]);
	});
});

const hasEnded = ({ status }: { status: string }) =>
	['success', 'error', 'crashed'].includes(status);
