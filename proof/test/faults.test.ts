import { PROVIDERS, providerById } from '../../playground/providers';
import { newEvent } from '../faults/event';
import { hasHeld } from '../faults/run';
import { waitBefore } from '../faults/schedules';
import type { Attempt, SentEvent } from '../faults/sender';
import { tallyOf } from '../faults/tally';

const OUTAGE = { from: 1_000, to: 2_000 };

let count = 0;

/** An event of a provider, and what its attempts were answered, at these times. */
function sent(providerId: string, ...attempts: [at: number, status?: number][]): SentEvent {
	const provider = providerById(providerId);
	return {
		flow: { provider, path: '', group: '' },
		eventId: `event-${++count}`,
		schedule: provider.simulator.schedule,
		attempts: attempts.map(([at, status]): Attempt => ({ startedAt: at, endedAt: at + 1, status })),
		isAnswered: attempts.at(-1)?.[1] === 200,
	};
}

const row = (events: SentEvent[], executed: string[], loses?: string) => ({
	fault: '',
	n8n: '',
	outage: 1,
	tally: tallyOf(events, executed, OUTAGE),
	loses,
});

describe('the tally of a fault', () => {
	it('counts what was executed, once and twice, whether it was answered or not', () => {
		const events = [sent('meta', [1_500, 200]), sent('meta', [1_500]), sent('meta', [1_500, 200])];
		const [first, second, third] = events.map(({ eventId }) => eventId) as [string, string, string];
		const { tally } = row(events, [first, second, third, third]);
		expect(tally).toMatchObject({ sent: 3, answered: 2, executed: 3, twice: 1, lostAfter200: 0 });
	});

	it('tells senders that never send again from those that gave up', () => {
		const found = row([sent('twilio', [1_500]), sent('pingmate', [1_400, 503], [1_500])], []);
		expect(found.tally).toMatchObject({
			notRetried: { Twilio: 1 },
			gaveUp: { PingMate: 1 },
			otherAnswers: { 0: 2, 503: 1 },
		});
		expect(hasHeld(found)).toBe(true);
	});

	it('says after which answer a sender gave up at once', () => {
		const { tally } = row([sent('evolution', [1_400, 503], [1_500, 404])], []);
		expect(Object.keys(tally.gaveUp)).toEqual([
			'Evolution API after a 404, which it takes as final',
		]);
	});

	it('does not hold when n8n was well at the last attempt', () => {
		expect(hasHeld(row([sent('meta', [1_500], [2_500, 500])], []))).toBe(false);
		expect(hasHeld(row([sent('twilio', [500, 401])], []))).toBe(false);
	});

	it('does not hold when something is lost after a 200, unless that is known', () => {
		const events = [sent('meta', [1_500, 200])];
		expect(hasHeld(row(events, []))).toBe(false);
		expect(hasHeld(row(events, [], 'n8n empties it'))).toBe(true);
	});

	it('does not take for an answer of the trigger what n8n says while it starts', () => {
		const event = sent('meta', [1_500, 200]);
		Object.assign(event.attempts[0] as Attempt, { isFromStart: true });
		const found = row([event], []);
		expect(found.tally).toMatchObject({ lostAfter200: 1, lostToStart: 1 });
		expect(hasHeld(found)).toBe(true);
	});
});

describe('the schedules of the senders', () => {
	it.each(PROVIDERS)('have an attempt of $displayName, and a new event each time', (provider) => {
		const { attempts, patience } = provider.simulator.schedule;
		expect(attempts).toBeGreaterThan(0);
		expect(patience).toBeGreaterThan(0);
		expect(newEvent(provider).eventId).not.toBe(newEvent(provider).eventId);
	});

	it('have long waits shortened, and repeat the last', () => {
		const ycloud = providerById('ycloud').simulator.schedule;
		const evolution = providerById('evolution').simulator.schedule;
		expect([1, 2, 7].map((n) => waitBefore(ycloud, n))).toEqual([10, 10, 10]);
		expect([1, 2, 9].map((n) => waitBefore(evolution, n))).toEqual([5, 10, 10]);
	});
});
