import { setTimeout as sleep } from 'node:timers/promises';
import { N8nClient } from '../../playground/n8n-client';
import type { DiscoveredProvider } from '../../playground/providers';
import { waitForWebhook } from '../../playground/show';
import { QueueCluster, type Member } from '../../test/queue/queue-cluster';
import { Recorder } from '../../test/support/recorder';
import { Outgoing } from '../../test/support/services/outgoing';
import { FakeSlack } from '../../test/support/services/slack';
import { publishFlows, publishRecovery, SLACK_CHANNEL, SLACK_TOKEN } from './flows';
import { LIGHT_SETTINGS, type Fault, type Host } from './host';
import { publishInbox } from './inbox';
import type { Flow } from './sender';

/** The groups of flows, as the table names them. */
export const PLAIN = 'recover-after-crash';
export const INBOX = 'inbox-postgres';

/** n8n's default, behind which it ends a worker's executions. */
const WORKER_GIVEN_UP_MS = 170_000;

/** A process notices within this time that it cannot go on. */
const ENDS_WITHIN_MS = 3_000;

/**
 * n8n in queue mode with two webhook processors and two workers: a flow for each provider with
 * recover-after-crash, and an inbox.
 */
export class QueueMode implements Host {
	readonly n8n = 'queue mode';
	flows: readonly Flow[] = [];

	private constructor(
		readonly perSecond: number,
		readonly cluster: QueueCluster,
		readonly recorder: Recorder,
		readonly slack: FakeSlack,
		private readonly outgoing: Outgoing,
	) {}

	/** @param options.perSecond how many events a second it is to be sent */
	static async start({
		providers,
		perSecond,
	}: {
		providers: readonly DiscoveredProvider[];
		perSecond: number;
	}): Promise<QueueMode> {
		const slack = new FakeSlack(SLACK_TOKEN, [SLACK_CHANNEL]);
		const outgoing = await Outgoing.start([slack]);
		const recorder = await Recorder.start();
		const settings = { ...outgoing.environment, ...LIGHT_SETTINGS };
		const cluster = await QueueCluster.create({ moreWorkers: 1, settings });
		await cluster.start();
		const host = new QueueMode(perSecond, cluster, recorder, slack, outgoing);
		const client = new N8nClient(cluster.main.url);
		await client.login();
		const editor = { client, url: cluster.webhooks[0].url };
		const plain = await publishFlows(editor, providers, recorder.url, PLAIN);
		await publishRecovery(client, cluster.main.url, {
			// As the note says for queue mode.
			'"name":"queueMode","type":"boolean","value":false':
				'"name":"queueMode","type":"boolean","value":true',
			'{"field":"minutes","minutesInterval":5}': '{"field":"seconds","secondsInterval":30}',
		});
		// As many events for it as for three of the others.
		const inbox = await publishInbox(editor, cluster, recorder.url, INBOX);
		host.flows = [...plain, inbox, inbox, inbox];
		for (const base of host.bases) {
			for (const { path } of host.flows) await waitForWebhook(base + path);
		}
		return host;
	}

	get bases(): string[] {
		return this.cluster.webhooks.map(({ url }) => url);
	}

	/** Starts the processes again that have ended by themselves. */
	async startWhatEnded(): Promise<void> {
		await sleep(ENDS_WITHIN_MS);
		const { main, webhooks, workers } = this.cluster;
		await Promise.all(
			[main, ...webhooks, ...workers].map(async (member) => {
				if (!(await isUp(member))) await member.restart();
			}),
		);
	}

	async stop(): Promise<void> {
		await this.cluster.stop();
		await this.recorder.stop();
		await this.outgoing.stop();
	}
}

const isUp = async ({ url }: Member): Promise<boolean> =>
	await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(ENDS_WITHIN_MS) })
		.then(({ ok }) => ok)
		.catch(() => false);

type QueueFault = Fault<QueueMode>;

const killed = (name: string, memberOf: (cluster: QueueCluster) => Member): QueueFault => ({
	name: `${name} killed, started again`,
	async happen({ cluster }) {
		const member = memberOf(cluster);
		await member.kill();
		await member.start();
	},
});

const lastWorker = ({ workers }: QueueCluster): Member => workers.at(-1) as Member;

/** The faults of queue mode, in an order in which none disturbs the next. */
export const QUEUE_FAULTS: readonly QueueFault[] = [
	killed('the main process', ({ main }) => main),
	killed('one of two webhook processors', ({ webhooks }) => webhooks[1]),
	{
		name: 'Redis restarted',
		async happen({ cluster }) {
			await cluster.redis.stop();
			await cluster.redis.start();
		},
	},
	{
		name: 'Redis full for 10 s',
		async happen({ cluster }) {
			cluster.redis.command('config', 'set', 'maxmemory', '1');
			await sleep(10_000);
			cluster.redis.command('config', 'set', 'maxmemory', '0');
		},
	},
	redisGone(8),
	redisGone(20),
	{
		...killed('one of two workers', lastWorker),
		settlesWithinMs: WORKER_GIVEN_UP_MS,
		loses: {
			[PLAIN]:
				'n8n may empty an execution before it is retried: use an [inbox](scaling.md#an-inbox)',
		},
	},
	{
		name: 'one of two workers killed, stays away',
		async happen({ cluster }) {
			await lastWorker(cluster).kill();
		},
		settlesWithinMs: WORKER_GIVEN_UP_MS,
		loses: {
			[PLAIN]: 'n8n empties what the worker had in hand: use an [inbox](scaling.md#an-inbox)',
		},
	},
];

function redisGone(seconds: number): QueueFault {
	return {
		name: `Redis gone for ${seconds} s`,
		async happen(host) {
			await host.cluster.redis.stop();
			await sleep(seconds * 1000);
			await host.cluster.redis.start();
			// After 10 seconds n8n's processes end by themselves.
			if (seconds >= 10) await host.startWhatEnded();
		},
	};
}
