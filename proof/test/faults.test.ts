import { providerById } from '../../test/kit/providers';
import { hasHeld } from '../faults/run';
import type { SentEvent } from '../faults/sender';
import { tallyOf } from '../faults/tally';

const OUTAGE = { from: 1_000, to: 2_000 };

/** An event of a provider, and what its attempts were answered, at these times. */
const sent = (id: string, ...attempts: [at: number, status?: number][]): SentEvent => ({
	flow: { provider: providerById(id), path: '', group: '' },
	eventId: JSON.stringify([id, attempts]),
	schedule: providerById(id).simulator.schedule,
	attempts: attempts.map(([at, status]) => ({ startedAt: at, endedAt: at + 1, status })),
	isAnswered: attempts.at(-1)?.[1] === 200,
});

const rowOf = (events: SentEvent[], executed: string[] = [], loses?: string) => ({
	...{ fault: '', n8n: '', outage: 1, loses },
	tally: tallyOf(events, executed, OUTAGE),
});

describe('what became of events under a fault', () => {
	it('is counted by what was executed, once and twice, answered or not', () => {
		const events = [sent('meta', [1_500, 200]), sent('meta', [1_500]), sent('meta', [1_600, 200])];
		const [first, second, third] = events.map(({ eventId }) => eventId) as [string, string, string];
		const { tally } = rowOf(events, [first, second, third, third]);

		expect(tally).toMatchObject({ sent: 3, answered: 2, executed: 3, twice: 1, lostAfter200: 0 });
	});

	it('is excused where the sender gave up before n8n was well', () => {
		const row = rowOf([
			sent('twilio', [1_500]),
			sent('pingmate', [1_400, 503], [1_500]),
			sent('evolution', [1_500, 404]),
		]);

		expect(row.tally).toMatchObject({
			notRetried: 1,
			gaveUp: { PingMate: 1, 'Evolution API (404 is final)': 1 },
		});
		expect(hasHeld(row)).toBe(true);
	});

	it('is a fault of n8n, or of the trigger, where n8n was well', () => {
		expect(hasHeld(rowOf([sent('meta', [1_500], [2_500, 500])]))).toBe(false);
		expect(hasHeld(rowOf([sent('twilio', [500, 401])]))).toBe(false);
	});

	it('is lost after a 200, unless that is known, or only an n8n that was starting said it', () => {
		const event = sent('meta', [1_500, 200]);
		expect(hasHeld(rowOf([event]))).toBe(false);
		expect(hasHeld(rowOf([event], [], 'n8n empties it'))).toBe(true);

		for (const attempt of event.attempts) attempt.isFromStart = true;
		expect(rowOf([event]).tally).toMatchObject({ lostAfter200: 0, lostToStart: 1 });
	});
});
