import type { IHookFunctions } from 'n8n-workflow';
import { isObject } from '../../core/values/json';
import { oneLine } from '../../core/values/one-line';
import { nameOfNode } from '../messages/name-of-node';
import type { SetupAccess } from '../api/access';
import {
	isRegistered,
	register,
	unregister,
	type RememberedIds,
	type RemoteWebhook,
	type WebhookApi,
} from './registration';
import { webhookLifeCycle, type OpenApi } from './webhook-life-cycle';

/** The webhook a node wants in the account its credential opens. */
interface WantedWebhook<Webhook extends RemoteWebhook, Desired extends { url: string }> {
	/** A lock: only one node may change it at a time. The node's webhook unless given. */
	place?: string;
	webhooks: WebhookApi<Webhook, Desired>;
	/** The webhook as the node wants it. May throw an `ApiFault`. */
	desired: (url: string) => Desired;
}

/** How a provider's webhooks are set up through its API. */
interface AutomaticSetup<Webhook extends RemoteWebhook, Desired extends { url: string }> {
	access: SetupAccess;
	/** Reads the node's parameters. May throw an `ApiFault`. */
	wanted: (api: OpenApi) => WantedWebhook<Webhook, Desired>;
	/** What to do about a webhook the key no longer shows, in full sentences. */
	adviceIfLost: (url: string) => string;
}

/**
 * The life cycle of a webhook next to others: publishing the workflow finds, creates, or updates it,
 * unpublishing deletes it.
 */
export function automaticSetup<Webhook extends RemoteWebhook, Desired extends { url: string }>({
	access,
	wanted,
	adviceIfLost,
}: AutomaticSetup<Webhook, Desired>) {
	return webhookLifeCycle(access, {
		steps(api) {
			const { context } = api;
			const ownWebhook = context.getNodeWebhookUrl('default') ?? '';
			const { place = ownWebhook, webhooks, desired } = wanted(api);
			return {
				place,
				isRegistered: async (url) =>
					await isRegistered(webhooks, desired(url), rememberedIds(context)),
				register: async (url) => {
					await register(webhooks, desired(url), rememberedIds(context));
				},
				async unregister(url) {
					const lost = await unregister(webhooks, url, rememberedIds(context));
					if (lost === null) return;
					const shown = `${access.displayName} doesn't show the webhook ${oneLine(lost)} to the key of ${nameOfNode(context)}.`;
					context.logger.warn(`${shown} ${adviceIfLost(oneLine(url))}`);
				},
			};
		},
	});
}

/** Kept with the workflow: n8n stores it when it publishes or unpublishes. */
function rememberedIds(context: IHookFunctions): RememberedIds {
	const data = context.getWorkflowStaticData('node');
	if (!isObject(data.webhookIds)) data.webhookIds = {};
	return data.webhookIds as RememberedIds;
}
