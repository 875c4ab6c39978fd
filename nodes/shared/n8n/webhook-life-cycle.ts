import {
	NodeApiError,
	NodeOperationError,
	type ICredentialDataDecryptedObject,
	type IHookFunctions,
} from 'n8n-workflow';
import { sendWithCredential, type Send } from './api';
import { keyOf, type ApiAccess } from './api-access';
import { ApiFault } from './api-fault';

/** The provider's API, as the node's credential opens it. */
export interface OpenApi {
	context: IHookFunctions;
	credential: ICredentialDataDecryptedObject;
	key: string;
	send: Send;
}

/** What publishing and unpublishing come down to. Each method may throw an {@link ApiFault}. */
export interface WebhookSteps {
	/** Whether the provider has the webhook just as the node wants it. */
	isThere(api: OpenApi, url: string): Promise<boolean>;
	/** Has the provider send events to the URL. */
	put(api: OpenApi, url: string): Promise<void>;
	/** Has the provider send none there any more. */
	takeAway(api: OpenApi, url: string): Promise<void>;
}

/**
 * The life cycle of a webhook that is set up through the provider's API. With manual setup the provider
 * is asked nothing. Unpublishing needs no more than the key.
 */
export function webhookLifeCycle(access: ApiAccess, steps: WebhookSteps) {
	return {
		async checkExists(this: IHookFunctions): Promise<boolean> {
			return await withNodeErrors(this, async () => {
				const credential = await this.getCredentials(access.credentialType);
				access.check(credential);
				if (isManual(this)) return true;
				return await steps.isThere(openApi(this, access, credential), urlOf(this));
			});
		},

		async create(this: IHookFunctions): Promise<boolean> {
			if (isManual(this)) return true;
			return await withNodeErrors(this, async () => {
				const credential = await this.getCredentials(access.credentialType);
				access.check(credential);
				await steps.put(openApi(this, access, credential), urlOf(this));
				return true;
			});
		},

		async delete(this: IHookFunctions): Promise<boolean> {
			if (isManual(this)) return true;
			return await withNodeErrors(this, async () => {
				const credential = await this.getCredentials(access.credentialType);
				await steps.takeAway(openApi(this, access, credential), urlOf(this));
				return true;
			});
		},
	};
}

/** Whether a person sets the webhook up. */
function isManual(context: IHookFunctions): boolean {
	return context.getNodeParameter('webhookSetup', 'automatic') === 'manual';
}

/** The URL that the node is called at: the test URL in a test, else the production URL. */
function urlOf(context: IHookFunctions): string {
	return context.getNodeWebhookUrl('default') ?? '';
}

function openApi(
	context: IHookFunctions,
	access: ApiAccess,
	credential: ICredentialDataDecryptedObject,
): OpenApi {
	const key = keyOf(access, credential);
	if (key === '') {
		const { keyName, keyLabel, keyLocation } = access;
		throw new ApiFault(
			`Automatic setup needs an ${keyName}: enter it as ${keyLabel} in the credential, or set Webhook Setup to Manual`,
			keyLocation,
		);
	}
	return { context, credential, key, send: sendWithCredential(context, access, credential) };
}

/** Turns what went wrong into what n8n shows in the editor. */
async function withNodeErrors<T>(context: IHookFunctions, step: () => Promise<T>): Promise<T> {
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
