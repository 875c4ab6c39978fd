import { NodeApiError, NodeOperationError, type IHookFunctions } from 'n8n-workflow';
import { isObject } from '../core/json';
import { oneLine } from '../core/one-line';
import { ApiFault } from './api';
import {
	isRegistered,
	register,
	unregister,
	type Memory,
	type RemoteWebhook,
	type WebhookApi,
} from './registration';

/** How a provider's webhooks are set up through its API. Each method may throw an {@link ApiFault}. */
export interface AutomaticSetup<Webhook extends RemoteWebhook, Spec extends { url: string }> {
	/** The account that the node's credential opens. */
	api(context: IHookFunctions): Promise<WebhookApi<Webhook, Spec>>;
	/** The webhook as the node wants it. */
	spec(context: IHookFunctions, url: string): Promise<Spec>;
	/** Checks what has to be right with manual setup, too. */
	checkManual?(context: IHookFunctions): Promise<void>;
	/** What to do about a webhook that may still be there. Fits after "Chirp shows no webhook … to the key of node …". */
	leftBehind(url: string): string;
	displayName: string;
}

/**
 * The life cycle of a webhook that is set up through the provider's API: publishing the workflow finds,
 * creates or updates it, unpublishing deletes it. With manual setup the provider is asked nothing.
 */
export function automaticSetup<Webhook extends RemoteWebhook, Spec extends { url: string }>(
	setup: AutomaticSetup<Webhook, Spec>,
) {
	return {
		async checkExists(this: IHookFunctions): Promise<boolean> {
			return await withNodeErrors(this, async () => {
				if (isManual(this)) {
					await setup.checkManual?.(this);
					return true;
				}
				const api = await setup.api(this);
				return await isRegistered(api, await setup.spec(this, urlOf(this)), memoryOf(this));
			});
		},

		async create(this: IHookFunctions): Promise<boolean> {
			if (isManual(this)) return true;
			return await withNodeErrors(this, async () => {
				const api = await setup.api(this);
				await register(api, await setup.spec(this, urlOf(this)), memoryOf(this));
				return true;
			});
		},

		async delete(this: IHookFunctions): Promise<boolean> {
			if (isManual(this)) return true;
			return await withNodeErrors(this, async () => {
				const lost = await unregister(await setup.api(this), urlOf(this), memoryOf(this));
				if (lost !== null) this.logger.warn(leftBehind(this, setup, lost));
				return true;
			});
		},
	};
}

/** Whether a person sets the webhook up, so that the provider is asked nothing. */
export function isManual(context: IHookFunctions): boolean {
	return context.getNodeParameter('webhookSetup', 'automatic') === 'manual';
}

/** The URL that the node is called at: the test URL in a test, else the production URL. */
export function urlOf(context: IHookFunctions): string {
	return context.getNodeWebhookUrl('default') ?? '';
}

/** Kept with the workflow: n8n stores it when it publishes or unpublishes. */
function memoryOf(context: IHookFunctions): Memory {
	const data = context.getWorkflowStaticData('node');
	if (!isObject(data.webhookIds)) data.webhookIds = {};
	return data.webhookIds as Memory;
}

/** The line in n8n's log for a webhook that may still be at the provider. */
function leftBehind(
	context: IHookFunctions,
	setup: { displayName: string; leftBehind: (url: string) => string },
	id: string,
): string {
	const { name, id: workflowId = '' } = context.getWorkflow();
	const node = `node "${oneLine(context.getNode().name)}" of workflow "${oneLine(name)}" (${workflowId})`;
	return `${setup.displayName} shows no webhook ${oneLine(id)} to the key of ${node}. ${setup.leftBehind(oneLine(urlOf(context)))}`;
}

/** Turns what went wrong into what n8n shows in the editor. */
export async function withNodeErrors<T>(
	context: IHookFunctions,
	step: () => Promise<T>,
): Promise<T> {
	try {
		return await step();
	} catch (error) {
		const node = context.getNode();
		if (!(error instanceof ApiFault)) {
			throw new NodeOperationError(node, error instanceof Error ? error : String(error));
		}
		const { message, advice: description, statusCode } = error;
		throw new NodeApiError(
			node,
			{ message },
			{
				message,
				description,
				...(statusCode === undefined ? {} : { httpCode: String(statusCode) }),
			},
		);
	}
}
