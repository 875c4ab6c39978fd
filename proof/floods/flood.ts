import { PROVIDERS } from '../../playground/providers';
import type { Instance } from '../instance';
import { step } from '../progress';
import { publish, saveCredential, trigger } from '../../playground/workflow-parts';
import { answerToXml, publishControl } from './control';
import { planFlood, type FloodSize, type Planned } from './plan';
import { reportsOf } from './reports';
import type { Result } from './request';
import { Sender } from './send';
import { Tally, tellSurprise } from './tally';
import { Target } from './target';
import { Watch, type Watched } from './watch';

/** The executions of one webhook's workflow after a flood. */
export interface Executed {
	provider: string;
	/** What was authentic and new. */
	expected: number;
	/** What succeeded. */
	found: number;
	/** What the failed ones say: the node's reports of refusals. */
	reports: string[];
	/** Those of any other status. */
	others: number;
}

/** What a flood has shown. */
export interface Flooded {
	seed: number;
	tally: Tally;
	executed: Executed[];
	watched: Watched;
	seconds: number;
	/** What n8n's own Webhook node answers afterwards to what says XML and is none. */
	xmlAnswer: Result;
	/** What n8n's log should not say. */
	wrongInLog: string[];
	/** How many lines the nodes wrote into n8n's log. */
	linesInLog: number;
}

/** How many requests are under way at once, of which none takes its time by itself. */
const AT_ONCE = 50;
/** The same of those that do. */
const SLOW_AT_ONCE = 200;

const STEP_MS = 15_000;

/** What no request may bring about. */
const WRONG_IN_LOG = /Cannot set headers|[Uu]nhandled|uncaught|heap out of memory/;

/** What only a node's line says. */
const OF_A_NODE = /to node "Trigger" of workflow "flooded-/;

/** Sends a flood to n8n, with a workflow for every provider, and looks at what it left. */
export async function flood(instance: Instance, size: FloodSize, seed: number): Promise<Flooded> {
	const targets: Target[] = [];
	for (const provider of PROVIDERS) {
		const credential = await saveCredential(instance, provider);
		const receiver = await publish(instance, `flooded-${provider.id}`, [
			trigger(provider, credential),
		]);
		targets.push(new Target(provider, receiver));
	}
	const controlPath = await publishControl(instance);
	const plan = planFlood(targets, size, seed);
	step(`seed ${seed}: ${plan.length} requests to ${targets.length} webhooks`);

	const watch = await Watch.start(instance.url);
	const startedAt = performance.now();
	const tally = await sendAll(plan, instance.port);
	const seconds = (performance.now() - startedAt) / 1000;
	await instance.untilIdle();
	const watched = await watch.stop();
	step('sent; counting the executions');
	const xmlAnswer = await answerToXml(instance, controlPath);

	const executed = [];
	for (const { provider, receiver } of targets) {
		const { success = 0, error = 0, ...others } = instance.executionCounts(receiver.workflowId);
		executed.push({
			provider: provider.displayName,
			expected: tally.executions.get(receiver.workflowId) ?? 0,
			found: success,
			reports: error > 0 ? await reportsOf(instance, receiver.workflowId) : [],
			others: Object.values(others).reduce<number>((sum, count) => sum + (count ?? 0), 0),
		});
	}
	const log = instance.log().split('\n');
	const wrongInLog = log.filter((line) => WRONG_IN_LOG.test(line));
	const linesInLog = log.filter((line) => OF_A_NODE.test(line)).length;
	return { seed, tally, executed, watched, seconds, xmlAnswer, wrongInLog, linesInLog };
}

/** Sends every request, a repetition when what it repeats was answered. */
async function sendAll(plan: readonly Planned[], port: number): Promise<Tally> {
	const sender = new Sender(port);
	const tally = new Tally();
	const answered = new Map<Planned, Promise<void>>();
	const send = async (planned: Planned) => {
		if (planned.repeats) await answered.get(planned.repeats);
		const request = planned.draft(planned.n);
		tally.add(planned, request, await sender.send(request.wire));
	};
	const sendInTurn = async (queue: readonly Planned[], atOnce: number) => {
		const left = queue.values();
		const take = async () => {
			// The senders share what is left.
			for (const planned of left) {
				const sending = send(planned);
				answered.set(planned, sending);
				await sending;
			}
		};
		await Promise.all(Array.from({ length: atOnce }, take));
	};
	let told = 0;
	const ticking = setInterval(() => {
		step(
			`${tally.sent} of ${plan.length} answered, ${tally.surprising} otherwise than they may be`,
		);
		for (const surprise of tally.surprises.slice(told)) step(tellSurprise(surprise));
		told = tally.surprises.length;
	}, STEP_MS);
	try {
		await Promise.all([
			sendInTurn(
				plan.filter(({ isSlow }) => !isSlow),
				AT_ONCE,
			),
			sendInTurn(
				plan.filter(({ isSlow }) => isSlow),
				SLOW_AT_ONCE,
			),
		]);
	} finally {
		clearInterval(ticking);
		sender.stop();
	}
	return tally;
}
