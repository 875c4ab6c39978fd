import {
	NodeApiError,
	NodeOperationError,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IHookFunctions,
} from 'n8n-workflow';
import type { EventName } from '../shared/core/events';
import { isObject } from '../shared/core/json';
import {
	ANSWER_WITHIN_MS,
	ChirpFault,
	noAnswer,
	type ApiAnswer,
	type Send,
	type WebhookSpec,
} from './api';
import { DEFAULT_SECRET_HEADER } from './chirp';
import { isRegistered, register, unregister, type Memory } from './registration';
import { chirpEventsFor } from './webhook-events';

const CREDENTIAL = 'chirpApi';

/** Where Chirp's API is unless the credential says otherwise. */
export const DEFAULT_BASE_URL = 'https://api.buildwithchirp.com';

/**
 * The life cycle of the webhook at Chirp: publishing the workflow finds, creates or updates it,
 * unpublishing deletes it. With manual setup there is nothing to do.
 */
export const chirpWebhook = {
	async checkExists(this: IHookFunctions): Promise<boolean> {
		if (isManual(this)) return true;
		return await answering(this, async () =>
			isRegistered(await senderOf(this), await specOf(this), memoryOf(this)),
		);
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
			await unregister(await senderOf(this), urlOf(this), memoryOf(this));
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
	const credential = await context.getCredentials(CREDENTIAL);
	const headerName = text(credential.headerName) || DEFAULT_SECRET_HEADER;
	const secret = text(credential.webhookSecret);
	if (secret === '') {
		throw new ChirpFault(
			'The credential holds no webhook secret',
			'Enter one as Webhook Secret: a long random text of your own. Chirp then sends it along with every delivery.',
		);
	}
	return {
		url: urlOf(context),
		events: chirpEventsFor(context.getNodeParameter('events', []) as EventName[]),
		headers: { [headerName]: secret },
	};
}

/** Sends requests with the app key, which n8n adds by the credential's own rule. */
async function senderOf(context: IHookFunctions): Promise<Send> {
	const credential = await context.getCredentials(CREDENTIAL);
	if (text(credential.apiKey) === '') {
		throw new ChirpFault(
			'Automatic setup needs an app key',
			'Enter the App Key of your application in Chirp in the credential. Or set Webhook Setup to Manual.',
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

/** The base URL of a credential, without a slash at its end. */
export function baseUrlOf(credential: ICredentialDataDecryptedObject): string {
	return (text(credential.baseUrl) || DEFAULT_BASE_URL).replace(/\/+$/, '');
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

function text(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}
