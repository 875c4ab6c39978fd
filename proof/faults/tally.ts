import type { SentEvent } from './sender';

/** What became of the events of a fault. */
export interface Tally {
	sent: number;
	/** Taken for delivered by their senders. */
	answered: number;
	/** Arrived behind the trigger. */
	executed: number;
	twice: number;
	/** Never answered and never executed: of providers that send once. */
	notRetried: number;
	/** The same, of those that gave up before n8n was well: by provider, and the final answer if it was one. */
	gaveUp: Record<string, number>;
	/** The same, although n8n was well when they gave up: that must not be. */
	rejected: Record<string, number>;
	/** Answered 200 by the trigger and never executed. */
	lostAfter200: number;
	/** Answered 200 by an n8n that was only starting, and never executed. */
	lostToStart: number;
}

/** When n8n was not well. */
export interface Outage {
	from: number;
	to: number;
}

/** @param executed the ID of each event that arrived behind a trigger, as often as it did */
export function tallyOf(
	events: readonly SentEvent[],
	executed: readonly string[],
	outage: Outage,
): Tally {
	const once = new Set(executed);
	const twice = new Set(executed.filter((id, index) => executed.indexOf(id) !== index));
	const lost = events.filter(({ eventId }) => !once.has(eventId));
	const atSender = lost.filter(({ isAnswered }) => !isAnswered);
	const wasWell = ({ attempts }: SentEvent) => {
		const last = attempts.at(-1);
		return last !== undefined && (last.endedAt < outage.from || last.startedAt > outage.to);
	};
	const excused = atSender.filter((event) => !wasWell(event));
	const lostToStart = lost.filter(({ attempts }) => attempts.at(-1)?.isFromStart).length;
	return {
		sent: events.length,
		answered: events.filter(({ isAnswered }) => isAnswered).length,
		executed: events.length - lost.length,
		twice: events.filter(({ eventId }) => twice.has(eventId)).length,
		notRetried: excused.filter(({ schedule }) => schedule.attempts === 1).length,
		gaveUp: byProvider(excused.filter(({ schedule }) => schedule.attempts > 1)),
		rejected: byProvider(atSender.filter(wasWell)),
		lostAfter200: lost.length - atSender.length - lostToStart,
		lostToStart,
	};
}

function byProvider(events: readonly SentEvent[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { attempts, flow, schedule } of events) {
		const { status = 0 } = attempts.at(-1) ?? {};
		const why = schedule.final?.includes(status) ? ` (${status} is final)` : '';
		const name = flow.provider.displayName + why;
		counts[name] = (counts[name] ?? 0) + 1;
	}
	return counts;
}
