import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import { isObject } from '../core/json';
import { oneLine } from '../core/one-line';
import { isManual, urlOf, withNodeErrors } from './automatic-setup';

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

/** How a provider's only webhook is set up through its API. Each method may throw an `ApiFault`. */
export interface SingleSlotSetup<Setting extends { url: string }> {
	displayName: string;
	slot(context: IHookFunctions): Promise<Slot<Setting>>;
	/** Checks what has to be right with manual setup, too. */
	checkManual?(context: IHookFunctions): Promise<void>;
	/** Where a person looks after the webhook. Fits after "Look at it in". */
	whereToLook: string;
}

/**
 * The life cycle of a webhook where there is room for one only: publishing the workflow puts the node's
 * URL there and remembers what stood there, unpublishing puts that back. A test does the same for as
 * long as it listens. What somebody else has put there since is left alone.
 */
export function singleSlotSetup<Setting extends { url: string }>(setup: SingleSlotSetup<Setting>) {
	return {
		async checkExists(this: IHookFunctions): Promise<boolean> {
			return await withNodeErrors(this, async () => {
				if (isManual(this)) {
					await setup.checkManual?.(this);
					return true;
				}
				const slot = await setup.slot(this);
				const current = await slot.read();
				return current !== null && slot.isRight(current, slot.wanted(urlOf(this)));
			});
		},

		async create(this: IHookFunctions): Promise<boolean> {
			if (isManual(this)) return true;
			return await withNodeErrors(this, async () => {
				const url = urlOf(this);
				const slot = await setup.slot(this);
				const current = await slot.read();
				await slot.write(slot.wanted(url));
				// What stands there already as this node's own has nothing new before it.
				if (current?.url === url) return true;
				const memory = memoryOf(this);
				Reflect.deleteProperty(memory, url);
				if (!current || isEndingTest(this, current.url, url)) return true;
				memory[url] = slot.keep(current);
				if (!isOfSameNode(current.url, url)) warn(this, setup, tookOver(current.url));
				return true;
			});
		},

		async delete(this: IHookFunctions): Promise<boolean> {
			if (isManual(this)) return true;
			return await withNodeErrors(this, async () => {
				const url = urlOf(this);
				const memory = memoryOf(this);
				const kept = memory[url];
				const slot = await setup.slot(this);
				const current = await slot.read();
				if (current?.url === url) await putBack(this, setup, slot, kept);
				Reflect.deleteProperty(memory, url);
				return true;
			});
		},
	};
}

/** Puts back what stood there; where that cannot be, nothing is to stand there. */
async function putBack<Setting extends { url: string }>(
	context: IHookFunctions,
	setup: SingleSlotSetup<Setting>,
	slot: Slot<Setting>,
	kept: string | undefined,
): Promise<void> {
	const before = kept === undefined ? null : slot.recall(kept);
	if (before && (await isAccepted(slot.write(before)))) return;
	const isCleared = await slot.clear();
	const what = [
		...(kept === undefined ? [] : ['The webhook that stood there before could not be put back']),
		...(isCleared ? [] : [`It goes on sending events to ${oneLine(urlOf(context))}`]),
	];
	if (what.length > 0) warn(context, setup, what.join('. '));
}

/** Whether the provider did what was asked. */
async function isAccepted(request: Promise<void>): Promise<boolean> {
	return await request.then(
		() => true,
		() => false,
	);
}

/** Kept with the workflow: n8n stores it when it publishes or unpublishes. */
function memoryOf(context: IHookFunctions): Record<string, string> {
	const data: IDataObject = context.getWorkflowStaticData('node');
	if (!isObject(data.webhooksBefore)) data.webhooksBefore = {};
	return data.webhooksBefore as Record<string, string>;
}

/**
 * Whether the workflow is being published while its own test URL is there: that is gone soon, and
 * nothing to put back.
 */
function isEndingTest(context: IHookFunctions, current: string, url: string): boolean {
	return context.getMode() !== 'manual' && isOfSameNode(current, url);
}

/** Whether two URLs are the test URL and the production URL of one node, which end alike. */
function isOfSameNode(one: string, other: string): boolean {
	return endOf(one) === endOf(other);
}

function endOf(url: string): string {
	return URL.canParse(url) ? new URL(url).pathname.split('/').slice(-2).join('/') : url;
}

/** Only the host, since an address may have a secret in it. */
function tookOver(url: string): string {
	const host = URL.canParse(url) ? new URL(url).host : 'another address';
	return `Its events went to ${oneLine(host)} before, which gets none until this workflow is unpublished or its test ends`;
}

function warn(
	context: IHookFunctions,
	{ displayName, whereToLook }: { displayName: string; whereToLook: string },
	what: string,
): void {
	const { name, id = '' } = context.getWorkflow();
	const node = `node "${oneLine(context.getNode().name)}" of workflow "${oneLine(name)}" (${id})`;
	context.logger.warn(
		`The webhook at ${displayName} of ${node}: ${what}. Look at it in ${whereToLook}`,
	);
}
