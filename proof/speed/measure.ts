import { Outgoing } from '../../test/support/services/outgoing';
import { cpuTime } from '../cpu-time';
import { Instance, type Database } from '../instance';
import { load } from '../load';
import { step } from '../progress';
import type { Receiver } from '../../playground/workflow-parts';
import { FakeSubscriptions, publishContenders } from './contenders';
import { provider, scenariosOf, type Scenario } from './scenarios';

/** How long a round of a scenario sends. */
export const SECONDS = 2;

export const CONNECTIONS = 10;
/** For deliveries of so many events, fewer connections. */
export const LARGE = 1_000;
export const CONNECTIONS_FOR_LARGE = 2;

export const WARM_UP_SECONDS = 1;

/** How n8n readies its expression engine, which decides what a delivery costs. */
export const ENGINES = {
	lazy: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' },
	default: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'false' },
	legacy: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'false', N8N_EXPRESSION_ENGINE: 'legacy' },
};

export type Engine = keyof typeof ENGINES;

/** One round of a scenario. */
export interface Round {
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

/** The rounds of each scenario, by its name. */
export type Rounds = Map<string, Round[]>;

/** Measures one n8n: all scenarios in turns, round after round. */
export async function measure(database: Database, engine: Engine, rounds: number): Promise<Rounds> {
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

/** Sends one scenario's deliveries for a while, and waits until n8n has executed them. */
export async function run(instance: Instance, scenario: Scenario, seconds: number): Promise<Round> {
	const { receiver, next, answer, isExecuted, events, name } = scenario;
	// Of large deliveries n8n would else have more in hand than it executes in a minute.
	const connections = events < LARGE ? CONNECTIONS : CONNECTIONS_FOR_LARGE;
	const before = executed(instance, receiver);
	const cpuBefore = cpuTime(instance.pid);
	const startedAt = performance.now();
	const { answers, failed, latency } = await load(receiver.url, { seconds, connections }, next);
	await instance.untilIdle();
	const took = (performance.now() - startedAt) / 1000;
	const cpu = cpuTime(instance.pid) - cpuBefore;
	const { [answer]: right = 0, ...others } = answers;
	const turnedDown = Object.values(others).reduce((sum, count) => sum + count, failed);
	if (turnedDown > 0) {
		step(`  ${name}: ${JSON.stringify(answers)} and ${failed} without an answer`);
	}
	const executions = executed(instance, receiver) - before;
	// Those that were on their way when the time was over are executed too.
	const done = isExecuted ? executions : right;
	if (done === 0 || (isExecuted ? executions < right : executions > 1)) {
		throw new Error(`${name}: ${right} answers and ${executions} executions in ${seconds} s`);
	}
	return {
		rate: (done * events) / took,
		turnedDown,
		p50: latency.p50,
		p99: latency.p99,
		cpu: (cpu * 1000) / done,
	};
}

const executed = (instance: Instance, { workflowId }: Receiver): number =>
	Object.values(instance.executionCounts(workflowId)).reduce<number>(
		(sum, count) => sum + (count ?? 0),
		0,
	);
