import { canonicalUrl, isSameUrl } from './same-url';

/** What a place at a provider holds: at least the URL events are sent to. */
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
	/** Whether it's a test of the node instead of the published node. */
	isTest: boolean;
}

/** A node's claim on a place. */
interface Claim<S extends Setting> {
	/** The setting the node wants in the place. */
	setting: S;
	/** The previous settings, oldest first. When this claim ends, the last one still in use is restored. */
	below: readonly S[];
	owner: Owner;
}

/** More previous settings than ever occur. */
const MOST_BELOW = 10;

/**
 * Which nodes of this n8n instance hold a place, as far as this process knows. n8n doesn't show a node what
 * others store, nor a test what its published node stores.
 */
export class Place<S extends Setting> {
	private readonly claims = new Map<string, Claim<S>>();

	/** URLs of this n8n instance whose claims ended in this process, so nothing listens there. */
	private readonly ended = new Set<string>();

	/** URLs this process has seen at the provider. */
	private readonly seen = new Set<string>();

	/** The claim with this URL, or undefined. */
	claimOf(url: string): Claim<S> | undefined {
		return this.claims.get(canonicalUrl(url));
	}

	/** The nodes that hold the place and aren't leaving it. */
	owners(): Owner[] {
		return [...this.claims.values()]
			.filter(({ setting: { url } }) => !this.hasEnded(url))
			.map(({ owner }) => owner);
	}

	/** Whether the node with this URL left the place or is leaving it, and hasn't taken it since. */
	hasEnded(url: string): boolean {
		return this.ended.has(canonicalUrl(url));
	}

	/** Forgets that the node with this URL left the place: n8n listens there again, set up manually. */
	noteListening(url: string): void {
		this.ended.delete(canonicalUrl(url));
	}

	/** Remembers that this URL was seen at the provider. */
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

	/** The previous settings of a claim that replaces `current`. */
	belowOf(current: S | null): readonly S[] {
		return current ? [...(this.claimOf(current.url)?.below ?? []), current] : [];
	}

	/** Marks a claim as ending, even if the provider can't be reached. */
	markLeaving({ setting: { url } }: Claim<S>): void {
		this.ended.add(canonicalUrl(url));
	}

	/** Ends a claim. The claims above it inherit its previous settings. */
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

/** The settings without earlier ones of the same URL. */
function withoutRepeats<S extends Setting>(settings: readonly S[]): S[] {
	const last = new Map<string, S>();
	for (const setting of settings) {
		const key = canonicalUrl(setting.url);
		last.delete(key);
		last.set(key, setting);
	}
	return [...last.values()].slice(-MOST_BELOW);
}
