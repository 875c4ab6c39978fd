import { setTimeout as sleep } from 'node:timers/promises';
import { N8nClient } from '../../test/kit/n8n/client';
import { providerById, type DiscoveredProvider } from '../../test/kit/providers';
import { waitForWebhook } from '../../test/kit/n8n/webhook';
import { waitASecond, wires } from '../../test/kit/n8n/workflow-parts';
import { INBOX_PATH, publishInbox, WORK } from '../../test/kit/examples/inbox';
import { QueueCluster } from '../../test/kit/n8n/queue-cluster';
import type { Member } from '../../test/kit/n8n/member';
import { publishFlows, SLACK_TOKEN, startServices, type Services } from './flows';
import { publishRecovery } from '../../test/kit/examples/recover-after-crash';
import type { Fault, Host } from './run';
import type { Flow } from './sender';

/** The groups of flows, as the table names them. */
const PLAIN = 'recover-after-crash';
const INBOX = 'inbox-postgres';

/** n8n's default, behind which it ends a worker's executions. */
const WORKER_GIVEN_UP_MS = 170_000;

/** A process notices within this time that it cannot go on. */
const ENDS_WITHIN_MS = 3_000;

/** Two webhook processors and two workers: a flow for each provider with recover-after-crash, and an inbox. */
export class QueueMode implements Host {
	readonly n8n = 'queue mode';
	flows: readonly Flow[] = [];

	private constructor(
		readonly perSecond: number,
		readonly cluster: QueueCluster,
		readonly services: Services,
	) {}

	/** @param perSecond how many events a second it is to be sent */
	static async start(
		providers: readonly DiscoveredProvider[],
		perSecond: number,
	): Promise<QueueMode> {
		const services = await startServices();
		const { recorder, settings } = services;
		const cluster = await QueueCluster.create({ moreWorkers: 1, settings });
		await cluster.start();
		const host = new QueueMode(perSecond, cluster, services);
		const client = new N8nClient(cluster.main.url);
		await client.login();
		const editor = { client, url: cluster.webhooks[0].url };
		const plain = await publishFlows(editor, providers, recorder.url, PLAIN);
		await publishRecovery(client, cluster.main.url, SLACK_TOKEN, {
			// As the note says for queue mode.
			'"name":"queueMode","type":"boolean","value":false':
				'"name":"queueMode","type":"boolean","value":true',
			'{"field":"minutes","minutesInterval":5}': '{"field":"seconds","secondsInterval":30}',
		});
		await publishInbox(
			client,
			cluster,
			{ url: recorder.url, recorded: 'eventId' },
			SLACK_TOKEN,
			{
				// Seconds in place of minutes; the work takes one.
				"interval '5 minutes'": "interval '20 seconds'",
				'{"field":"minutes","minutesInterval":1}': '{"field":"seconds","secondsInterval":5}',
			},
			({ nodes, connections }) => {
				nodes.push(waitASecond('Work Takes Time'));
				connections.Event = wires('Work Takes Time');
				connections['Work Takes Time'] = wires(WORK);
			},
		);
		// As many events for it as for three of the others.
		const inbox = { provider: providerById('chakrahq'), path: INBOX_PATH, group: INBOX };
		host.flows = [...plain, inbox, inbox, inbox];
		for (const base of host.bases) {
			for (const { path } of host.flows) await waitForWebhook(base + path);
		}
		return host;
	}

	get bases(): string[] {
		return this.cluster.webhooks.map(({ url }) => url);
	}

	async stop(): Promise<void> {
		await this.cluster.stop();
		await this.services.stop();
	}
}

const lastWorker = ({ workers }: QueueCluster): Member => workers.at(-1) as Member;

/** The faults that `npm run test:queue` does not have, in an order in which none disturbs the next. */
export const IN_QUEUE_MODE: readonly Fault<QueueMode>[] = [
	redisGone(8),
	redisGone(20),
	{
		name: 'one of two workers killed, started again',
		async happen({ cluster }) {
			await lastWorker(cluster).kill();
			await lastWorker(cluster).start();
		},
		settlesWithinMs: WORKER_GIVEN_UP_MS,
		loses: {
			[PLAIN]:
				'n8n may empty an execution before it is retried, so use an [inbox](../docs/crash-recovery.md#an-inbox)',
		},
	},
	{
		name: 'one of two workers killed, not restarted',
		async happen({ cluster }) {
			await lastWorker(cluster).kill();
		},
		settlesWithinMs: WORKER_GIVEN_UP_MS,
		loses: {
			[PLAIN]:
				'n8n empties what the worker had in hand, so use an [inbox](../docs/crash-recovery.md#an-inbox)',
		},
	},
];

function redisGone(seconds: number): Fault<QueueMode> {
	return {
		name: `Redis down for ${seconds} s`,
		async happen({ cluster: { redis, main, webhooks, workers } }) {
			await redis.stop();
			await sleep(seconds * 1000);
			await redis.start();
			// After 10 seconds n8n's processes end by themselves.
			await sleep(ENDS_WITHIN_MS);
			const members = [main, ...webhooks, ...workers];
			await Promise.all(
				members.map(async (member) => {
					if (!(await isUp(member))) await member.restart();
				}),
			);
		},
	};
}

const isUp = async ({ url }: Member): Promise<boolean> =>
	await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(ENDS_WITHIN_MS) })
		.then(({ ok }) => ok)
		.catch(() => false);
