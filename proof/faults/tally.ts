import type { SentEvent } from './sender';

/** What became of the events of a fault. */
export interface Tally {
	sent: number;
	/** Taken for delivered by their senders. */
	answered: number;
	/** Arrived behind the trigger. */
	executed: number;
	twice: number;
	/** Never answered and never executed: by provider, of those that send once only. */
	notRetried: Record<string, number>;
	/** The same, of those that send again but gave up before n8n was well; it says after which final answer. */
	gaveUp: Record<string, number>;
	/** The same, although n8n was well when they gave up: that must not be. */
	refused: Record<string, number>;
	/** Answered 200 and never executed. */
	lostAfter200: number;
	/** Those of them whose 200 was not the trigger's but that of an n8n that was only starting. */
	lostToStart: number;
	/** Answers other than 2xx, and how many; 0 stands for none. */
	otherAnswers: Record<number, number>;
}

/** When n8n was not well. */
export interface Outage {
	from: number;
	to: number;
}

/**
 * Counts.
 *
 * @param executed the id of each event that arrived behind a trigger, as often as it did
 */
export function tallyOf(
	events: readonly SentEvent[],
	executed: readonly string[],
	outage: Outage,
): Tally {
	const times = new Map<string, number>();
	for (const id of executed) times.set(id, (times.get(id) ?? 0) + 1);
	const isExecuted = ({ eventId }: SentEvent) => times.has(eventId);
	const lost = events.filter((event) => !isExecuted(event));
	const lostAtSender = lost.filter(({ isAnswered }) => !isAnswered);
	const wasWell = ({ attempts }: SentEvent) => {
		const last = attempts.at(-1);
		return last !== undefined && (last.endedAt < outage.from || last.startedAt > outage.to);
	};
	const excused = lostAtSender.filter((event) => !wasWell(event));
	return {
		sent: events.length,
		answered: events.filter(({ isAnswered }) => isAnswered).length,
		executed: events.filter(isExecuted).length,
		twice: events.filter(({ eventId }) => (times.get(eventId) ?? 0) > 1).length,
		notRetried: byProvider(excused.filter(({ schedule }) => schedule.attempts === 1)),
		gaveUp: byProvider(excused.filter(({ schedule }) => schedule.attempts > 1)),
		refused: byProvider(lostAtSender.filter(wasWell)),
		lostAfter200: lost.length - lostAtSender.length,
		lostToStart: lost.filter(({ attempts }) => attempts.at(-1)?.isFromStart).length,
		otherAnswers: countBy(
			events
				.flatMap(({ attempts }) => attempts.map(({ status = 0 }) => status))
				.filter((status) => status < 200 || status > 299),
			(status) => status,
		),
	};
}

const byProvider = (events: readonly SentEvent[]): Record<string, number> =>
	countBy(events, ({ attempts, flow, schedule }) => {
		const { status = 0 } = attempts.at(-1) ?? {};
		const isFinal = schedule.final?.includes(status);
		return (
			flow.provider.displayName + (isFinal ? ` after a ${status}, which it takes as final` : '')
		);
	});

function countBy<T, K extends string | number>(
	things: readonly T[],
	keyOf: (thing: T) => K,
): Record<K, number> {
	const counts: Partial<Record<K, number>> = {};
	for (const thing of things) {
		const key = keyOf(thing);
		counts[key] = (counts[key] ?? 0) + 1;
	}
	return counts as Record<K, number>;
}
