import { setTimeout as sleep } from 'node:timers/promises';
import { PROVIDERS } from '../../test/kit/providers';
import { publish, saveCredential, trigger } from '../../test/kit/n8n/workflow-parts';
import type { Instance } from '../../test/kit/n8n/instance';
import { processMetrics } from '../process';
import { step } from '../progress';
import { sum } from '../statistics';
import { kindsFor, type Kind } from './kinds';
import { Random } from './random';
import { send, type FloodRequest, type Outcome, type Result } from './send';
import { Target } from './target';

/** How large a flood is. */
export interface FloodSize {
	/** How many hostile requests there are, or a few more. */
	hostile: number;
	/** How many valid deliveries are among them; each comes a second time. */
	valid: number;
}

/** What a flood has shown. */
export interface Flooded {
	seconds: number;
	/** How many of each kind had each result. */
	kinds: Map<string, Map<Result, number>>;
	/** Executions that there have to be, those that succeeded, and reports of rejections. */
	executions: { expected: number; found: number; reports: number };
	/** n8n's memory before and after, in MiB. */
	memory: [before: number, after: number];
	/** What was not as it has to be. */
	faults: string[];
}

export const VALID = 'valid';
export const REPEATED = 'valid, sent again';

const WHOLE = 100_000;
const LEAST = 20;
const AT_ONCE = 100;
const AT_REST_MS = 2_000;
const AT_REST_WITHIN_MS = 120_000;
const FAULTS_SHOWN = 50;

/** Handles of which n8n itself has more or fewer from one look to the next, such as a kept socket. */
const HANDLES_OF_ITS_OWN = 3;

/** More than there are reasons to reject something: each makes one report. */
const MOST_REPORTS = 10;

/** What the node says when it has not decided on a copy, and n8n when the node throws. */
const OF_THE_NODE = /^Service Unavailable$|Workflow Webhook Error/;

/** What no request may bring about. */
const WRONG_IN_LOG = /Cannot set headers|[Uu]nhandled|uncaught|heap out of memory/;

interface Planned {
	kind: string;
	target: Target;
	/** Makes it when it is sent: kept like this, a hundred thousand take no room. */
	make: () => FloodRequest;
}

/** Every request of a flood, in its order. The same seed makes the same. */
function planFlood(targets: readonly Target[], size: FloodSize, seed: number): Planned[] {
	const random = new Random(seed);
	const planned: [order: number, one: Planned][] = [];
	const valid: Kind = {
		name: VALID,
		share: 0,
		make(target, n) {
			const body = target.body(n);
			return { body, headers: target.headers(body), allowed: [200], executes: true };
		},
	};
	for (const kind of [valid, ...kindsFor(targets)]) {
		const suited = targets.filter(kind.suits ?? (() => true));
		const hostile = Math.max(LEAST, Math.round((kind.share * size.hostile) / WHOLE));
		for (let n = 0; n < (kind === valid ? size.valid : hostile); n++) {
			const target = suited[n % suited.length] as Target;
			const number = planned.length;
			const make = () => kind.make(target, number, new Random(seed + number));
			planned.push([random.next(), { kind: kind.name, target, make }]);
		}
	}
	return planned.sort(([a], [b]) => a - b).map(([, one]) => one);
}

/** Sends a flood to n8n, with a workflow for every provider, and looks at what it left. */
export async function flood(instance: Instance, size: FloodSize, seed: number): Promise<Flooded> {
	const targets: Target[] = [];
	for (const provider of PROVIDERS) {
		const credential = await saveCredential(instance, provider);
		const node = trigger(provider, credential);
		targets.push(new Target(provider, await publish(instance, `flooded-${provider.id}`, [node])));
	}
	const plan = planFlood(targets, size, seed);
	step(`seed ${seed}: ${plan.length} requests to ${targets.length} webhooks`);
	const kinds: Flooded['kinds'] = new Map();
	const expected = new Map<Target, number>();
	const faults: string[] = [];
	const count = ({ kind, target }: Planned, request: FloodRequest, { result, body }: Outcome) => {
		const results = kinds.get(kind) ?? new Map<Result, number>();
		kinds.set(kind, results.set(result, (results.get(result) ?? 0) + 1));
		if (request.executes && result === 200) expected.set(target, (expected.get(target) ?? 0) + 1);
		const isOfTheNode = Number(result) >= 500 && OF_THE_NODE.test(body);
		if (request.allowed.includes(result) && !isOfTheNode) return;
		faults.push(`${target.provider.displayName}, "${kind}": ${result} ${body}`.trimEnd());
	};

	const before = await look(instance);
	const startedAt = performance.now();
	const left = plan.values();
	const sendInTurn = async () => {
		// The senders share what is left.
		for (const one of left) {
			const request = one.make();
			count(one, request, await send(one.target.receiver.url, request));
			if (one.kind !== VALID) continue;
			const again = { ...one.make(), executes: false };
			const outcome = await send(one.target.receiver.url, again);
			count({ ...one, kind: REPEATED }, again, outcome);
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, sendInTurn));
	await instance.untilIdle();
	const seconds = (performance.now() - startedAt) / 1000;

	let after = await look(instance);
	const isAtRest = () => after.handles <= before.handles + HANDLES_OF_ITS_OWN;
	for (let waited = 0; !isAtRest() && waited < AT_REST_WITHIN_MS; waited += AT_REST_MS) {
		await sleep(AT_REST_MS);
		after = await look(instance);
	}
	if (!isAtRest()) faults.push(`${after.handles} handles are open, ${before.handles} were before`);
	const executions = { expected: sum([...expected.values()]), found: 0, reports: 0 };
	for (const target of targets) {
		const counts = instance.executionCounts(target.receiver.workflowId);
		const { success = 0, error = 0, ...others } = counts;
		executions.found += success;
		executions.reports += error;
		const wanted = expected.get(target) ?? 0;
		if (success === wanted && error <= MOST_REPORTS && Object.keys(others).length === 0) continue;
		const { displayName } = target.provider;
		faults.push(
			`${displayName}: ${wanted} executions expected, there are ${JSON.stringify(counts)}`,
		);
	}
	const log = instance.log().split('\n');
	faults.push(...log.filter((line) => WRONG_IN_LOG.test(line)));
	const memory: Flooded['memory'] = [before.rss, after.rss];
	return { seconds, kinds, executions, memory, faults: faults.slice(0, FAULTS_SHOWN) };
}

/** n8n may close a kept connection in the moment in which it is asked over it. */
const look = async ({ url }: Instance) =>
	await processMetrics(url).catch(() => processMetrics(url));
