import { setTimeout as sleep } from 'node:timers/promises';
import { isRegistered } from '../../test/kit/n8n/webhook';
import { until } from '../../test/kit/until';
import { step } from '../progress';
import type { Services } from './flows';
import { Load, type Flow, type SentEvent } from './sender';
import { tallyOf, type Tally } from './tally';

/** An n8n that is to suffer faults, with its flows and what they reach. */
export interface Host {
	/** How n8n runs, as the table says it. */
	readonly n8n: string;
	/** The processes that take deliveries. */
	readonly bases: readonly string[];
	readonly flows: readonly Flow[];
	/** How many events a second it is sent. */
	readonly perSecond: number;
	readonly services: Services;
}

/** Something that happens to an n8n. */
export interface Fault<H extends Host> {
	name: string;
	/** Does it, and mends it, so that n8n takes deliveries again. */
	happen(host: H): Promise<void>;
	/** Whether executions crash by it, which recover-after-crash tells when it has retried them. */
	crashes?: true;
	/** How long lost events are waited for; 45 seconds unless given. */
	settlesWithinMs?: number;
	/** Groups of flows of which n8n loses events that it has answered 200, and why. */
	loses?: Readonly<Record<string, string>>;
}

/** A row of the table: what a fault did to the events of a group of flows. */
export interface Row {
	fault: string;
	n8n: string;
	/** How long n8n was not well, in seconds. */
	outage: number;
	tally: Tally;
	/** Why n8n loses events after its 200, where that is known. */
	loses?: string;
}

/** How long there are new events in an outage: what a busy machine takes to start n8n is not to swamp it. */
const NEW_EVENTS_WITHIN_MS = 25_000;
const SWIFT_WITHIN_MS = 40_000;
const SWIFT_MS = 500;
const SWIFT_TIMES = 3;
const SETTLES_WITHIN_MS = 45_000;
/** How long nothing more has arrived when everything is taken to have settled. */
const QUIET_MS = 4_000;

/** Lets a fault happen under load, with new events before and after it, waits until all has settled, and counts. */
export async function runFault<H extends Host>(
	host: H,
	fault: Fault<H>,
	{ beforeMs, afterMs }: { beforeMs: number; afterMs: number },
): Promise<Row[]> {
	step(`${host.n8n}: ${fault.name}`);
	const { recorder, slack } = host.services;
	recorder.take();
	slack.take();
	const load = new Load(host.flows, host.bases, host.perSecond);
	const outage = { from: 0, to: 0 };
	try {
		await sleep(beforeMs);
		outage.from = Date.now();
		const pause = setTimeout(() => {
			load.pause();
		}, NEW_EVENTS_WITHIN_MS);
		await fault.happen(host);
		await untilSwift(host);
		outage.to = Date.now();
		clearTimeout(pause);
		load.resume();
		await sleep(afterMs);
	} finally {
		await load.stop();
	}
	await settle(host, fault, load.events);

	const executed = recorder.take();
	const groups = [...new Set(load.events.map(({ flow }) => flow.group))];
	return groups.map((group) => {
		const events = load.events.filter(({ flow }) => flow.group === group);
		const tally = tallyOf(events, executed, outage);
		step(`  ${group} ${JSON.stringify(tally)}`);
		return {
			fault: fault.name,
			n8n: [host.n8n, group].filter(Boolean).join('; '),
			outage: Math.round((outage.to - outage.from) / 1000),
			tally,
			loses: fault.loses?.[group],
		};
	});
}

/** Waits until every process that takes deliveries answers at once, for all flows, a few times in turn. */
async function untilSwift({ bases, flows }: Host): Promise<void> {
	const urls = bases.flatMap((base) => flows.map(({ path }) => base + path));
	const deadline = Date.now() + SWIFT_WITHIN_MS;
	for (let inTurn = 0; inTurn < SWIFT_TIMES;) {
		await sleep(SWIFT_MS);
		const startedAt = Date.now();
		const areThere = await Promise.all(urls.map((url) => isRegistered(url).catch(() => false)));
		const isSwift = Date.now() - startedAt < SWIFT_MS && areThere.every(Boolean);
		inTurn = isSwift ? inTurn + 1 : 0;
		if (Date.now() > deadline) return;
	}
}

/** Waits until what was answered is executed, or will not be any more. */
async function settle<H extends Host>(
	{ services: { recorder, slack } }: H,
	{ crashes, settlesWithinMs = SETTLES_WITHIN_MS }: Fault<H>,
	events: readonly SentEvent[],
): Promise<void> {
	const deadline = Date.now() + settlesWithinMs;
	const isInTime = () => Date.now() < deadline;
	const isDone = () => {
		const executed = new Set(recorder.texts);
		return events.every(
			({ attempts, eventId, isAnswered }) =>
				!isAnswered || attempts.at(-1)?.isFromStart || executed.has(eventId),
		);
	};
	await until(() => isDone() || !isInTime(), Infinity);
	// What had arrived before n8n was killed is retried too.
	if (crashes) await until(() => slack.take().length > 0 || !isInTime(), Infinity);
	let count = -1;
	while (count !== recorder.texts.length) {
		count = recorder.texts.length;
		await sleep(QUIET_MS);
	}
}

/** Whether nothing was lost that must not be. */
export const hasHeld = ({ tally, loses }: Row): boolean =>
	Object.keys(tally.rejected).length === 0 && (tally.lostAfter200 === 0 || loses !== undefined);
