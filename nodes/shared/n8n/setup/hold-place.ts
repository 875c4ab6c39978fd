import { oneLine } from '../../core/values/one-line';
import type { ApiAccess } from '../api/access';
import { ApiFault } from '../api/fault';
import type { Owner, Place, Setting } from './claims';
import { confirmWrite, notStored } from './confirmed-write';
import type { OurUrl } from './our-url';
import { isSameUrl } from './same-url';

/**
 * The place at a provider with the one URL events are sent to. Each method throws an `ApiFault` if the
 * provider rejects the request.
 *
 * @typeParam S the setting it holds
 */
export interface Slot<S extends Setting> {
	/** Identifies this place at the provider. */
	place: string;
	/** Whose events it's about, such as `instance "shop"`. */
	subject: string;
	/** The current setting, or null. */
	read(): Promise<S | null>;
	write(setting: S): Promise<void>;
	/** Empties the place; false if the provider doesn't support that. */
	clear(): Promise<boolean>;
	/** The setting the node wants. */
	desired(url: string): S;
	/** The parts that differ, such as `URL` or `events`. */
	differences(current: S | null, desired: S): readonly string[];
	/** The fault if some of them weren't stored, if there is a special one. */
	notStored?: (parts: readonly string[]) => ApiFault | null;
	/** A setting that was stored as JSON, or null if it isn't one. */
	deserialize(stored: unknown): S | null;
}

/** A node's claim as stored. `below` is null if it can no longer be read. */
export interface StoredClaim<S extends Setting> {
	url: string;
	below: readonly S[] | null;
}

/** A node that takes and leaves a place, and its context. */
export interface Holder<S extends Setting> {
	access: ApiAccess;
	slot: Slot<S>;
	place: Place<S>;
	owner: Owner;
	url: string;
	own: OurUrl;
	/** Whether n8n is starting and activates workflows that are already published. */
	isStarting: boolean;
	/** The claim the node stored when it took the place, in this process or an earlier one. */
	stored: {
		read(): Promise<StoredClaim<S> | null>;
		write(claim: StoredClaim<S> & { below: readonly S[] }): Promise<void>;
		clear(): void;
	};
	/** Whether n8n listens at a URL; null if unknown. */
	isPublished(url: string): Promise<boolean | null>;
	/** Writes a sentence to n8n's log. */
	warn(text: string): void;
}

/** Whether the place is as the node wants it, or as a restart of n8n should leave it. */
export async function isHeld<S extends Setting>(holder: Holder<S>): Promise<boolean> {
	const { slot, place, owner, url } = holder;
	assertOnlyTrigger(holder);
	const current = await read(holder);
	if (current === null) return false;
	const setting = slot.desired(url);
	const isOwn = isSameUrl(current.url, url);
	if (isOwn ? slot.differences(current, setting).length > 0 : !isLeftAlone(holder, current)) {
		return false;
	}
	const below = place.claimOf(url)?.below ?? (await holder.stored.read())?.below ?? [];
	place.add({ setting, below, owner });
	return true;
}

/** Otherwise, two published workflows would take the place from each other at every restart. */
function isLeftAlone<S extends Setting>(holder: Holder<S>, { url }: Setting): boolean {
	const { isStarting, own } = holder;
	return isStarting && own.isOfSameN8n(url) && !own.isOfSameNode(url) && !isDeadTest(holder, url);
}

/**
 * Whether a URL belongs to a test that has ended: tests end with their process, and this process knows its
 * own.
 */
function isDeadTest<S extends Setting>({ place, own, owner }: Holder<S>, url: string): boolean {
	if (place.claimOf(url) || !(own.isOfSameN8n(url) || own.isOfSameNode(url))) return false;
	return own.isOfSameKind(url) === owner.isTest;
}

/** Puts the node's setting in the place. The current setting is restored when the node leaves. */
export async function takePlace<S extends Setting>(holder: Holder<S>): Promise<void> {
	const { access, slot, place, owner, url, stored } = holder;
	assertOnlyTrigger(holder);
	const current = await read(holder);
	const setting = slot.desired(url);
	const below = await belowNewClaim(holder, current);
	const replaced = current && describeReplaced(holder, current);
	// Before the write, since it must be undone whatever its outcome.
	place.add({ setting, below, owner });
	await confirmWrite({
		access,
		write: () => slot.write(setting),
		read: () => read(holder),
		missing: (found) => slot.differences(found, setting),
		fault: (parts) => slot.notStored?.(parts) ?? notStored(access, parts),
	}).catch(async (error: unknown) => {
		// n8n then calls the node's delete, which tries again.
		await leavePlace(holder).catch(() => undefined);
		throw error;
	});
	const claim = place.claimOf(url);
	await stored.write({ url, below: claim?.below ?? below });
	if (replaced) holder.warn(replaced);
}

