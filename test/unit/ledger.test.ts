import { Ledger, type Answer } from '../../nodes/shared/core/ledger';

/** An answer that the test gives when it likes. */
class TestAnswer implements Answer {
	private state: ReturnType<Answer['outcome']> = 'pending';

	private announce: () => void = () => undefined;

	private readonly announced = new Promise<void>((resolve) => {
		this.announce = resolve;
	});

	outcome() {
		return this.state;
	}

	async answered() {
		await this.announced;
	}

	/** n8n answers. */
	send(outcome: 'accepted' | 'failed'): void {
		this.state = outcome;
		this.announce();
	}
}

const HOUR = 60 * 60_000;

async function deliver(ledger: Ledger, ids: string[], outcome: 'accepted' | 'failed') {
	const answer = new TestAnswer();
	const fresh = await ledger.claim(ids, answer);
	answer.send(outcome);
	return [...fresh];
}

/** Lets everything run that is ready to run. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('Ledger', () => {
	it('takes an id as new once', async () => {
		const ledger = new Ledger();

		expect(await deliver(ledger, ['a', 'b'], 'accepted')).toEqual(['a', 'b']);
		expect(await deliver(ledger, ['a', 'b'], 'accepted')).toEqual([]);
	});

	it('judges a batch id by id', async () => {
		const ledger = new Ledger();
		await deliver(ledger, ['b'], 'accepted');

		expect(await deliver(ledger, ['a', 'b', 'c', 'a'], 'accepted')).toEqual(['a', 'c']);
	});

	it('takes an id as new again when its delivery failed', async () => {
		const ledger = new Ledger();
		await deliver(ledger, ['a'], 'failed');

		expect(await deliver(ledger, ['a'], 'accepted')).toEqual(['a']);
		expect(await deliver(ledger, ['a'], 'accepted')).toEqual([]);
	});

	it('lets a second copy wait, and drops it when the first was accepted', async () => {
		const ledger = new Ledger();
		const first = new TestAnswer();
		await ledger.claim(['a'], first);
		const outcomes: string[][] = [];
		void deliver(ledger, ['a', 'b'], 'accepted').then((fresh) => outcomes.push(fresh));

		await settled();
		expect(outcomes).toEqual([]);

		first.send('accepted');
		await settled();
		expect(outcomes).toEqual([['b']]);
	});

	it('lets one of the waiting copies through when the first failed', async () => {
		const ledger = new Ledger();
		const first = new TestAnswer();
		await ledger.claim(['a'], first);
		const copies = Promise.all(
			Array.from({ length: 40 }, () => deliver(ledger, ['a'], 'accepted')),
		);

		first.send('failed');

		expect((await copies).filter((fresh) => fresh.length > 0)).toEqual([['a']]);
	});

	it('does not let two batches that share ids wait for each other', async () => {
		const ledger = new Ledger();
		const first = new TestAnswer();
		await ledger.claim(['b'], first);
		const batches = Promise.all([
			deliver(ledger, ['a', 'b', 'c'], 'accepted'),
			deliver(ledger, ['c', 'b', 'a'], 'accepted'),
		]);

		first.send('accepted');

		expect((await batches).flat().sort()).toEqual(['a', 'c']);
	});

	it('keeps the most recent ids up to its capacity', async () => {
		const ledger = new Ledger(3);
		for (const id of ['a', 'b', 'c', 'd']) await deliver(ledger, [id], 'accepted');
		await settled();

		expect(ledger.size).toBe(3);
		expect(await deliver(ledger, ['b', 'c', 'd'], 'accepted')).toEqual([]);
		expect(await deliver(ledger, ['a'], 'accepted')).toEqual(['a']);
	});

	it('forgets an id after its time', async () => {
		let now = 1_000 * HOUR;
		const ledger = new Ledger(10, HOUR, () => now);
		await deliver(ledger, ['a'], 'accepted');
		await settled();

		now += HOUR - 1;
		expect(await deliver(ledger, ['a'], 'accepted')).toEqual([]);
		now += 1;
		expect(await deliver(ledger, ['a'], 'accepted')).toEqual(['a']);
	});

	it('counts what is accepted and what is claimed', async () => {
		const ledger = new Ledger();
		await deliver(ledger, ['a', 'b'], 'accepted');
		await ledger.claim(['c'], new TestAnswer());

		expect(ledger.size).toBe(3);
	});

	it('holds on to nothing of deliveries that failed', async () => {
		const ledger = new Ledger();
		for (let n = 0; n < 100; n++) await deliver(ledger, [`id ${n}`], 'failed');
		await settled();

		expect(ledger.size).toBe(0);
	});

	it('remembers 10,000 ids for seven days unless told otherwise', async () => {
		let now = 0;
		const ledger = new Ledger(undefined, undefined, () => now);
		const ids = Array.from({ length: 10_001 }, (_, n) => `id ${n}`);
		await deliver(ledger, ids, 'accepted');
		await settled();

		expect(ledger.size).toBe(10_000);
		now += 7 * 24 * HOUR - 1;
		expect(await deliver(ledger, ids.slice(1), 'failed')).toEqual([]);
		now += 1;
		expect(await deliver(ledger, ids.slice(1, 3), 'failed')).toEqual(['id 1', 'id 2']);
	});
});
