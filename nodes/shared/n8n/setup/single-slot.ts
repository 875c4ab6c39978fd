import type { IHookFunctions } from 'n8n-workflow';
import { isObject, objectOf, textOf } from '../../core/values/json';
import { nameOfNode } from '../messages/name-of-node';
import type { SetupAccess } from '../api/access';
import { Place, type Setting } from './claims';
import { isHeld, leavePlace, takePlace, type Holder, type Slot } from './hold-place';
import { isPublished } from './is-published';
import { ourUrl } from './our-url';
import { seal, unseal } from './sealed';
import { isStarting, isTest, webhookLifeCycle, type OpenApi } from './webhook-life-cycle';

/** How a provider's only webhook is set up through its API. */
interface SingleSlotSetup<S extends Setting> {
	access: SetupAccess;
	/** Reads the node's parameters. May throw an `ApiFault`. */
	slot: (api: OpenApi) => Slot<S>;
	/** Where to check the webhook. Fits after "Check it in". */
	whereToLook: string;
}

/**
 * The life cycle of a webhook if the provider allows only one: publishing the workflow registers the node's
 * URL and remembers the previous webhook, and unpublishing restores it. A test does the same while it
 * listens.
 */
export function singleSlotSetup<S extends Setting>({
	access,
	slot: slotOf,
	whereToLook,
}: SingleSlotSetup<S>) {
	const places = new Map<string, Place<S>>();

	function holderOf({ context, key }: OpenApi, slot: Slot<S>, url: string): Holder<S> {
		const place = places.get(slot.place) ?? new Place<S>();
		places.set(slot.place, place);
		const node = context.getNode();
		const workflow = context.getWorkflow();
		const name = nameOfNode(context);
		return {
			access,
			slot,
			place,
			url,
			own: ourUrl(url, { hasWebhookId: node.webhookId !== undefined }),
			owner: {
				workflowId: workflow.id ?? '',
				nodeId: node.id,
				nodeName: node.name,
				name,
				isTest: isTest(context),
			},
			isStarting: isStarting(context),
			stored: storedClaim(context, key, slot),
			isPublished: (other) => isPublished(context, other),
			warn(text) {
				context.logger.warn(
					`The webhook at ${access.displayName} of ${name}: ${text}. Check it in ${whereToLook}`,
				);
			},
		};
	}

	return webhookLifeCycle(access, {
		steps(api) {
			const slot = slotOf(api);
			return {
				place: slot.place,
				isRegistered: (url) => isHeld(holderOf(api, slot, url)),
				register: (url) => takePlace(holderOf(api, slot, url)),
				unregister: (url) => leavePlace(holderOf(api, slot, url)),
			};
		},
		leaveToPerson(url) {
			for (const place of places.values()) place.noteListening(url);
		},
	});
}

/** A node's claim in its static data, which n8n stores when it publishes or unpublishes the workflow. */
function storedClaim<S extends Setting>(
	context: IHookFunctions,
	key: string,
	slot: Slot<S>,
): Holder<S>['stored'] {
	const data = context.getWorkflowStaticData('node');
	return {
		async read() {
			const { url, previousWebhooks } = objectOf(data.claim);
			const storedUrl = textOf(url);
			if (storedUrl === null) return null;
			const text = await unseal(textOf(previousWebhooks) ?? '', key);
			if (text === null) return { url: storedUrl, below: null };
			const settings = JSON.parse(text) as unknown[];
			return {
				url: storedUrl,
				below: settings.flatMap((stored) => slot.deserialize(stored) ?? []),
			};
		},
		async write({ url, below }) {
			// n8n doesn't store a test's data, but this process knows its claim anyway.
			if (isTest(context)) return;
			data.claim = { url, previousWebhooks: await seal(JSON.stringify(below), key) };
		},
		clear() {
			if (isObject(data.claim)) Reflect.deleteProperty(data, 'claim');
		},
	};
}
