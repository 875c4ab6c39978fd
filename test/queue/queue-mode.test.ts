import { setTimeout as sleep } from 'node:timers/promises';
import { N8nClient, type Workflow } from '../../playground/n8n-client';
import { playedProvider, sampleBody, withNewIds } from '../../playground/sample-deliveries';
import { isRegistered } from '../../playground/show';
import { post, type Answer } from '../support/post';
import { until } from '../support/until';
import {
	clearPath,
	deliveryPath,
	EVENTS_TABLE,
	ONCE,
	removeDuplicatesWorkflow,
	uniqueKeyWorkflow,
} from './once-workflows';
import { QueueCluster, type Member } from './queue-cluster';
import { describeWithServers } from './with-servers';

jest.setTimeout(600_000);

const PATIENCE_MS = 120_000;
/** How long an execution that must not be there is waited for. */
const QUIET_MS = 1_500;
const PAIRS = 30;

describeWithServers('n8n in queue mode', () => {
	const provider = playedProvider('pingmate');
	let cluster: QueueCluster;
	let client: N8nClient;
	let credential: { id: string; name: string };
	let workflowId: string;

	const main = () => cluster.main;
	const webhook1 = () => cluster.webhooks[0];
	const webhook2 = () => cluster.webhooks[1];

	beforeAll(async () => {
		cluster = await QueueCluster.create();
		await cluster.start();
		client = new N8nClient(cluster.main.url);
		await client.login();
		credential = await client.saveCredential({
			name: 'PingMate',
			type: provider.credentialType,
			data: { webhookSecret: provider.secret, secondWebhookSecret: '' },
		});
		workflowId = await publish(removeDuplicatesWorkflow('once', provider, credential));
	});

	afterAll(async () => {
		await cluster.stop();
	});

	/** Publishes the workflow and waits until every process answers at its path. */
	async function publish(workflow: Workflow): Promise<string> {
		const id = await client.publishWorkflow(workflow);
		for (const { url } of [cluster.main, ...cluster.webhooks]) {
			await until(() => isRegistered(`${url}${deliveryPath(workflow.name)}`), PATIENCE_MS);
		}
		return id;
	}

	const newDelivery = () => withNewIds(sampleBody(provider, 'message.received'));

	async function send(member: Member, body: Buffer, workflow = 'once'): Promise<Answer> {
		const headers = provider.sign(body, provider.secret);
		return await post(`${member.url}${deliveryPath(workflow)}`, body, headers);
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
	async function runsOf(
		expected: number,
		step: () => Promise<unknown>,
		{ id = workflowId, quietMs = QUIET_MS } = {},
	): Promise<Run[]> {
		const before = new Set((await client.executions(id)).map((execution) => execution.id));
		await step();
		const started = async () =>
			(await client.executions(id)).filter((execution) => !before.has(execution.id)).reverse();
		await until(async () => (await started()).filter(hasEnded).length >= expected, PATIENCE_MS);
		await sleep(quietMs);
		return await Promise.all(
			(await started()).map(async (execution) => ({
				...execution,
				passed: hasEnded(execution)
					? (await client.execution(execution.id)).itemsOf(ONCE).length
					: 0,
			})),
		);
	}

	/** What became of pairs of copies, each pair sent to two webhook processors at the same moment. */
	async function racesOf(
		workflow: string,
		id: string,
	): Promise<{ runs: number; passed: number }[]> {
		const races: { runs: number; passed: number }[] = [];
		for (let pair = 0; pair < PAIRS; pair++) {
			const delivery = newDelivery();
			const runs = await runsOf(
				2,
				() => Promise.all(cluster.webhooks.map((member) => send(member, delivery, workflow))),
				{ id, quietMs: 0 },
			);
			races.push({ runs: runs.length, passed: runs.reduce((sum, { passed }) => sum + passed, 0) });
		}
		return races;
	}

	it.each([
		['the main process', main],
		['a webhook processor', webhook1],
		['another webhook processor', webhook2],
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
	])('refuses forged deliveries at %s, and reports the first', async (_, member) => {
		const answers: Answer[] = [];
		const runs = await runsOf(1, async () => {
			for (let n = 0; n < 5; n++) {
				const forged = newDelivery();
				const headers = provider.sign(forged, 'forged');
				answers.push(await post(`${member().url}${deliveryPath('once')}`, forged, headers));
			}
		});

		expect(answers).toEqual(Array(5).fill({ status: 401, body: 'Unauthorized' }));
		expect(runs).toMatchObject([{ status: 'error', passed: 0 }]);
		const lines = member()
			.log()
			.split('\n')
			.filter((line) => line.includes('Refused a PingMate delivery to node "Trigger"'));
		expect(lines).toHaveLength(1);
		expect(member().log()).not.toContain('Cannot set headers');
	});

	it.each([
		['the main process and a webhook processor', main, webhook1],
		['two webhook processors', webhook1, webhook2],
	])(
		'remembers an event in each process by itself, with Remove Duplicates in all: %s',
		async (_, first, second) => {
			const delivery = newDelivery();

			expect(await runsOf(1, () => send(first(), delivery))).toMatchObject([{ passed: 1 }]);
			expect(await runsOf(0, () => send(first(), delivery))).toEqual([]);
			expect(await runsOf(1, () => send(second(), delivery))).toMatchObject([
				{ status: 'success', passed: 0 },
			]);
		},
	);

	it('passes an event on once over a restart of n8n, with Remove Duplicates', async () => {
		const delivery = newDelivery();
		expect(await runsOf(1, () => send(main(), delivery))).toMatchObject([{ passed: 1 }]);

		await Promise.all([cluster.main.restart(), cluster.worker.restart()]);

		// The memory of the process is gone, so there is an execution.
		expect(await runsOf(1, () => send(main(), delivery))).toMatchObject([
			{ status: 'success', passed: 0 },
		]);
	});

	it('keeps what it answered 200 while no worker runs, over a restart of Redis too', async () => {
		const delivery = newDelivery();
		let answer: Answer | undefined;
		const runs = await runsOf(1, async () => {
			await cluster.worker.stop();
			answer = await send(webhook1(), delivery);
			await cluster.redis.stop();
			await cluster.redis.start();
			await cluster.worker.start();
		});

		expect(answer?.status).toBe(200);
		expect(runs).toMatchObject([{ status: 'success', passed: 1 }]);
	});

	it('answers 500 while Redis takes no writes, and processes the retry', async () => {
		const delivery = newDelivery();
		cluster.redis.command('config', 'set', 'maxmemory', '1');
		const refused = await send(webhook1(), delivery);
		cluster.redis.command('config', 'set', 'maxmemory', '0');
		expect(refused.status).toBe(500);

		const runs = await runsOf(1, async () => {
			await send(webhook1(), delivery);
			await send(webhook1(), delivery);
		});
		expect(runs).toMatchObject([{ status: 'success', passed: 1 }]);
	});

	it('answers once Redis is back, when it was away for a moment', async () => {
		const delivery = newDelivery();
		let answer: Answer | undefined;
		const runs = await runsOf(1, async () => {
			await cluster.redis.stop();
			const sent = send(webhook1(), delivery);
			await sleep(2_000);
			await cluster.redis.start();
			answer = await sent;
			await send(webhook1(), delivery);
		});

		expect(answer?.status).toBe(200);
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

	it('fails once the history of Remove Duplicates is full, until it is cleared', async () => {
		const id = await publish(removeDuplicatesWorkflow('small-history', provider, credential, 2));
		const deliverOne = async () =>
			await runsOf(1, () => send(webhook1(), newDelivery(), 'small-history'), { id });

		expect(await deliverOne()).toMatchObject([{ status: 'success', passed: 1 }]);
		expect(await deliverOne()).toMatchObject([{ status: 'success', passed: 1 }]);
		const [failed] = await deliverOne();
		expect(failed).toMatchObject({ status: 'error', passed: 0 });
		expect(await deliverOne()).toMatchObject([{ status: 'error', passed: 0 }]);

		const clear = () => fetch(`${cluster.main.url}${clearPath('small-history')}`);
		expect(await runsOf(1, clear, { id })).toMatchObject([{ status: 'success' }]);

		// As Retry does under Executions in the editor.
		const retry = () =>
			client.request('POST', `/rest/executions/${failed?.id}/retry`, { loadWorkflow: false });
		expect(await runsOf(1, retry, { id })).toMatchObject([{ status: 'success', passed: 1 }]);
		expect(await deliverOne()).toMatchObject([{ status: 'success', passed: 1 }]);
	});

	it('loses neither of two copies that arrive at the same moment, with Remove Duplicates', async () => {
		const races = await racesOf('once', workflowId);

		expect(races).toEqual(races.map(({ passed }) => ({ runs: 2, passed: passed === 2 ? 2 : 1 })));
		const twice = races.filter(({ passed }) => passed === 2).length;
		console.info(`Of ${PAIRS} pairs at the same moment Remove Duplicates let ${twice} pass twice.`);
	});

	it('passes one of two copies that arrive at the same moment, with a unique key', async () => {
		cluster.postgres.sql(EVENTS_TABLE);
		const { port, user, database } = cluster.postgres;
		const access = await client.saveCredential({
			name: 'Events table',
			type: 'postgres',
			data: { host: '127.0.0.1', port: String(port), user, database, password: '', ssl: 'disable' },
		});
		const id = await publish(uniqueKeyWorkflow('unique-key', provider, credential, access));

		const races = await racesOf('unique-key', id);

		expect(races).toEqual(Array(PAIRS).fill({ runs: 2, passed: 1 }));
	});
});

const hasEnded = ({ status }: { status: string }) =>
	['success', 'error', 'crashed'].includes(status);
