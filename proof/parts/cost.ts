import { setTimeout as sleep } from 'node:timers/promises';
import { N8nClient } from '../../playground/n8n-client';
import { providerById } from '../../playground/providers';
import { isRegistered } from '../../playground/show';
import { until } from '../../playground/until';
import { installServers } from '../../test/queue/install-servers';
import { QueueCluster } from '../../test/queue/queue-cluster';
import { Recorder } from '../../test/support/recorder';
import { cpuTime } from '../cpu-time';
import { load, type WireDelivery } from '../load';
import { table } from '../page';
import type { Findings, Part } from '../part';
import { step } from '../progress';
import { forged, newMessages } from '../speed/deliveries';
import { short } from '../statistics';
import {
	postText,
	publish,
	saveCredential,
	trigger,
	TRIGGER,
	wires,
} from '../../playground/workflow-parts';

const IDLE_SECONDS = 30;
const PATIENCE_MS = 300_000;

const provider = providerById('meta');

/** What is sent in one go. */
interface Load {
	name: string;
	/** The flow that it goes to. */
	path: 'trigger' | 'request';
	next: () => WireDelivery;
	events: number;
	deliveries: number;
	/** Deliveries a second: below what the machine can do, so that nothing waits. */
	rate: number;
	isExecuted: boolean;
}

const LOADS: readonly Load[] = [
	{ name: '1 event, trigger only', path: 'trigger', events: 1, deliveries: 1_200, rate: 40 },
	{ name: '10 events, trigger only', path: 'trigger', events: 10, deliveries: 900, rate: 30 },
	{ name: '100 events, trigger only', path: 'trigger', events: 100, deliveries: 450, rate: 15 },
	{ name: '1 event, then HTTP Request', path: 'request', events: 1, deliveries: 360, rate: 12 },
	{
		name: '10 events, then HTTP Request',
		path: 'request',
		events: 10,
		deliveries: 300,
		rate: 10,
	},
].map((one) => ({
	...one,
	path: one.path as Load['path'],
	next: newMessages(provider, one.events),
	isExecuted: true,
}));

const REFUSED: Load = {
	name: 'refused (401)',
	path: 'trigger',
	next: forged(provider),
	events: 1,
	deliveries: 4_000,
	rate: 200,
	isExecuted: false,
};

async function prove(): Promise<Findings> {
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
		return { text: text(await measureAll(cluster)), hasHeld: true };
	} finally {
		await cluster.stop();
		await recorder.stop();
	}
}

/** What one load has cost, each per delivery: milliseconds of processor time, and kB. */
interface Cost {
	load: Load;
	processor: number;
	worker: number;
	main: number;
	postgres: number;
	redis: number;
	/** What PostgreSQL wrote ahead. */
	wal: number;
	/** By what n8n's database grew. */
	growth: number;
}

async function measureAll(cluster: QueueCluster): Promise<{ idle: Cpu; costs: Cost[] }> {
	const seconds = IDLE_SECONDS;
	// Warm, and with the first connections open.
	for (const one of [...LOADS, REFUSED]) await send(cluster, { ...one, deliveries: 200 });
	step('cost: idle');
	const before = cpuOf(cluster);
	await sleep(seconds * 1000);
	const idle = mapCpu((name) => (cpuOf(cluster)[name] - before[name]) / seconds);
	const costs: Cost[] = [];
	for (const one of [...LOADS, REFUSED]) {
		step(`cost: ${one.name}`);
		costs.push(await measure(cluster, one, idle));
	}
	return { idle, costs };
}

type Cpu = Record<'processor' | 'worker' | 'main' | 'postgres' | 'redis', number>;

const CPU_NAMES = ['processor', 'worker', 'main', 'postgres', 'redis'] as const;

const mapCpu = (value: (name: keyof Cpu) => number): Cpu =>
	Object.fromEntries(CPU_NAMES.map((name) => [name, value(name)])) as Cpu;

function cpuOf({ webhooks: [processor], worker, main, postgres, redis }: QueueCluster): Cpu {
	const pids = {
		processor: processor.pid,
		worker: worker.pid,
		main: main.pid,
		postgres: postgres.pid,
		redis: redis.pid,
	};
	return mapCpu((name) => cpuTime(pids[name]));
}

async function measure(cluster: QueueCluster, one: Load, idle: Cpu): Promise<Cost> {
	const walBefore = walBytes(cluster);
	const sizeBefore = databaseBytes(cluster);
	const before = cpuOf(cluster);
	const startedAt = performance.now();
	await send(cluster, one);
	const took = (performance.now() - startedAt) / 1000;
	const after = cpuOf(cluster);
	const each = mapCpu(
		(name) => ((after[name] - before[name] - idle[name] * took) * 1000) / one.deliveries,
	);
	return {
		load: one,
		...each,
		wal: (walBytes(cluster) - walBefore) / one.deliveries / 1000,
		growth: (databaseBytes(cluster) - sizeBefore) / one.deliveries / 1000,
	};
}

/** Sends a load to the first webhook processor, and waits until the worker has executed all of it. */
async function send(cluster: QueueCluster, one: Load): Promise<void> {
	const executed = () => Number(cluster.postgres.sql(EXECUTED));
	const before = executed();
	const url = `${cluster.webhooks[0].url}/webhook/${one.path}/webhook`;
	const { answers, failed } = await load(url, one, one.next);
	const answer = one.isExecuted ? 200 : 401;
	if (answers[answer] !== one.deliveries) {
		throw new Error(`${one.name}: ${JSON.stringify(answers)}, ${failed} without an answer`);
	}
	if (one.isExecuted) await until(() => executed() - before >= one.deliveries, PATIENCE_MS);
}

const EXECUTED = `SELECT count(*) FROM execution_entity WHERE status = 'success'`;

const walBytes = ({ postgres }: QueueCluster): number =>
	Number(postgres.sql(`SELECT pg_current_wal_lsn() - '0/0'`));

const databaseBytes = ({ postgres }: QueueCluster): number =>
	Number(postgres.sql('SELECT pg_database_size(current_database())'));

function text({ idle, costs }: { idle: Cpu; costs: Cost[] }): string {
	const ms = (value: number) => `${short(Math.max(value, 0))} ms`;
	return `Queue mode: one webhook processor that takes the deliveries, one worker, the main process; every execution stored. The
load is below what the machine can do, so that nothing waits. Processor time for one delivery, without what each process uses
when nothing happens (${CPU_NAMES.map((name) => `${LABELS[name]} ${(idle[name] * 100).toFixed(1)} %`).join(', ')} of a core).

${table(
	['A delivery of', ...CPU_NAMES.map((name) => LABELS[name]), 'written ahead', 'database'],
	costs.map(({ load: { name }, wal, growth, ...cpu }) => [
		name,
		...CPU_NAMES.map((one) => ms(cpu[one])),
		`${short(Math.max(wal, 0))} kB`,
		`${short(Math.max(growth, 0))} kB`,
	]),
)}

_Written ahead_ is PostgreSQL's write-ahead log, _database_ by what the database grew, both for one delivery.`;
}

const LABELS: Record<keyof Cpu, string> = {
	processor: 'webhook processor',
	worker: 'worker',
	main: 'main process',
	postgres: 'PostgreSQL',
	redis: 'Redis',
};

/** What an event costs each part of n8n in queue mode: what docs/scaling.md reckons with. */
export const cost: Part = { name: 'cost', run: prove };
