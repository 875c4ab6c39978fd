import { providerById } from '../../playground/providers';
import { Outgoing } from '../../test/support/services/outgoing';
import { cpuTime } from '../cpu-time';
import { Instance, type Database } from '../instance';
import { table } from '../page';
import type { Findings, Part } from '../part';
import { step } from '../progress';
import { FakeSubscriptions, publishContenders, type Contenders } from '../speed/contenders';
import { forged, newMessages, repeated, unselected } from '../speed/deliveries';
import { load, type WireDelivery } from '../load';
import { median, short } from '../statistics';
import type { Receiver } from '../workflows';

const ROUNDS = 5;
const SECONDS = 2.5;
const WARM_UP_SECONDS = 1;

const BATCHES = [1, 10, 100, 1_000];

const provider = providerById('meta');

/** How n8n readies its expression engine, which decides what a delivery costs. */
const ENGINES = {
	lazy: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' },
	default: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'false' },
	legacy: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'false', N8N_EXPRESSION_ENGINE: 'legacy' },
};

type Engine = keyof typeof ENGINES;

const LABELS: Record<keyof Contenders, string> = {
	ours: 'these nodes',
	webhook: 'Webhook',
	builtIn: 'WhatsApp Trigger',
	byHand: 'by hand',
};

/** One kind of delivery to one receiver. */
interface Scenario {
	name: string;
	receiver: Receiver;
	next: () => WireDelivery;
	/** How many events each delivery has. */
	events: number;
	/** What n8n must answer to every one. */
	answer: number;
	/** Whether each delivery is one execution; else none is, but for the report of a refusal. */
	isExecuted: boolean;
}

/** One round of a scenario. */
interface Round {
	/** Events a second, until n8n had executed them all. */
	rate: number;
	/** Milliseconds. */
	p50: number;
	p99: number;
	/** Deliveries that n8n answered otherwise, as it does when it cannot keep up. */
	turnedDown: number;
	/** Processor time of n8n for a delivery, its task runner's included; milliseconds. */
	cpu: number;
}

type Rounds = Map<string, Round[]>;

const nameOf = (contender: keyof Contenders, batch: number) =>
	`${LABELS[contender]}, ${batch === 1 ? '1 event' : `${batch.toLocaleString('en-US')} events`}`;

function scenariosOf(contenders: Contenders, isWhole: boolean): Scenario[] {
	const accepted = (contender: keyof Contenders, batch: number): Scenario => ({
		name: nameOf(contender, batch),
		receiver: contenders[contender],
		next: newMessages(provider, batch),
		events: batch,
		answer: 200,
		isExecuted: true,
	});
	const { ours } = contenders;
	const turnedAway = { receiver: ours, events: 1, isExecuted: false };
	const all = Object.keys(LABELS) as (keyof Contenders)[];
	return [
		...all.map((contender) => accepted(contender, 1)),
		{ ...turnedAway, name: 'refused (401)', next: forged(provider), answer: 401 },
		{ ...turnedAway, name: 'repeated', next: repeated(provider), answer: 200 },
		{ ...turnedAway, name: 'unselected', next: unselected(provider), answer: 200 },
		...BATCHES.slice(1).flatMap((batch) =>
			(isWhole ? all : (['ours'] as const)).map((contender) => accepted(contender, batch)),
		),
	];
}

/** Measures one n8n: all scenarios in turns, round after round. */
async function measure(database: Database, engine: Engine, rounds: number): Promise<Rounds> {
	const outgoing = await Outgoing.start([new FakeSubscriptions()]);
	const settings = { ...outgoing.environment, ...ENGINES[engine] };
	const instance = await Instance.start({ database, settings });
	try {
		const contenders = await publishContenders(instance, provider);
		// Elsewhere the bare node is enough to compare with.
		const scenarios = scenariosOf(contenders, engine === 'lazy');
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
		await instance.stop();
		await outgoing.stop();
	}
}

async function run(instance: Instance, scenario: Scenario, seconds: number): Promise<Round> {
	const { receiver, next, answer, isExecuted, events, name } = scenario;
	const before = executed(instance, receiver);
	const cpuBefore = cpuTime(instance.pid);
	const startedAt = performance.now();
	const { answers, failed, latency } = await load(receiver.url, { seconds }, next);
	await instance.untilIdle();
	const took = (performance.now() - startedAt) / 1000;
	if (process.env.PROOF_DEBUG)
		step(`  ${name}: ${took.toFixed(1)} s ${JSON.stringify(answers)} ${failed}`);
	const cpu = cpuTime(instance.pid) - cpuBefore;
	const { [answer]: right = 0, ...others } = answers;
	const turnedDown = Object.values(others).reduce((sum, count) => sum + count, failed);
	if (turnedDown > 0) {
		step(`  ${name}: ${JSON.stringify(answers)} and ${failed} without an answer`);
	}
	if (right === 0) throw new Error(`${name}: nothing was answered ${answer}`);
	const executions = executed(instance, receiver) - before;
	if (isExecuted ? executions < right : executions > 1) {
		throw new Error(`${name}: ${right} answers and ${executions} executions`);
	}
	return {
		rate: (right * events) / took,
		turnedDown,
		p50: latency.p50,
		p99: latency.p99,
		cpu: (cpu * 1000) / right,
	};
}

const executed = (instance: Instance, { workflowId }: Receiver): number =>
	Object.values(instance.executionCounts(workflowId)).reduce<number>(
		(sum, count) => sum + (count ?? 0),
		0,
	);

