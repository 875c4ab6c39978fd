import { Ledger, type PendingResponse } from '../../nodes/shared/core/remember/ledger';

/** A response that the test sends when it likes. */
class TestResponse implements PendingResponse {
	private state: ReturnType<PendingResponse['outcome']> = 'pending';

	private announce: () => void = () => undefined;

	readonly sent = new Promise<void>((resolve) => {
		this.announce = resolve;
	});

	outcome() {
		return this.state;
	}

	/** n8n responds. */
	send(outcome: 'accepted' | 'failed'): void {
		this.state = outcome;
		this.announce();
	}
}

const HOUR = 60 * 60_000;
const WEEK = 7 * 24 * HOUR;
const PATIENCE = 10_000;

const remembered = (ids: string[], retention = WEEK) => new Map(ids.map((id) => [id, retention]));

/** A claim that waits for no more than the test's own responses. */
async function claim(
	ledger: Ledger,
	ids: string[],
	response: PendingResponse = new TestResponse(),
) {
	const { fresh, undecided } = await ledger.claim(remembered(ids), response, PATIENCE);
	return { fresh: [...fresh], undecided: [...undecided] };
}

async function deliver(
	ledger: Ledger,
	ids: string[],
	outcome: 'accepted' | 'failed',
	retention = WEEK,
) {
	const response = new TestResponse();
	const { fresh } = await ledger.claim(remembered(ids, retention), response, PATIENCE);
	response.send(outcome);
	return [...fresh];
}

/** Lets everything run that is ready to run. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A ledger whose clock and patience the test moves on. */
function ledgerAt(start: number, capacity?: number) {
	const clock = { now: start };
	const alarms: (() => void)[] = [];
	const waits: number[] = [];
	const ledger = new Ledger({
		...(capacity === undefined ? {} : { capacity }),
		now: () => clock.now,
		wait: async (milliseconds) => {
			waits.push(milliseconds);
			await new Promise<void>((resolve) => alarms.push(resolve));
		},
	});
	/** The patience of every waiting copy ends. */
	const runOut = () => {
		for (const alarm of alarms.splice(0)) alarm();
	};
	return { ledger, clock, waits, runOut };
}

describe('a delivery', () => {
	it('has ids that are new once', async () => {
		const ledger = new Ledger();

		expect(await deliver(ledger, ['a', 'b'], 'accepted')).toEqual(['a', 'b']);
		expect(await deliver(ledger, ['a', 'b'], 'accepted')).toEqual([]);
	});

	it('is judged id by id', async () => {
		const ledger = new Ledger();
		await deliver(ledger, ['b'], 'accepted');

		expect(await deliver(ledger, ['a', 'b', 'c', 'a'], 'accepted')).toEqual(['a', 'c']);
	});

	it('that failed leaves its ids new', async () => {
		const ledger = new Ledger();
		await deliver(ledger, ['a'], 'failed');

		expect(await deliver(ledger, ['a'], 'accepted')).toEqual(['a']);
		expect(await deliver(ledger, ['a'], 'accepted')).toEqual([]);
	});

	it('leaves nothing behind when it failed', async () => {
		const ledger = new Ledger();
		for (let n = 0; n < 100; n++) await deliver(ledger, [`id ${n}`], 'failed');
		await settled();

		expect(ledger.size).toBe(0);
	});
});

describe('a copy that arrives while the first is waiting for its response', () => {
	it('waits, and is dropped when the first is accepted', async () => {
		const ledger = new Ledger();
		const first = new TestResponse();
		await claim(ledger, ['a'], first);
		const outcomes: string[][] = [];
		void deliver(ledger, ['a', 'b'], 'accepted').then((fresh) => outcomes.push(fresh));

		await settled();
		expect(outcomes).toEqual([]);

		first.send('accepted');
		await settled();
		expect(outcomes).toEqual([['b']]);
	});

	it('takes its place when the first fails, one copy of 40', async () => {
		const ledger = new Ledger();
		const first = new TestResponse();
		await claim(ledger, ['a'], first);
		const copies = Promise.all(
			Array.from({ length: 40 }, () => deliver(ledger, ['a'], 'accepted')),
		);

		first.send('failed');

		expect((await copies).filter((fresh) => fresh.length > 0)).toEqual([['a']]);
	});

	it('does not wait for a batch that waits for it', async () => {
		const ledger = new Ledger();
		const first = new TestResponse();
		await claim(ledger, ['b'], first);
		const batches = Promise.all([
			deliver(ledger, ['a', 'b', 'c'], 'accepted'),
			deliver(ledger, ['c', 'b', 'a'], 'accepted'),
		]);

		first.send('accepted');

		expect((await batches).flat().sort()).toEqual(['a', 'c']);
	});
});

