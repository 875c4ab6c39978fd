import { setTimeout as sleep } from 'node:timers/promises';
import { N8nClient, type WorkflowNode } from '../../playground/n8n-client';
import { providerById, sampleOf } from '../../playground/providers';
import { signedHeaders, withNewIds } from '../../playground/sample-deliveries';
import { isRegistered } from '../../playground/show';
import { until } from '../../playground/until';
import { installServers } from '../../test/queue/install-servers';
import { QueueCluster, type Member } from '../../test/queue/queue-cluster';
import { post } from '../../test/support/post';
import { Recorder } from '../../test/support/recorder';
import { table } from '../page';
import type { Findings, Part } from '../part';
import { step } from '../progress';
import {
	node,
	postText,
	publish,
	removeDuplicates,
	saveCredential,
	trigger,
	TRIGGER,
	wires,
	type SavedCredential,
} from '../../playground/workflow-parts';

const PAIRS = 100;
const PATIENCE_MS = 180_000;
/** How long an execution that must not be there is waited for. */
const QUIET_MS = 5_000;

const provider = providerById('pingmate');

/** How copies are told apart from what is new, behind the trigger. */
const GUARDS = {
	'the trigger alone': { webhookId: 'alone', isExact: false },
	'Remove Duplicates': { webhookId: 'removed', isExact: false },
	'a unique key': { webhookId: 'unique', isExact: true },
} as const;

type Guard = keyof typeof GUARDS;

/** What became of the events of one guard. */
interface Tally {
	guard: Guard;
	/** Pairs of copies, one to each process at the same moment: how many pairs passed so often. */
	never: number;
	once: number;
	twice: number;
	/** Of the same events, sent a third time one after the other: how many passed again. */
	again: number;
}

async function prove(): Promise<Findings> {
	const missing = installServers();
	if (missing) throw new Error(missing);
	const cluster = await QueueCluster.create({ moreWorkers: 1 });
	const recorder = await Recorder.start();
	try {
		await cluster.start();
		await publishGuards(cluster, recorder);
		const tallies: Tally[] = [];
		for (const guard of Object.keys(GUARDS) as Guard[]) {
			step(`copies: ${guard}`);
			tallies.push(await tally(cluster, recorder, guard));
		}
		return {
			text: text(tallies),
			hasHeld: tallies.every(
				({ guard, never, twice, again }) =>
					never === 0 && (!GUARDS[guard].isExact || twice + again === 0),
			),
		};
	} finally {
		await cluster.stop();
		await recorder.stop();
	}
}

async function publishGuards(cluster: QueueCluster, recorder: Recorder): Promise<void> {
	const client = new N8nClient(cluster.main.url);
	await client.login();
	const instance = { client, url: cluster.main.url };
	const credential = await saveCredential(instance, provider);
	const { port, user, database } = cluster.postgres;
	cluster.postgres.sql('CREATE TABLE whatsapp_events (event_id text PRIMARY KEY)');
	const postgres = await client.saveCredential({
		name: 'postgres',
		type: 'postgres',
		data: { host: '127.0.0.1', port: String(port), database, user, password: '', ssl: 'disable' },
	});
	const first = trigger(provider, credential, { events: ['message.received'] });
	const flow = async (guard: Guard, between: WorkflowNode[], eventId: string) => {
		const nodes = [...between, postText('Tell', recorder.url, eventId)];
		const names = [TRIGGER, ...nodes.map(({ name }) => name)];
		await publish(
			instance,
			GUARDS[guard].webhookId,
			[first, ...nodes],
			Object.fromEntries(nodes.map(({ name }, n) => [names[n] ?? '', wires(name)])),
		);
	};
	await flow('the trigger alone', [], '={{ $json.eventId }}');
	await flow('Remove Duplicates', [removeDuplicates('Remove Duplicates')], '={{ $json.eventId }}');
	await flow('a unique key', [uniqueKey(postgres)], '={{ $json.event_id }}');
	for (const { webhookId } of Object.values(GUARDS)) {
		for (const member of cluster.webhooks) {
			await until(() => isRegistered(urlOf(member, webhookId)), PATIENCE_MS);
		}
	}
}

/** As in docs/scaling.md. */
const uniqueKey = (postgres: SavedCredential) =>
	node(
		'Only New',
		'n8n-nodes-base.postgres',
		2.6,
		{
			operation: 'executeQuery',
			query: `WITH fresh AS (
	INSERT INTO whatsapp_events (event_id) VALUES ($1)
	ON CONFLICT DO NOTHING RETURNING event_id
)
SELECT event_id FROM fresh`,
			options: { queryReplacement: '={{ [$json.eventId] }}', queryBatching: 'independently' },
		},
		{ postgres },
	);

const urlOf = (member: Member, webhookId: string) => `${member.url}/webhook/${webhookId}/webhook`;

async function tally(cluster: QueueCluster, recorder: Recorder, guard: Guard): Promise<Tally> {
	const { webhookId } = GUARDS[guard];
	const [first, second] = cluster.webhooks;
	const sample = sampleOf(provider, 'message.received').rawBody;
	const bodies = Array.from({ length: PAIRS }, () => withNewIds(provider, sample));
	const send = async (member: Member, body: Buffer) => {
		const url = urlOf(member, webhookId);
		const { status } = await post(url, body, signedHeaders(provider, url, body));
		if (status !== 200) throw new Error(`${guard}: answered ${status}`);
	};
	recorder.take();
	// The history of Remove Duplicates is made by its first event.
	await send(first, withNewIds(provider, sample));
	await settle(cluster);
	recorder.take();

	for (const body of bodies) await Promise.all([send(first, body), send(second, body)]);
	await settle(cluster);
	const passed = countEach(recorder.take());
	for (const body of bodies) {
		// To the process that has seen none of them, so that the trigger's own memory knows nothing.
		await send(cluster.main, body);
	}
	await settle(cluster);
	const again = recorder.take().length;
	const times = [...passed.values()];
	return {
		guard,
		never: PAIRS - times.length,
		once: times.filter((count) => count === 1).length,
		twice: times.filter((count) => count > 1).length,
		again,
	};
}

/** Waits until all that was answered is executed. */
async function settle({ postgres }: QueueCluster): Promise<void> {
	const open = `SELECT count(*) FROM execution_entity WHERE status IN ('new', 'running')`;
	await sleep(QUIET_MS);
	await until(() => postgres.sql(open) === '0', PATIENCE_MS);
}

function countEach(texts: readonly string[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const one of texts) counts.set(one, (counts.get(one) ?? 0) + 1);
	return counts;
}

function text(tallies: readonly Tally[]): string {
	return `Queue mode with two webhook processors, a main process and two workers. ${PAIRS} events, each in two copies, sent to the two
webhook processors at the same moment; then each once more to the main process, one after the other. What passed is what reached a service
behind the flow.

${table(
	['Behind the trigger', 'pairs that passed once', 'twice', 'never', 'passed again later'],
	tallies.map(({ guard, once, twice, never, again }) => [guard, once, twice, never, again]),
)}`;
}

/** What copies that reach several processes become, with and without a common memory. */
export const copies: Part = { name: 'copies', run: prove };
