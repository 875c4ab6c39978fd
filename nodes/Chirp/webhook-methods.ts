import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IHookFunctions,
} from 'n8n-workflow';
import type { EventName } from '../shared/core/events';
import { isObject } from '../shared/core/json';
import { oneLine } from '../shared/core/one-line';
import {
	ANSWER_WITHIN_MS,
	ChirpFault,
	noAnswer,
	type ApiAnswer,
	type Send,
	type WebhookSpec,
} from './api';
import { appKeyOf, baseUrlOf, secretHeaderOf } from './credential';
import { isRegistered, register, unregister, type Memory } from './registration';
import { chirpEventsFor, type ChirpChannel } from './webhook-events';

const CREDENTIAL = 'chirpApi';

/**
 * The life cycle of the webhook at Chirp: publishing the workflow finds, creates or updates it,
 * unpublishing deletes it. With manual setup Chirp is asked nothing, and only the header that its
 * deliveries have to carry is checked.
 */
export const chirpWebhook = {
	async checkExists(this: IHookFunctions): Promise<boolean> {
		return await answering(this, async () => {
			if (isManual(this)) {
				secretHeaderOf(await this.getCredentials(CREDENTIAL));
				return true;
			}
			return await isRegistered(await senderOf(this), await specOf(this), memoryOf(this));
		});
	},

	async create(this: IHookFunctions): Promise<boolean> {
		if (isManual(this)) return true;
		return await answering(this, async () => {
			await register(await senderOf(this), await specOf(this), memoryOf(this));
			return true;
		});
	},

	async delete(this: IHookFunctions): Promise<boolean> {
		if (isManual(this)) return true;
		return await answering(this, async () => {
			const url = urlOf(this);
			const lost = await unregister(await senderOf(this), url, memoryOf(this));
			if (lost !== null) this.logger.warn(leftBehind(this, lost, url));
			return true;
		});
	},
};

function isManual(context: IHookFunctions): boolean {
	return context.getNodeParameter('webhookSetup', 'automatic') === 'manual';
}

function urlOf(context: IHookFunctions): string {
	return context.getNodeWebhookUrl('default') ?? '';
}

/** Kept with the workflow: n8n stores it when it publishes or unpublishes. */
function memoryOf(context: IHookFunctions): Memory {
	const data = context.getWorkflowStaticData('node');
	if (!isObject(data.webhookIds)) data.webhookIds = {};
	return data.webhookIds as Memory;
}

async function specOf(context: IHookFunctions): Promise<WebhookSpec> {
	const headers = secretHeaderOf(await context.getCredentials(CREDENTIAL));
	const events = chirpEventsFor(
		context.getNodeParameter('events', []) as EventName[],
		context.getNodeParameter('channels', ['whatsapp']) as ChirpChannel[],
	);
	if (events.length === 0) {
		throw new ChirpFault(
			'There is no event to ask Chirp for',
			'Select at least one event under Listen To, and under Channels the channel that has it.',
		);
	}
	return { url: urlOf(context), events, headers };
}

/** Sends requests with the app key, which n8n adds by the credential's own rule. */
async function senderOf(context: IHookFunctions): Promise<Send> {
	const credential = await context.getCredentials(CREDENTIAL);
	if (appKeyOf(credential) === '') {
		throw new ChirpFault(
			'Automatic setup needs an app key: enter it as App Key in the credential, or set Webhook Setup to Manual',
			'Copy it from your application in Chirp. It begins with sk_live_app_ or sk_test_app_.',
		);
	}
	const baseURL = baseUrlOf(credential);
	return async ({ method, path, query, body }) => {
		try {
			return (await context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, {
				method,
				baseURL,
				url: path,
				json: true,
				timeout: ANSWER_WITHIN_MS,
				// n8n would take the app key and the secret along to whatever host the answer names.
				disableFollowRedirect: true,
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				...(query ? { qs: query } : {}),
				...(body ? { body: body as IDataObject } : {}),
			})) as ApiAnswer;
		} catch (error) {
			throw noAnswer(baseURL, error);
		}
	};
}

/** The line in n8n's log for a webhook that may still be at Chirp. */
function leftBehind(context: IHookFunctions, id: string, url: string): string {
	const { name, id: workflowId = '' } = context.getWorkflow();
	const node = `node "${oneLine(context.getNode().name)}" of workflow "${oneLine(name)}" (${workflowId})`;
	return `Chirp shows no webhook ${oneLine(id)} to the app key of ${node}. Unless it was deleted there already, it was made with another app key: delete it in Chirp, on that application's Webhooks page, or it goes on sending events to ${oneLine(url)}. Next time unpublish first, then change the app key`;
}

/** Turns what went wrong into what n8n shows in the editor. */
async function answering<T>(context: IHookFunctions, step: () => Promise<T>): Promise<T> {
	try {
		return await step();
	} catch (error) {
		const node = context.getNode();
		if (!(error instanceof ChirpFault)) {
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
