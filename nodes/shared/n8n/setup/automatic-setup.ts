import type { IHookFunctions } from 'n8n-workflow';
import { isObject } from '../../core/json';
import { oneLine } from '../../core/one-line';
import type { ApiAccess } from './api-access';
import { nameOfNode } from '../name-of-node';
import {
	isRegistered,
	register,
	unregister,
	type Memory,
	type RemoteWebhook,
	type WebhookApi,
} from './registration';
import { webhookLifeCycle, type OpenApi } from './webhook-life-cycle';

/** How a provider's webhooks are set up through its API. Each method may throw an `ApiFault`. */
export interface AutomaticSetup<Webhook extends RemoteWebhook, Spec extends { url: string }> {
	access: ApiAccess;
	/** The account that the node's credential opens. */
	webhooks: (api: OpenApi) => WebhookApi<Webhook, Spec>;
	/** The webhook as the node wants it. */
	spec: (api: OpenApi, url: string) => Spec;
	/** What to do about a webhook that may still be there. Fits after "Chirp shows no webhook … to the key of node …". */
	leftBehind: (url: string) => string;
}

/**
 * The life cycle of a webhook beside others: publishing the workflow finds, creates or updates it,
 * unpublishing deletes it.
 */
export function automaticSetup<Webhook extends RemoteWebhook, Spec extends { url: string }>({
	access,
	webhooks,
	spec,
	leftBehind,
}: AutomaticSetup<Webhook, Spec>) {
	return webhookLifeCycle(access, {
		isRegistered: (api, url) => isRegistered(webhooks(api), spec(api, url), memoryOf(api.context)),
		register: (api, url) => register(webhooks(api), spec(api, url), memoryOf(api.context)),
		async unregister(api, url) {
			const { context } = api;
			const lost = await unregister(webhooks(api), url, memoryOf(context));
			if (lost === null) return;
			const shown = `${access.displayName} shows no webhook ${oneLine(lost)}`;
			const advice = leftBehind(oneLine(url));
			context.logger.warn(`${shown} to the key of ${nameOfNode(context)}. ${advice}`);
		},
	});
}

/** Kept with the workflow: n8n stores it when it publishes or unpublishes. */
function memoryOf(context: IHookFunctions): Memory {
	const data = context.getWorkflowStaticData('node');
	if (!isObject(data.webhookIds)) data.webhookIds = {};
	return data.webhookIds as Memory;
}
