import type { IHookFunctions } from 'n8n-workflow';
import { isObject } from '../../core/values/json';
import { oneLine } from '../../core/values/one-line';
import { nameOfNode } from '../editor/name-of-node';
import type { ApiAccess } from './api-access';
import {
	isRegistered,
	register,
	unregister,
	type RememberedIds,
	type RemoteWebhook,
	type WebhookApi,
} from './registration';
import { webhookLifeCycle, type OpenApi } from './webhook-life-cycle';

/** How a provider's webhooks are set up through its API. Each method may throw an `ApiFault`. */
export interface AutomaticSetup<Webhook extends RemoteWebhook, Desired extends { url: string }> {
	access: ApiAccess;
	/** What only one node may change at a time; the node's own webhook unless given. */
	place?: (api: OpenApi) => string;
	/** The account that the node's credential opens. */
	webhooks: (api: OpenApi) => WebhookApi<Webhook, Desired>;
	/** The webhook as the node wants it. */
	desired: (api: OpenApi, url: string) => Desired;
	/** What to do about a webhook that the key no longer shows, in full sentences. */
	adviceIfLost: (url: string) => string;
}

/**
 * The life cycle of a webhook next to others: publishing the workflow finds, creates, or updates it,
 * unpublishing deletes it.
 */
export function automaticSetup<Webhook extends RemoteWebhook, Desired extends { url: string }>({
	access,
	place = ({ context }) => context.getNodeWebhookUrl('default') ?? '',
	webhooks,
	desired,
	adviceIfLost,
}: AutomaticSetup<Webhook, Desired>) {
	return webhookLifeCycle(access, {
		place,
		isRegistered: (api, url) =>
			isRegistered(webhooks(api), desired(api, url), rememberedIds(api.context)),
		register: (api, url) => register(webhooks(api), desired(api, url), rememberedIds(api.context)),
		async unregister(api, url) {
			const { context } = api;
			const lost = await unregister(webhooks(api), url, rememberedIds(context));
			if (lost === null) return;
			const shown = `${access.displayName} doesn't show the webhook ${oneLine(lost)} to the key of ${nameOfNode(context)}.`;
			context.logger.warn(`${shown} ${adviceIfLost(oneLine(url))}`);
		},
	});
}

/** Kept with the workflow: n8n stores it when it publishes or unpublishes. */
function rememberedIds(context: IHookFunctions): RememberedIds {
	const data = context.getWorkflowStaticData('node');
	if (!isObject(data.webhookIds)) data.webhookIds = {};
	return data.webhookIds as RememberedIds;
}
