import type { IHookFunctions } from 'n8n-workflow';
import { oneLine } from '../../core/one-line';
import type { ApiAccess } from './api-access';
import { nameOfNode } from '../name-of-node';
import { stoodBefore, type StoodBefore } from './previous-webhook';
import { webhookLifeCycle, type OpenApi } from './webhook-life-cycle';

/**
 * The one place at a provider where it says to which URL events go. Whoever writes there takes it from
 * whom it belonged to. Each method throws an `ApiFault` when the provider does not do what was asked.
 *
 * @typeParam Setting what can be set there
 */
export interface Slot<Setting extends { url: string }> {
	/** What is set there, or null. */
	read(): Promise<Setting | null>;
	write(setting: Setting): Promise<void>;
	/** Leaves nothing there; false where the provider has no way to do so. */
	clear(): Promise<boolean>;
	/** What the node wants to be there. */
	wanted(url: string): Setting;
	isRight(current: Setting, wanted: Setting): boolean;
	/** What stood there as it may be kept with the workflow, which is no place for a secret. */
	keep(setting: Setting): string;
	/** What was kept, or null where it can't be read any more. */
	recall(kept: string): Setting | null;
}

/** How a provider's only webhook is set up through its API. */
export interface SingleSlotSetup<Setting extends { url: string }> {
	access: ApiAccess;
	/** May throw an `ApiFault`. */
	slot: (api: OpenApi) => Slot<Setting>;
	/** Where a person looks after the webhook. Fits after "Look at it in". */
	whereToLook: string;
}

/**
 * The life cycle of a webhook where there is room for one only: publishing the workflow puts the node's
 * URL there and remembers what stood there, unpublishing puts that back. A test does the same for as
 * long as it listens; publishing or unpublishing meanwhile takes the place from it. What somebody else has
 * put there since is left alone.
 */
export function singleSlotSetup<Setting extends { url: string }>({
	access,
	slot: slotOf,
	whereToLook,
}: SingleSlotSetup<Setting>) {
	const warn = (context: IHookFunctions, what: string) => {
		const webhook = `The webhook at ${access.displayName} of ${nameOfNode(context)}`;
		context.logger.warn(`${webhook}: ${what}. Look at it in ${whereToLook}`);
	};
	return webhookLifeCycle(access, {
		async isRegistered(api, url) {
			const slot = slotOf(api);
			const current = await slot.read();
			return current !== null && slot.isRight(current, slot.wanted(url));
		},

		async register(api, url) {
			const { context } = api;
			const slot = slotOf(api);
			const current = await slot.read();
			await slot.write(slot.wanted(url));
			// What stands there already as this node's own has nothing new before it.
			if (current?.url === url) return;
			const before = stoodBefore(context);
			const kept =
				current && isTakenByTest(context, current.url, url)
					? beforeTest(slot, before, current.url, url)
					: current && slot.keep(current);
			before.set(url, kept ?? null);
			if (current && !isOfSameNode(current.url, url)) warn(context, tookOver(current.url));
		},

		async unregister(api, url) {
			const { context } = api;
			const slot = slotOf(api);
			const current = await slot.read();
			const before = stoodBefore(context);
			const isTaken = current !== null && isTakenByTest(context, current.url, url);
			if (current?.url === url || isTaken) {
				const kept = isTaken ? beforeTest(slot, before, current.url, url) : before.get(url);
				const left = await putBack(slot, kept ?? null, url);
				if (left !== null) warn(context, left);
			}
			before.delete(url);
		},
	});
}

/** What stood there before this node's own test: what the test replaced, unless that was this node's `url`. */
function beforeTest<Setting extends { url: string }>(
	slot: Slot<Setting>,
	before: StoodBefore,
	testUrl: string,
	url: string,
): string | null | undefined {
	const kept = before.get(testUrl);
	const isOfUrl = typeof kept === 'string' && slot.recall(kept)?.url === url;
	return kept === undefined || isOfUrl ? before.get(url) : kept;
}

/**
 * Puts back what stood there; where that cannot be, nothing is to stand there.
 *
 * @returns what a person has to know of it, or null
 */
async function putBack<Setting extends { url: string }>(
	slot: Slot<Setting>,
	kept: string | null,
	url: string,
): Promise<string | null> {
	const before = kept === null ? null : slot.recall(kept);
	if (before && (await isAccepted(slot.write(before)))) return null;
	const isCleared = await slot.clear();
	const left = [
		...(kept === null ? [] : ['The webhook that stood there before could not be put back']),
		...(isCleared ? [] : [`It goes on sending events to ${oneLine(url)}`]),
	];
	return left.length > 0 ? left.join('. ') : null;
}

/** Whether the provider did what was asked. */
async function isAccepted(request: Promise<void>): Promise<boolean> {
	return await request.then(
		() => true,
		() => false,
	);
}

/** Whether the published node finds its own test there, which is over soon and nothing to put back. */
function isTakenByTest(context: IHookFunctions, current: string, url: string): boolean {
	// n8n gives a test a workflow object of its own, which is never active.
	return context.getWorkflow().active && isOfSameNode(current, url);
}

/**
 * Whether one URL is the test URL and the other the production URL of a node: they end alike, and
 * differ in the part before. The hosts may differ, since n8n's editor can have another one.
 */
function isOfSameNode(one: string, other: string): boolean {
	const [endpoint, ...end] = lastPartsOf(one);
	const [otherEndpoint, ...otherEnd] = lastPartsOf(other);
	return endpoint !== otherEndpoint && end.join('/') === otherEnd.join('/');
}

/** `webhook`, `<webhook id>`, `webhook`. */
function lastPartsOf(url: string): string[] {
	return URL.canParse(url) ? new URL(url).pathname.split('/').slice(-3) : [url];
}

/** Only the host, since an address may have a secret in it. */
function tookOver(url: string): string {
	const host = URL.canParse(url) ? new URL(url).host : 'another address';
	return `Its events went to ${oneLine(host)} before, which gets none until this workflow is unpublished or its test ends`;
}