/** How the rates of two scenarios compare, round by round. */
function ratio(rounds: Rounds, one: string, other: string): number[] {
	const base = rounds.get(other) ?? [];
	return (rounds.get(one) ?? []).map(({ rate }, round) => rate / (base[round]?.rate ?? NaN));
}

function ratesTable(rounds: Rounds): string {
	return table(
		[
			'Deliveries',
			'Events a second',
			'Answer, p50',
			'p99',
			'answered otherwise',
			"n8n's processor time for a delivery",
		],
		[...rounds].map(([name, measured]) => {
			const middle = (key: keyof Round) => median(measured.map((round) => round[key]));
			return [
				name,
				short(middle('rate')),
				`${short(middle('p50'))} ms`,
				`${short(middle('p99'))} ms`,
				measured.reduce((sum, { turnedDown }) => sum + turnedDown, 0),
				`${short(middle('cpu'))} ms`,
			];
		}),
	);
}

const ours = (batch: number) => nameOf('ours', batch);

/** What is aimed at with lazy isolates. */
const TARGETS: [title: string, one: string, other: string, atLeast: number][] = [
	['accepted, against the bare Webhook node', ours(1), nameOf('webhook', 1), 0.95],
	["accepted, against n8n's WhatsApp Trigger", ours(1), nameOf('builtIn', 1), 2.5],
	['accepted, against the flow made by hand', ours(1), nameOf('byHand', 1), 3.5],
	['refused, against accepted', 'refused (401)', ours(1), 5],
	['100 events in one delivery, against one by one', ours(100), ours(1), 50],
];

const MORE_RATIOS: [title: string, one: string, other: string][] = [
	['repeated, against accepted', 'repeated', ours(1)],
	['unselected, against accepted', 'unselected', ours(1)],
	...BATCHES.slice(1).flatMap((batch): [string, string, string][] => [
		[
			`${batch.toLocaleString('en-US')} events in one delivery, against the bare Webhook node`,
			ours(batch),
			nameOf('webhook', batch),
		],
		[`the same, against n8n's WhatsApp Trigger`, ours(batch), nameOf('builtIn', batch)],
		[`the same, against the flow made by hand`, ours(batch), nameOf('byHand', batch)],
	]),
];

function ratioRow(rounds: Rounds, title: string, one: string, other: string): string[] {
	const ratios = ratio(rounds, one, other);
	if (ratios.length === 0 || ratios.some(Number.isNaN)) return [];
	return [
		title,
		...[Math.min(...ratios), median(ratios), Math.max(...ratios)].map((value) => short(value)),
	];
}

function ratiosTable(rounds: Rounds): string {
	const rows = [
		...TARGETS.map(([title, one, other, atLeast]) => {
			const row = ratioRow(rounds, title, one, other);
			const isMet = median(ratio(rounds, one, other)) >= atLeast;
			return [...row, `${atLeast}: ${isMet ? 'met' : '**missed**'}`];
		}),
		...MORE_RATIOS.map(([title, one, other]) => [...ratioRow(rounds, title, one, other), '']),
	];
	return table(['Ratio of events a second', 'minimum', 'median', 'maximum', 'target'], rows);
}

/** n8n's speed with and without the setting, each against the same n8n's bare Webhook node. */
function enginesTable(all: [Database, Engine, Rounds][]): string {
	return table(
		['n8n', 'Webhook', 'these nodes', 'ratio', 'refused (401)', 'against accepted', '100 in one'],
		all.map(([database, engine, rounds]) => {
			const rate = (name: string) => short(median((rounds.get(name) ?? []).map((r) => r.rate)));
			const against = (one: string, other: string) => short(median(ratio(rounds, one, other)));
			return [
				`${database}, ${engine}`,
				rate(nameOf('webhook', 1)),
				rate(ours(1)),
				against(ours(1), nameOf('webhook', 1)),
				rate('refused (401)'),
				against('refused (401)', ours(1)),
				rate(ours(100)),
			];
		}),
	);
}

async function prove(): Promise<Findings> {
	const all: [Database, Engine, Rounds][] = [];
	const wanted = process.env.PROOF_ROUNDS;
	const count = wanted === undefined ? ROUNDS : Number(wanted);
	for (const database of ['SQLite', 'PostgreSQL'] as const) {
		for (const engine of ['lazy', 'default', 'legacy'] as const) {
			all.push([database, engine, await measure(database, engine, count)]);
		}
	}
	const lazy = all.filter(([, engine]) => engine === 'lazy');
	return { text: text(all, lazy, count), hasHeld: true };
}

function text(
	all: [Database, Engine, Rounds][],
	lazy: [Database, Engine, Rounds][],
	count: number,
): string {
	return `10 connections, each sending the next delivery when the one before is answered; every execution stored. A figure
is the median of ${count} rounds of ${SECONDS} s in turns, counted until n8n had executed the last. The processor is shared with the
sender, and PostgreSQL's own time is not in n8n's.

The body is Meta's, with one text message or more. _Webhook_ is n8n's Webhook node alone, which verifies nothing; _WhatsApp
Trigger_ is n8n's own, its Graph API played on loopback; _by hand_ is Webhook, Crypto, If, Code and Switch, to get what
the trigger does: a verified signature, an item for each message, an output for each event.

${lazy
	.map(
		([database, , rounds]) => `### ${database}, \`N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true\`

${ratiosTable(rounds)}

${ratesTable(rounds)}`,
	)
	.join('\n\n')}

### n8n's expression engine

Lazy is the setting above; default is n8n as it comes; legacy is \`N8N_EXPRESSION_ENGINE=legacy\`. Events a second.

${enginesTable(all)}`;
}

/** How many events a second whole n8n takes, beside the alternatives. */
export const speed: Part = { name: 'speed', run: prove };
