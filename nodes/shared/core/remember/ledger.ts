import { wait } from '../values/wait';

/** The response that n8n is going to send to a delivery. */
export interface PendingResponse {
	/** `pending` until n8n has responded; then whether the status is 2xx, so that the delivery is accepted. */
	outcome(): 'pending' | 'accepted' | 'failed';
	/**
	 * Resolves once n8n has responded, even if the sender has hung up by then. Never rejects. Never resolves
	 * if n8n never responds, such as when somebody stops a queued execution.
	 */
	readonly sent: Promise<void>;
}

/** Which IDs of a delivery are new. */
export interface ClaimedIds {
	/** New: claimed for this delivery until n8n has responded to it. */
	fresh: ReadonlySet<string>;
	/** Neither new nor accepted: n8n didn't decide on an earlier delivery of them in time. */
	undecided: ReadonlySet<string>;
}

interface Claim {
	/** The IDs with how long each is remembered once it's accepted. */
	ids: ReadonlyMap<string, number>;
	response: PendingResponse;
	madeAt: number;
}

/** Claims that n8n hasn't decided on for this long are released. */
const LONGEST_CLAIM_MS = 60 * 60_000;

/**
 * Remembers which events one node has accepted, so that a duplicate doesn't start the workflow.
 *
 * An ID is accepted only if n8n responded to its delivery with 2xx. Until n8n has responded, a second
 * delivery of the same ID waits for the outcome. If the first was accepted, the second is a duplicate; if
 * it failed, the second takes over. So a retry after a failure is never lost. The wait is limited, so a
 * delivery that n8n never decides on doesn't hold up others.
 *
 * Kept in this process's memory: for several n8n processes, or across a restart, see
 * docs/duplicates.md.
 */
export class Ledger {
	/** Accepted IDs with the time until which each is remembered, in the order they were accepted. */
	private readonly accepted = new Map<string, number>();

	/** IDs whose delivery n8n hasn't responded to yet. */
	private readonly claimed = new Map<string, Claim>();

	/** The deliveries that hold claims, oldest first. */
	private readonly claims = new Set<Claim>();

	private readonly capacity: number;

	private readonly now: () => number;

	private readonly wait: (milliseconds: number) => Promise<void>;

	/**
	 * @param options.capacity the most accepted IDs to keep; the oldest are forgotten first
	 * @param options.now a clock in milliseconds that only goes forward: the time of day may jump, which
	 *   would forget new IDs or keep old ones
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
	 * Claims the new IDs of a delivery until n8n has responded to it.
	 *
	 * Waits for the responses to other deliveries of the same IDs. It holds no claim in the meantime, so
	 * two batches that share IDs can't wait for each other.
	 *
	 * @param ids each with how long it's remembered once it's accepted, in milliseconds
	 * @param timeoutMs the longest wait, in milliseconds
	 */
	async claim(
		ids: ReadonlyMap<string, number>,
		response: PendingResponse,
		timeoutMs: number,
	): Promise<ClaimedIds> {
		this.releaseExpired();
		let timedOut: Promise<boolean> | undefined;
		for (;;) {
			const earlier = this.pendingAmong(ids);
			if (!earlier) break;
			timedOut ??= this.wait(timeoutMs).then(() => false);
			const hasResponded = earlier.response.sent.then(() => true);
			if (!(await Promise.race([hasResponded, timedOut]))) break;
		}

		const fresh = new Map([...ids].filter(([id]) => !this.claimed.has(id) && !this.remembers(id)));
		if (fresh.size > 0) this.add({ ids: fresh, response, madeAt: this.now() });
		const isUndecided = (id: string) => !fresh.has(id) && this.claimed.has(id);
		return {
			fresh: new Set(fresh.keys()),
			undecided: new Set([...ids.keys()].filter(isUndecided)),
		};
	}

	/** How many IDs are remembered or claimed. */
	get size(): number {
		return this.accepted.size + this.claimed.size;
	}

	/** Another delivery of one of the IDs, if n8n hasn't responded to it yet. */
	private pendingAmong(ids: ReadonlyMap<string, number>): Claim | undefined {
		for (const id of ids.keys()) {
			const claim = this.claimed.get(id);
			if (claim?.response.outcome() === 'pending') return claim;
			if (claim) this.settle(claim);
		}
		return undefined;
	}

	private add(claim: Claim): void {
		this.claims.add(claim);
		for (const id of claim.ids.keys()) this.claimed.set(id, claim);
		void claim.response.sent.then(() => {
			this.settle(claim);
		});
	}

	/** Turns a claim into accepted IDs, or releases it if the delivery failed. */
	private settle(claim: Claim): void {
		const isAccepted = claim.response.outcome() === 'accepted';
		this.release(claim);
		if (!isAccepted) return;
		for (const [id, retention] of claim.ids) {
			// Last in the order, even if it was accepted before.
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
