import { setTimeout as sleep } from 'node:timers/promises';
import { N8nClient } from '../test/kit/n8n/client';
import { providerById } from '../test/kit/providers';
import { isRegistered } from '../test/kit/n8n/webhook';
import { until } from '../test/kit/until';
import {
	postText,
	publish,
	saveCredential,
	trigger,
	TRIGGER,
	wires,
} from '../test/kit/n8n/workflow-parts';
import { installServers } from '../test/kit/n8n/install-servers';
import { QueueCluster } from '../test/kit/n8n/queue-cluster';
import { Recorder } from '../test/kit/services/recorder';
import { forged, newMessages } from './deliveries';
import { load } from './load';
import { table, type Part, type Results } from './page';
import { cpuTime } from './process';
import { step } from './progress';

const IDLE_SECONDS = 30;
const PATIENCE_MS = 300_000;

const provider = providerById('meta');

/** What is sent in one go, at a rate below what the machine can do, so that nothing waits. */
const LOADS = [
	{ name: '1 event, trigger only', events: 1, deliveries: 1_200, rate: 40 },
	{ name: '10 events, trigger only', events: 10, deliveries: 900, rate: 30 },
	{ name: '100 events, trigger only', events: 100, deliveries: 450, rate: 15 },
	{ name: '1 event, then HTTP Request', events: 1, deliveries: 360, rate: 12 },
	{ name: '10 events, then HTTP Request', events: 10, deliveries: 300, rate: 10 },
	{ name: 'rejected (401)', events: 1, deliveries: 4_000, rate: 200 },
].map((one) => {
	const isExecuted = !one.name.startsWith('rejected');
	return {
		...one,
		path: one.name.endsWith('Request') ? 'request' : 'trigger',
		isExecuted,
		next: isExecuted ? newMessages(provider, one.events) : forged(provider),
	};
});

type Load = (typeof LOADS)[number];

/** What an event costs each part of n8n in queue mode: what docs/capacity.md reckons with. */
export const cost: Part = {
	title: 'The cost of an event in queue mode',
	async measure() {
		const missing = installServers();
		if (missing) throw new Error(missing);
		const cluster = await QueueCluster.create();
		const recorder = await Recorder.start();
		try {
			await cluster.start();
			const client = new N8nClient(cluster.main.url);
			await client.login();
			const instance = { client, url: cluster.main.url };
			const credential = await saveCredential(instance, provider);
			const first = trigger(provider, credential, { events: ['message.received'] });
			const request = postText('Request', recorder.url, '={{ $json.summary }}');
			await publish(instance, 'trigger', [first]);
			await publish(instance, 'request', [first, request], { [TRIGGER]: wires('Request') });
			const [processor] = cluster.webhooks;
			for (const path of ['trigger', 'request']) {
				await until(() => isRegistered(`${processor.url}/webhook/${path}/webhook`), PATIENCE_MS);
			}
			return { results: await measureAll(cluster), hasHeld: true };
		} finally {
			await cluster.stop();
			await recorder.stop();
		}
	},
	text: (
		results,
	) => `n8n runs in queue mode with one webhook processor, one worker, and the main process, and stores every execution. The load is
below what the machine can do, so nothing waits. The table shows processor time per delivery, without what each
process uses when idle, and what PostgreSQL stores per delivery.

${table(results, 'cost')}

${table(results, 'idle')}`,
};

/** The processes by their names; each has its processor time measured. */
const PROCESSES: [name: string, pidIn: (cluster: QueueCluster) => number][] = [
	['Webhook processor', ({ webhooks }) => webhooks[0].pid],
	['Worker', ({ worker }) => worker.pid],
	['Main process', ({ main }) => main.pid],
	['PostgreSQL', ({ postgres }) => postgres.pid],
	['Redis', ({ redis }) => redis.pid],
];

/** Bytes that PostgreSQL has written ahead, and the bytes of n8n's database. */
const STORED = [
	`SELECT pg_current_wal_lsn() - '0/0'`,
	'SELECT pg_database_size(current_database())',
];

async function measureAll(cluster: QueueCluster): Promise<Results> {
	const cpu = () => PROCESSES.map(([, pidIn]) => cpuTime(pidIn(cluster)));
	const stored = () => STORED.map((statement) => Number(cluster.postgres.sql(statement)));
	const since = (before: readonly number[], now: readonly number[]) =>
		now.map((value, n) => value - (before[n] ?? NaN));

	// Warm, and with the first connections open.
	for (const one of LOADS) await send(cluster, { ...one, deliveries: 200 });
	step('cost: idle');
	const atRest = cpu();
	await sleep(IDLE_SECONDS * 1000);
	const idle = since(atRest, cpu()).map((seconds) => seconds / IDLE_SECONDS);

	const rows: (string | number)[][] = [];
	for (const one of LOADS) {
		step(`cost: ${one.name}`);
		const before = { cpu: cpu(), stored: stored() };
		const startedAt = performance.now();
		await send(cluster, one);
		const took = (performance.now() - startedAt) / 1000;
		const each = (value: number) => Math.max((value * 1000) / one.deliveries, 0);
		rows.push([
			one.name,
			...since(before.cpu, cpu()).map((used, n) => each(used - (idle[n] ?? NaN) * took)),
			...since(before.stored, stored()).map((bytes) => each(bytes / 1e6)),
		]);
	}
	const names = PROCESSES.map(([name]) => name);
	const head = [
		...['Delivery of', ...names.map((name) => `${name}, ms`)],
		...['Write-ahead log, kB', 'Database, kB'],
	];
	const idleRows = names.map((name, n) => [name, Number(((idle[n] ?? NaN) * 100).toFixed(1))]);
	return {
		tables: {
			cost: { head, rows },
			idle: { head: ['Process', 'Idle, % of a core'], rows: idleRows },
		},
	};
}

/** Sends a load to the first webhook processor, and waits until the worker has executed all of it. */
async function send({ postgres, webhooks }: QueueCluster, one: Load): Promise<void> {
	const executed = () =>
		Number(postgres.sql(`SELECT count(*) FROM execution_entity WHERE status = 'success'`));
	const before = executed();
	const url = `${webhooks[0].url}/webhook/${one.path}/webhook`;
	const { byKind, failed } = await load(url, one, one.next);
	const answers = byKind[''] ?? {};
	if (answers[one.isExecuted ? 200 : 401] !== one.deliveries) {
		throw new Error(`${one.name}: ${JSON.stringify(answers)}, ${failed} without an answer`);
	}
	if (one.isExecuted) await until(() => executed() - before >= one.deliveries, PATIENCE_MS);
}