describe('a delivery that n8n does not decide on', () => {
	it('holds up a copy no longer than the copy can wait', async () => {
		const { ledger, waits, runOut } = ledgerAt(0);
		await claim(ledger, ['a']);
		const copy = claim(ledger, ['a']);
		await settled();
		runOut();

		expect(await copy).toEqual({ fresh: [], undecided: ['a'] });
		expect(waits).toEqual([PATIENCE]);
	});

	it('holds up nothing else in the same batch', async () => {
		const { ledger, runOut } = ledgerAt(0);
		await deliver(ledger, ['known'], 'accepted');
		await claim(ledger, ['a']);
		const batch = claim(ledger, ['a', 'new', 'known']);
		await settled();
		runOut();

		expect(await batch).toEqual({ fresh: ['new'], undecided: ['a'] });
	});

	it('makes a copy that shares ids with several wait once, not once for each', async () => {
		const { ledger, waits, runOut } = ledgerAt(0);
		const first = new TestResponse();
		await claim(ledger, ['a'], first);
		await claim(ledger, ['b']);
		const batch = claim(ledger, ['a', 'b']);
		await settled();
		first.send('accepted');
		await settled();
		runOut();

		expect(await batch).toEqual({ fresh: [], undecided: ['b'] });
		expect(waits).toHaveLength(1);
	});

	it('is a duplicate for later copies once n8n accepts it after all', async () => {
		const { ledger, runOut } = ledgerAt(0);
		const first = new TestResponse();
		await claim(ledger, ['a'], first);
		const copy = claim(ledger, ['a']);
		await settled();
		runOut();
		await copy;
		first.send('accepted');

		expect(await claim(ledger, ['a'])).toEqual({ fresh: [], undecided: [] });
	});

	it('is let go after an hour, so that the next copy is processed', async () => {
		const { ledger, clock, runOut } = ledgerAt(0);
		await claim(ledger, ['a']);

		clock.now = HOUR - 1;
		const early = claim(ledger, ['a']);
		await settled();
		runOut();
		expect(await early).toEqual({ fresh: [], undecided: ['a'] });

		clock.now = HOUR;
		expect(await claim(ledger, ['a'])).toEqual({ fresh: ['a'], undecided: [] });
	});

	it('is let go after an hour whatever arrives, so that nothing piles up', async () => {
		const { ledger, clock } = ledgerAt(0);
		for (let n = 0; n < 100; n++) await claim(ledger, [`stopped ${n}`]);
		clock.now = HOUR;
		await deliver(ledger, ['a'], 'failed');
		await settled();

		expect(ledger.size).toBe(0);
	});

	it('does not take the place of the copy that came after it was let go', async () => {
		const { ledger, clock, runOut } = ledgerAt(0);
		const first = new TestResponse();
		await claim(ledger, ['a'], first);
		clock.now = HOUR;
		await claim(ledger, ['a']);
		first.send('failed');
		await settled();

		const copy = claim(ledger, ['a']);
		await settled();
		runOut();
		expect(await copy).toEqual({ fresh: [], undecided: ['a'] });
	});
});

describe('what is remembered', () => {
	it('are the most recent ids up to the capacity', async () => {
		const ledger = new Ledger({ capacity: 3 });
		for (const id of ['a', 'b', 'c', 'd']) await deliver(ledger, [id], 'accepted');
		await settled();

		expect(ledger.size).toBe(3);
		expect(await deliver(ledger, ['b', 'c', 'd'], 'accepted')).toEqual([]);
		expect(await deliver(ledger, ['a'], 'accepted')).toEqual(['a']);
	});

	it('is forgotten after its time, each id after its own', async () => {
		const { ledger, clock } = ledgerAt(1_000 * HOUR);
		await deliver(ledger, ['a week'], 'accepted');
		await deliver(ledger, ['an hour'], 'accepted', HOUR);
		await settled();

		clock.now += HOUR - 1;
		expect(await deliver(ledger, ['a week', 'an hour'], 'failed')).toEqual([]);
		clock.now += 1;
		expect(await deliver(ledger, ['a week', 'an hour'], 'failed')).toEqual(['an hour']);
		clock.now += WEEK - HOUR - 1;
		expect(await deliver(ledger, ['a week'], 'failed')).toEqual([]);
		clock.now += 1;
		expect(await deliver(ledger, ['a week'], 'failed')).toEqual(['a week']);
	});

	it('counts from the last acceptance when an id was forgotten and accepted again', async () => {
		const { ledger, clock } = ledgerAt(0, 2);
		await deliver(ledger, ['a'], 'accepted', HOUR);
		await deliver(ledger, ['b'], 'accepted');
		await settled();
		clock.now = HOUR;
		await deliver(ledger, ['a'], 'accepted', HOUR);
		await settled();
		await deliver(ledger, ['c'], 'accepted');
		await settled();

		expect(await deliver(ledger, ['a', 'b', 'c'], 'failed')).toEqual(['b']);
	});

	it('is 10,000 ids unless told otherwise', async () => {
		const ledger = new Ledger();
		const ids = Array.from({ length: 10_001 }, (_, n) => `id ${n}`);
		await deliver(ledger, ids, 'accepted');
		await settled();

		expect(ledger.size).toBe(10_000);
		expect(await deliver(ledger, ids, 'failed')).toEqual(['id 0']);
	});

	it('does not depend on the time of day, which may jump either way', async () => {
		const timeOfDay = jest.spyOn(Date, 'now');
		const ledger = new Ledger();
		timeOfDay.mockReturnValue(0);
		await deliver(ledger, ['a'], 'accepted');
		await settled();

		timeOfDay.mockReturnValue(8 * WEEK);
		expect(await deliver(ledger, ['a'], 'failed')).toEqual([]);
		timeOfDay.mockReturnValue(-8 * WEEK);
		expect(await deliver(ledger, ['a'], 'failed')).toEqual([]);
		timeOfDay.mockRestore();
	});

	it('counts what is accepted and what is claimed', async () => {
		const ledger = new Ledger();
		await deliver(ledger, ['a', 'b'], 'accepted');
		await claim(ledger, ['c']);

		expect(ledger.size).toBe(3);
	});
});