/** The settings to restore when the node leaves the place it's about to take. */
async function belowNewClaim<S extends Setting>(
	holder: Holder<S>,
	current: S | null,
): Promise<readonly S[]> {
	const { place, url, stored } = holder;
	if (current === null) return [];
	if (isSameUrl(current.url, url) || isDeadTest(holder, current.url)) {
		return place.claimOf(url)?.below ?? (await stored.read())?.below ?? [];
	}
	return place.hasEnded(current.url)
		? (place.claimOf(current.url)?.below ?? [])
		: place.belowOf(current);
}

/**
 * Restores the previous setting, if the place still has the node's URL. A setting somebody else has made
 * since is left alone.
 */
export async function leavePlace<S extends Setting>(holder: Holder<S>): Promise<void> {
	const { slot, place, url, owner, stored } = holder;
	const known = place.claimOf(url);
	const remembered = known ? null : await stored.read();
	const below = known?.below ?? remembered?.below ?? [];
	const claim = known ?? { setting: slot.desired(url), below, owner };
	place.markLeaving(claim);
	const current = await read(holder);
	const isCurrent =
		current !== null &&
		(isSameUrl(current.url, url) ||
			isSameUrl(current.url, remembered?.url ?? url) ||
			(!owner.isTest && isDeadTest(holder, current.url)));
	const isForgotten = remembered !== null && remembered.below === null;
	const left = isCurrent ? await bringBack(holder, below, { current, isForgotten }) : [];
	place.end(place.claimOf(url) ?? claim);
	stored.clear();
	if (left.length > 0) holder.warn(left.join('. '));
}

/**
 * Restores the last setting still in use. If that fails, empties the place.
 *
 * @returns warnings for the log
 */
async function bringBack<S extends Setting>(
	holder: Holder<S>,
	below: readonly S[],
	{ current, isForgotten }: { current: S; isForgotten: boolean },
): Promise<string[]> {
	const { access, slot, place } = holder;
	let isRestored = false;
	let isLost = isForgotten;
	for (const before of [...below].reverse()) {
		if (!(await isAlive(holder, before))) continue;
		const setting = place.claimOf(before.url)?.setting ?? before;
		const missing = (found: S | null) => slot.differences(found, setting);
		isRestored = await confirmWrite({
			access,
			write: () => slot.write(setting),
			read: () => read(holder),
			missing,
		}).then(
			() => true,
			() => false,
		);
		isLost = !isRestored;
		break;
	}
	if (isRestored) return [];
	const isCleared = (await slot.clear()) && (await read(holder))?.url !== current.url;
	return [
		...(isLost ? ["The previous webhook couldn't be restored"] : []),
		...(isCleared ? [] : [`${access.displayName} still sends events to ${oneLine(current.url)}`]),
	];
}

/** Whether a previous URL is still in use. */
async function isAlive<S extends Setting>(holder: Holder<S>, { url }: S): Promise<boolean> {
	const { place, own } = holder;
	if (place.hasEnded(url)) return false;
	if (place.claimOf(url)) return true;
	if (!own.isOfSameN8n(url) && !own.isOfSameNode(url)) return true;
	if (isDeadTest(holder, url)) return false;
	return (await holder.isPublished(url)) ?? place.wasSeen(url);
}

async function read<S extends Setting>({ slot, place }: Holder<S>): Promise<S | null> {
	const current = await slot.read();
	if (current) place.noteSeen(current.url);
	return current;
}

/** n8n registers all triggers of a workflow, so the last one would take the place from the others. */
function assertOnlyTrigger<S extends Setting>({ place, slot, owner }: Holder<S>): void {
	const other = place
		.owners()
		.find(
			({ workflowId, nodeId, isTest }) =>
				workflowId === owner.workflowId && nodeId !== owner.nodeId && isTest === owner.isTest,
		);
	if (!other) return;
	throw new ApiFault(
		`Only one trigger of a workflow can receive the events of ${slot.subject}`,
		`The node "${oneLine(other.nodeName)}" already does. Remove one of the two, and connect what follows it to the other.`,
	);
}

/** The log message for a replaced setting; null if nobody loses anything. */
function describeReplaced<S extends Setting>(holder: Holder<S>, current: S): string | null {
	const { access, slot, place, url, own, owner } = holder;
	if (isSameUrl(current.url, url) || own.isOfSameNode(current.url)) return null;
	if (place.hasEnded(current.url) || isDeadTest(holder, current.url)) return null;
	const loser = place.claimOf(current.url)?.owner.name ?? hostOf(current.url);
	const until = owner.isTest ? 'this test ends' : 'this workflow is unpublished';
	return `${access.displayName} now sends the events of ${slot.subject} here, and none to ${loser} until ${until}`;
}

/** Only the host, since a URL may contain a secret. */
function hostOf(url: string): string {
	return URL.canParse(url) ? oneLine(new URL(url).host) : 'another address';
}
