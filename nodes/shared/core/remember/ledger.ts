import { wait } from '../values/wait';

/** The answer to a delivery, while it is on its way. */
export interface Answer {
	/**
	 * `pending` until n8n has answered; then whether it answered 2xx, that is, accepted the delivery.
	 */
	outcome(): 'pending' | 'accepted' | 'failed';
	/**
	 * Resolves once n8n has answered, also when the sender has hung up meanwhile and nobody hears the
	 * answer. Never rejects. Never resolves when n8n never answers, as for a queued execution that
	 * somebody stops.
	 */
	readonly answered: Promise<void>;
}

/** Which ids of a delivery are new. */
export interface ClaimedIds {
	/** New: claimed for this delivery until its answer is known. */
	fresh: ReadonlySet<string>;
	/** Neither new nor accepted: n8n had not decided on an earlier delivery of them in time. */
	undecided: ReadonlySet<string>;
}

interface Claim {
	/** The ids with how long each is remembered once it is accepted. */
	ids: ReadonlyMap<string, number>;
	answer: Answer;
	madeAt: number;
}

/** A claim that n8n has not decided on for so long is let go. */
const LONGEST_CLAIM_MS = 60 * 60_000;

/**
 * Remembers which events one node has accepted, so that a repeated delivery starts nothing.
 *
 * An id is accepted only when its delivery was answered 2xx. While that answer is on its way, a
 * second delivery of the same id waits for the outcome: accepted, and it is a duplicate; failed, and
 * it takes its place. So a retry after a failure is never lost. The wait has an end, so that a
 * delivery that n8n never decides on holds up nothing else.
 *
 * Kept in this process's memory: for several n8n processes, or across a restart, see
 * docs/duplicates.md.
 */
export class Ledger {
	/** Accepted ids with the time until which each is remembered, in the order of their acceptance. */
	private readonly accepted = new Map<string, number>();

	/** Ids whose delivery is not answered yet. */
	private readonly claimed = new Map<string, Claim>();

	/** The deliveries that hold claims, oldest first. */
	private readonly claims = new Set<Claim>();

	private readonly capacity: number;

	private readonly now: () => number;

	private readonly wait: (milliseconds: number) => Promise<void>;

	/**
	 * @param options.capacity the most accepted ids that are kept; the oldest go first
	 * @param options.now a clock in milliseconds that only goes forward: the time of day may jump, and
	 *   would forget what is new or keep what is old
	 * @param options.wait resolves after some milliseconds
	 */
	constructor(
		options: {
			capacity?: number;
			now?: () => number;
			wait?: (milliseconds: number) => Promise<void>;
		} = {},
	) {
		this.capacity = options.capacity ?? 10_000;
		this.now = options.now ?? (() => performance.now());
		this.wait = options.wait ?? wait;
	}

	/**
	 * Claims the ids of a delivery that are new until its answer is known.
	 *
	 * Waits for the answers of other deliveries of the same ids, holding no claim meanwhile, so that
	 * two batches that share ids cannot wait for each other.
	 *
	 * @param ids each with how long it is remembered once it is accepted, in milliseconds
	 * @param timeoutMs the longest wait, in milliseconds
	 */
	async claim(
		ids: ReadonlyMap<string, number>,
		answer: Answer,
		timeoutMs: number,
	): Promise<ClaimedIds> {
		this.releaseExpired();
		let timedOut: Promise<boolean> | undefined;
		for (;;) {
			const earlier = this.pendingAmong(ids);
			if (!earlier) break;
			timedOut ??= this.wait(timeoutMs).then(() => false);
			const isAnswered = earlier.answer.answered.then(() => true);
			if (!(await Promise.race([isAnswered, timedOut]))) break;
		}

		const fresh = new Map([...ids].filter(([id]) => !this.claimed.has(id) && !this.remembers(id)));
		if (fresh.size > 0) this.add({ ids: fresh, answer, madeAt: this.now() });
		const isUndecided = (id: string) => !fresh.has(id) && this.claimed.has(id);
		return {
			fresh: new Set(fresh.keys()),
			undecided: new Set([...ids.keys()].filter(isUndecided)),
		};
	}

	/** How many ids are remembered or claimed. */
	get size(): number {
		return this.accepted.size + this.claimed.size;
	}

	/** Another delivery of one of the ids whose answer is not known. */
	private pendingAmong(ids: ReadonlyMap<string, number>): Claim | undefined {
		for (const id of ids.keys()) {
			const claim = this.claimed.get(id);
			if (claim?.answer.outcome() === 'pending') return claim;
			if (claim) this.settle(claim);
		}
		return undefined;
	}

	private add(claim: Claim): void {
		this.claims.add(claim);
		for (const id of claim.ids.keys()) this.claimed.set(id, claim);
		void claim.answer.answered.then(() => {
			this.settle(claim);
		});
	}

	/** Turns the claim of an answered delivery into accepted ids, or lets it go. */
	private settle(claim: Claim): void {
		const isAccepted = claim.answer.outcome() === 'accepted';
		this.release(claim);
		if (!isAccepted) return;
		for (const [id, retention] of claim.ids) {
			// Behind the others, also when it was accepted before.
			this.accepted.delete(id);
			this.accepted.set(id, this.now() + retention);
		}
		this.forget();
	}

	private release(claim: Claim): void {
		this.claims.delete(claim);
		for (const id of claim.ids.keys()) {
			if (this.claimed.get(id) === claim) this.claimed.delete(id);
		}
	}

	private releaseExpired(): void {
		const oldest = this.now() - LONGEST_CLAIM_MS;
		for (const claim of this.claims) {
			if (claim.madeAt > oldest) return;
			this.release(claim);
		}
	}

	private remembers(id: string): boolean {
		const until = this.accepted.get(id);
		return until !== undefined && until > this.now();
	}

	private forget(): void {
		for (const [id, until] of this.accepted) {
			if (this.accepted.size <= this.capacity && until > this.now()) return;
			this.accepted.delete(id);
		}
	}
}
