import { providerById } from '../test/kit/providers';
import type { Receiver } from '../test/kit/n8n/workflow-parts';
import { Outgoing } from '../test/kit/services/outgoing';
import { FakeSubscriptions, publishContenders, type Contenders } from './contenders';
import { forged, newMessages, repeated, unselected } from './deliveries';
import { Instance, type Database } from '../test/kit/n8n/instance';
import { load, type WireDelivery } from './load';
import { table, type Findings } from './page';
import { cpuTime } from './process';
import { step } from './progress';
import { median, short, sum } from './statistics';

const ROUNDS = 3;
const SECONDS = 2;
const WARM_UP_SECONDS = 1;

/** The provider whose deliveries all contenders can take. */
const provider = providerById('meta');

/** How n8n readies its expression engine, which decides what a delivery costs. */
const ENGINES = {
	lazy: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' },
	default: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'false' },
};

type Engine = keyof typeof ENGINES;

/** One kind of delivery to one receiver. */
interface Scenario {
	name: string;
	receiver: Receiver;
	next: () => WireDelivery;
	/** How many events each delivery has. */
	events: number;
	/** What n8n must answer to every one. */
	answer: number;
	/** Whether each delivery is one execution; otherwise none is, but for the report of a rejection. */
	isExecuted: boolean;
}

const LABELS: Record<keyof Contenders, string> = {
	ours: 'these nodes',
	webhook: 'Webhook',
	builtIn: 'WhatsApp Trigger',
	byHand: 'by hand',
};

const nameOf = (contender: keyof Contenders, events: number) =>
	`${LABELS[contender]}, ${events === 1 ? '1 event' : `${events} events`}`;

const OURS = nameOf('ours', 1);
const OURS_100 = nameOf('ours', 100);
const REJECTED = 'rejected (401)';
const REPEATED = 'repeated';
const UNSELECTED = 'unselected';

/** Everything that is measured in one n8n. */
function scenariosOf(contenders: Contenders, engine: Engine): Scenario[] {
	const all = Object.keys(LABELS) as (keyof Contenders)[];
	const accepted = (contender: keyof Contenders, events: number): Scenario => ({
		name: nameOf(contender, events),
		receiver: contenders[contender],
		next: newMessages(provider, events),
		events,
		answer: 200,
		isExecuted: true,
	});
	const dropped = (name: string, next: () => WireDelivery, answer: number): Scenario => ({
		...accepted('ours', 1),
		...{ name, next, answer, isExecuted: false },
	});
	return [
		...all.map((contender) => accepted(contender, 1)),
		dropped(REJECTED, forged(provider), 401),
		dropped(REPEATED, repeated(provider), 200),
		dropped(UNSELECTED, unselected(provider), 200),
		...(engine === 'lazy' ? all : (['ours'] as const)).map((one) => accepted(one, 100)),
	];
}

/** One round of a scenario. */
interface Round {
	/** Events a second, until n8n had executed them all. */
	rate: number;
	/** Milliseconds. */
	p50: number;
	p99: number;
	/** Processor time of n8n for a delivery, its task runner's included; milliseconds. */
	cpu: number;
}

/** The rounds of each scenario, by its name. */
type Rounds = Map<string, Round[]>;

/** Measures one n8n: all scenarios in turns, round after round. */
async function measure(database: Database, engine: Engine, rounds: number): Promise<Rounds> {
	const outgoing = await Outgoing.start([new FakeSubscriptions()]);
	const settings = { ...outgoing.environment, ...ENGINES[engine] };
	const instance = await Instance.launch(settings, database);
	try {
		const scenarios = scenariosOf(await publishContenders(instance, provider), engine);
		for (const scenario of scenarios) await run(instance, scenario, WARM_UP_SECONDS);
		const results: Rounds = new Map(scenarios.map(({ name }) => [name, []]));
		for (let round = 0; round < rounds; round++) {
			step(`speed: ${database}, ${engine}: round ${round + 1} of ${rounds}`);
			// In another order each time, so that nothing always comes after the same.
			const order = round % 2 === 0 ? scenarios : [...scenarios].reverse();
			for (const scenario of order) {
				results.get(scenario.name)?.push(await run(instance, scenario, SECONDS));
			}
		}
		return results;
	} finally {
		await instance.remove();
		await outgoing.stop();
	}
}

/** Sends one scenario's deliveries for a while, and waits until n8n has executed them. */
async function run(instance: Instance, scenario: Scenario, seconds: number): Promise<Round> {
	const { receiver, next, answer, isExecuted, events, name } = scenario;
	const executed = () => sum(Object.values(instance.executionCounts(receiver.workflowId)));
	const before = executed();
	const cpuBefore = cpuTime(instance.pid);
	const startedAt = performance.now();
	const { byKind, latency } = await load(receiver.url, { seconds }, next);
	await instance.untilIdle();
	const took = (performance.now() - startedAt) / 1000;
	const cpu = cpuTime(instance.pid) - cpuBefore;
	const right = byKind['']?.[answer] ?? 0;
	const executions = executed() - before;
	// Those that were on their way when the time was over are executed too.
	const done = isExecuted ? executions : right;
	if (done === 0 || (isExecuted ? executions < right : executions > 1)) {
		throw new Error(`${name}: ${right} answers and ${executions} executions in ${seconds} s`);
	}
	return {
		rate: (done * events) / took,
		...latency,
		cpu: (cpu * 1000) / done,
	};
}

