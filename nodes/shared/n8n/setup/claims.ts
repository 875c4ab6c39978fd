import { canonicalUrl, isSameUrl } from './same-url';

/** What a place at a provider holds: at least the URL that events go to. */
export interface Setting {
	url: string;
}

/** The node that takes a place. */
export interface Owner {
	workflowId: string;
	nodeId: string;
	/** The node's name. */
	nodeName: string;
	/** The node and its workflow, for n8n's log. */
	name: string;
	/** Whether it is not the published node but a test of it. */
	isTest: boolean;
}

/** A node's hold on a place. */
interface Claim<S extends Setting> {
	/** What the node has the place hold. */
	setting: S;
	/**
	 * What the place held before, the oldest first: the settings that come back when this claim ends,
	 * the last one that is still alive before the others.
	 */
	below: readonly S[];
	owner: Owner;
}

/** More settings than ever wait below one another. */
const MOST_BELOW = 10;

/**
 * Which nodes of this n8n hold a place, as far as this process knows. n8n shows a node nothing of what
 * others store, and a test nothing of its own published node.
 */
export class Place<S extends Setting> {
	private readonly claims = new Map<string, Claim<S>>();

	/** URLs of this n8n whose claims ended in this process, so that nothing listens there. */
	private readonly ended = new Set<string>();

	/** URLs that the provider showed to this process. */
	private readonly seen = new Set<string>();

	/** The claim with this URL, or undefined. */
	claimOf(url: string): Claim<S> | undefined {
		return this.claims.get(canonicalUrl(url));
	}

	/** The nodes that hold the place and aren't about to leave it. */
	owners(): Owner[] {
		return [...this.claims.values()]
			.filter(({ setting: { url } }) => !this.hasEnded(url))
			.map(({ owner }) => owner);
	}

	/** Whether the node of this URL left the place or is about to, and hasn't taken it since. */
	hasEnded(url: string): boolean {
		return this.ended.has(canonicalUrl(url));
	}

	/** Forgets that the node of this URL left the place: n8n listens there again, for whoever sets it by hand. */
	noteListening(url: string): void {
		this.ended.delete(canonicalUrl(url));
	}

	/** Remembers that the provider showed a URL. */
	noteSeen(url: string): void {
		this.seen.add(canonicalUrl(url));
	}

	wasSeen(url: string): boolean {
		return this.seen.has(canonicalUrl(url));
	}

	/** Adds a claim, or replaces the one with its URL. */
	add(claim: Claim<S>): void {
		const key = canonicalUrl(claim.setting.url);
		this.ended.delete(key);
		this.claims.set(key, {
			...claim,
			below: withoutRepeats(claim.below.filter(({ url }) => !isSameUrl(url, claim.setting.url))),
		});
	}

	/** What comes back after a claim that replaces `current`. */
	belowOf(current: S | null): readonly S[] {
		return current ? [...(this.claimOf(current.url)?.below ?? []), current] : [];
	}

	/** Lets nobody count on a claim any more, whether the provider can be reached to end it or not. */
	markLeaving({ setting: { url } }: Claim<S>): void {
		this.ended.add(canonicalUrl(url));
	}

	/** Ends a claim. What it would have brought back comes back after the claims above it. */
	end({ setting: { url }, below }: Claim<S>): void {
		this.claims.delete(canonicalUrl(url));
		this.ended.add(canonicalUrl(url));
		for (const [key, claim] of this.claims) {
			const inherited = claim.below.flatMap((other) =>
				isSameUrl(other.url, url) ? below : [other],
			);
			const others = inherited.filter((other) => !isSameUrl(other.url, claim.setting.url));
			this.claims.set(key, { ...claim, below: withoutRepeats(others) });
		}
	}
}

/** The settings without those whose URL comes again later. */
function withoutRepeats<S extends Setting>(settings: readonly S[]): S[] {
	const last = new Map<string, S>();
	for (const setting of settings) {
		const key = canonicalUrl(setting.url);
		last.delete(key);
		last.set(key, setting);
	}
	return [...last.values()].slice(-MOST_BELOW);
}
