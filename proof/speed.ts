import { providerById } from '../test/kit/providers';
import type { Receiver } from '../test/kit/n8n/workflow-parts';
import { Outgoing } from '../test/kit/services/outgoing';
import { FakeSubscriptions, publishContenders, type Contenders } from './contenders';
import { forged, newMessages, repeated, unselected } from './deliveries';
import { Instance, type Database } from '../test/kit/n8n/instance';
import { load, type WireDelivery } from './load';
import { table, type Part, type Results, type Table } from './page';
import { cpuTime } from './process';
import { step } from './progress';
import { median, sum } from './statistics';

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
const DUPLICATE = 'duplicate';
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
		dropped(DUPLICATE, repeated(provider), 200),
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

/** How many events per second a full n8n instance takes, next to the alternatives. */
export const speed: Part = {
	title: 'Speed',
	async measure() {
		const rounds = Number(process.env.PROOF_ROUNDS ?? ROUNDS);
		const all: [database: Database, engine: Engine, rounds: Rounds][] = [];
		for (const database of ['SQLite', 'PostgreSQL'] as const) {
			for (const engine of ['lazy', 'default'] as const) {
				all.push([database, engine, await measure(database, engine, rounds)]);
			}
		}
		const tables = all
			.filter(([, engine]) => engine === 'lazy')
			.flatMap(([database, , measured]) => [
				[`${database} ratios`, ratiosTable(measured)],
				[`${database} rates`, ratesTable(measured)],
			]);
		return {
			results: {
				figures: { rounds, seconds: SECONDS },
				tables: {
					...(Object.fromEntries(tables) as Results['tables']),
					engines: enginesTable(all),
				},
			},
			hasHeld: true,
		};
	},
	text: (
		results,
	) => `Ten connections each send the next delivery when the previous one is answered. n8n stores every execution. A rate is the median of
${results.figures?.rounds} rounds of ${results.figures?.seconds} seconds in turns, counted until n8n has executed the last delivery. The sender shares the processor with
n8n, and PostgreSQL's own time isn't in n8n's.

The body is Meta's, with one or more text messages. _Webhook_ is n8n's Webhook node alone, which verifies nothing. _WhatsApp
Trigger_ is n8n's own, with Meta's Graph API played on loopback. _By hand_ is Webhook, Crypto, If, Code, and Switch, which do what the
trigger does: verify the signature, make an item per message, and have an output per event. The Webhook node and the WhatsApp
Trigger make one item of all messages in a delivery.

${['SQLite', 'PostgreSQL']
	.map(
		(database) => `### ${database}, \`N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true\`

${table(results, `${database} ratios`)}

${table(results, `${database} rates`)}`,
	)
	.join('\n\n')}

### n8n's expression engine

_Lazy_ is the setting above; _default_ is n8n without it. The table shows events per second.

${table(results, 'engines')}`,
};

function enginesTable(all: readonly [Database, Engine, Rounds][]): Table {
	return {
		head: [
			...['n8n', 'Webhook', 'These nodes', 'Ratio', 'Rejected (401)'],
			...['Compared with accepted', '100 events in one delivery'],
		],
		rows: all.map(([database, engine, measured]) => {
			const rate = (name: string) => median((measured.get(name) ?? []).map((r) => r.rate));
			return [
				`${database}, ${engine}`,
				...[nameOf('webhook', 1), OURS].map(rate),
				median(ratio(measured, OURS, nameOf('webhook', 1))),
				rate(REJECTED),
				median(ratio(measured, REJECTED, OURS)),
				rate(OURS_100),
			];
		}),
	};
}

/** How the rates of two scenarios compare, round by round. */
function ratio(rounds: Rounds, one: string, other: string): number[] {
	const base = rounds.get(other) ?? [];
	return (rounds.get(one) ?? []).map(({ rate }, round) => rate / (base[round]?.rate ?? NaN));
}

const RATIOS: [title: string, one: string, other: string][] = [
	['accepted, compared with the Webhook node', OURS, nameOf('webhook', 1)],
	["accepted, compared with n8n's WhatsApp Trigger", OURS, nameOf('builtIn', 1)],
	['accepted, compared with the workflow built by hand', OURS, nameOf('byHand', 1)],
	['rejected, compared with accepted', REJECTED, OURS],
	['100 events in one delivery, compared with one by one', OURS_100, OURS],
	['duplicates, compared with accepted', DUPLICATE, OURS],
	['unselected events, compared with accepted', UNSELECTED, OURS],
];

function ratiosTable(rounds: Rounds): Table {
	return {
		head: ['Ratio of events per second', 'Lowest', 'Median', 'Highest'],
		rows: RATIOS.map(([title, one, other]) => {
			const ratios = ratio(rounds, one, other);
			return [title, Math.min(...ratios), median(ratios), Math.max(...ratios)];
		}),
	};
}

function ratesTable(rounds: Rounds): Table {
	return {
		head: [
			...['Deliveries', 'Events per second', 'Response, median, ms'],
			...['Response, 99th percentile, ms', "n8n's processor time per delivery, ms"],
		],
		rows: [...rounds].map(([name, measured]) => [
			name,
			...(['rate', 'p50', 'p99', 'cpu'] as const).map((key) =>
				median(measured.map((round) => round[key])),
			),
		]),
	};
}
