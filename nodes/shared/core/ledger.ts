/** The answer to a delivery, while it is on its way. */
export interface Answer {
	/**
	 * `pending` until n8n has answered; then whether it answered 2xx, that is, took the delivery over.
	 */
	outcome(): 'pending' | 'accepted' | 'failed';
	/**
	 * Resolves once n8n has answered, also when the sender has hung up meanwhile and nobody hears the
	 * answer. Never rejects.
	 */
	answered(): Promise<void>;
}

interface Claim {
	ids: string[];
	answer: Answer;
}

const DAY = 24 * 60 * 60_000;

/**
 * Remembers which events one node has accepted, so that a repeated delivery starts nothing.
 *
 * An id is accepted only when its delivery was answered 2xx. While that answer is on its way, a
 * second delivery of the same id waits for the outcome: accepted, and it is a duplicate; failed, and
 * it takes its place. So a retry after a failure is never lost.
 *
 * Kept in this process's memory: for several n8n processes, or over a restart, see
 * docs/scaling.md.
 */
export class Ledger {
	/** Accepted ids with the time of acceptance, oldest first. */
	private readonly accepted = new Map<string, number>();

	/** Ids whose delivery is not answered yet. */
	private readonly claimed = new Map<string, Claim>();

	/** The deliveries that hold claims. */
	private readonly claims = new Set<Claim>();

	/**
	 * @param capacity the most accepted ids that are kept; the oldest go first
	 * @param retention how long an accepted id is kept, in milliseconds
	 * @param now the clock, milliseconds since 1970
	 */
	constructor(
		private readonly capacity = 10_000,
		private readonly retention = 7 * DAY,
		private readonly now: () => number = Date.now,
	) {}

	/**
	 * The ids of a delivery that are new. They are claimed until its answer is known.
	 *
	 * Waits for the answers of other deliveries of the same ids, holding no claim meanwhile, so that
	 * two batches that share ids cannot wait for each other.
	 */
	async claim(ids: Iterable<string>, answer: Answer): Promise<Set<string>> {
		const wanted = new Set(ids);
		for (;;) {
			this.settle();
			const earlier = this.answerOnItsWay(wanted);
			if (!earlier) break;
			await earlier.answered();
		}

		const fresh = new Set([...wanted].filter((id) => !this.accepted.has(id)));
		if (fresh.size > 0) {
			const claim = { ids: [...fresh], answer };
			this.claims.add(claim);
			for (const id of fresh) this.claimed.set(id, claim);
			void answer.answered().then(() => {
				this.settle();
			});
		}
		return fresh;
	}

	/** How many ids are remembered or claimed. */
	get size(): number {
		return this.accepted.size + this.claimed.size;
	}

	/** Another delivery's answer to one of the ids, while it is not known. */
	private answerOnItsWay(ids: Set<string>): Answer | undefined {
		for (const id of ids) {
			const claim = this.claimed.get(id);
			if (claim) return claim.answer;
		}
		return undefined;
	}

	/** Turns the claims of answered deliveries into accepted ids, or lets them go. */
	private settle(): void {
		for (const claim of this.claims) {
			const outcome = claim.answer.outcome();
			if (outcome === 'pending') continue;
			this.claims.delete(claim);
			for (const id of claim.ids) {
				this.claimed.delete(id);
				if (outcome === 'accepted') this.accepted.set(id, this.now());
			}
		}
		this.forget();
	}

	private forget(): void {
		const oldest = this.now() - this.retention;
		for (const [id, acceptedAt] of this.accepted) {
			if (this.accepted.size <= this.capacity && acceptedAt > oldest) return;
			this.accepted.delete(id);
		}
	}
}