/** How many events a second whole n8n takes, beside the alternatives. */
export async function speed(): Promise<Findings> {
	const rounds = Number(process.env.PROOF_ROUNDS ?? ROUNDS);
	const all: [database: Database, engine: Engine, rounds: Rounds][] = [];
	for (const database of ['SQLite', 'PostgreSQL'] as const) {
		for (const engine of ['lazy', 'default'] as const) {
			all.push([database, engine, await measure(database, engine, rounds)]);
		}
	}
	const lazy = all.filter(([, engine]) => engine === 'lazy');
	const text = `10 connections, each sending the next delivery when the one before is answered; every execution stored. A figure is the median
of ${rounds} rounds of ${SECONDS} s in turns, counted until n8n had executed the last. The processor is shared with the sender, and
PostgreSQL's own time is not in n8n's.

The body is Meta's, with one text message or more. _Webhook_ is n8n's Webhook node alone, which verifies nothing; _WhatsApp
Trigger_ is n8n's own, its Graph API played on loopback; _by hand_ is Webhook, Crypto, If, Code and Switch, to get what
the trigger does: a verified signature, an item for each message, an output for each event. Of several messages in one
delivery the Webhook node and the WhatsApp Trigger make one item.

${lazy
	.map(
		([database, , measured]) => `### ${database}, \`N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true\`

${ratiosTable(measured)}

${ratesTable(measured)}`,
	)
	.join('\n\n')}

### n8n's expression engine

Lazy is the setting above; default is n8n as it comes. Events a second.

${table(
	['n8n', 'Webhook', 'these nodes', 'ratio', REJECTED, 'against accepted', '100 in one'],
	all.map(([database, engine, measured]) => {
		const rate = (name: string) => short(median((measured.get(name) ?? []).map((r) => r.rate)));
		return [
			`${database}, ${engine}`,
			...[nameOf('webhook', 1), OURS].map(rate),
			short(median(ratio(measured, OURS, nameOf('webhook', 1)))),
			rate(REJECTED),
			short(median(ratio(measured, REJECTED, OURS))),
			rate(OURS_100),
		];
	}),
)}`;
	return { text, hasHeld: true };
}

/** How the rates of two scenarios compare, round by round. */
function ratio(rounds: Rounds, one: string, other: string): number[] {
	const base = rounds.get(other) ?? [];
	return (rounds.get(one) ?? []).map(({ rate }, round) => rate / (base[round]?.rate ?? NaN));
}

/** What is compared, and what is aimed at with lazy isolates. */
const RATIOS: [title: string, one: string, other: string, target?: number][] = [
	['accepted, against the bare Webhook node', OURS, nameOf('webhook', 1), 0.95],
	["accepted, against n8n's WhatsApp Trigger", OURS, nameOf('builtIn', 1), 2.5],
	['accepted, against the flow made by hand', OURS, nameOf('byHand', 1), 3.5],
	['rejected, against accepted', REJECTED, OURS, 5],
	['100 events in one delivery, against one by one', OURS_100, OURS, 50],
	['repeated, against accepted', REPEATED, OURS],
	['unselected, against accepted', UNSELECTED, OURS],
	['100 events in one delivery, against the bare Webhook node', OURS_100, nameOf('webhook', 100)],
	["the same, against n8n's WhatsApp Trigger", OURS_100, nameOf('builtIn', 100)],
	['the same, against the flow made by hand', OURS_100, nameOf('byHand', 100)],
];

function ratiosTable(rounds: Rounds): string {
	const rows = RATIOS.map(([title, one, other, target]) => {
		const ratios = ratio(rounds, one, other);
		const middle = median(ratios);
		const verdict =
			target === undefined ? '' : `${target}: ${middle >= target ? 'met' : '**missed**'}`;
		return [title, ...[Math.min(...ratios), middle, Math.max(...ratios)].map(short), verdict];
	});
	return table(['Ratio of events a second', 'minimum', 'median', 'maximum', 'target'], rows);
}

function ratesTable(rounds: Rounds): string {
	return table(
		['Deliveries', 'Events a second', 'Answer, p50', 'p99', "n8n's processor time for a delivery"],
		[...rounds].map(([name, measured]) => {
			const middle = (key: keyof Round) => short(median(measured.map((round) => round[key])));
			return [
				name,
				middle('rate'),
				`${middle('p50')} ms`,
				`${middle('p99')} ms`,
				`${middle('cpu')} ms`,
			];
		}),
	);
}
