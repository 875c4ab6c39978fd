import {
	NodeApiError,
	NodeOperationError,
	type ICredentialDataDecryptedObject,
	type IHookFunctions,
} from 'n8n-workflow';
import { nameOfNode } from '../name-of-node';
import { sendWithCredential, type Send } from './api';
import { keyOf, type ApiAccess } from './api-access';
import { ApiFault } from './api-fault';
import { oneAtATime } from './one-at-a-time';
import { withoutSecrets } from './redact';

/** The provider's API, as the node's credential opens it. */
export interface OpenApi {
	context: IHookFunctions;
	credential: ICredentialDataDecryptedObject;
	key: string;
	send: Send;
}

/** What publishing and unpublishing consist of. Each method may throw an {@link ApiFault}. */
export interface WebhookSteps {
	/** What only one node may change at a time. Nodes that return the same text wait for each other. */
	place(api: OpenApi): string;
	/** Whether the provider has the webhook just as the node wants it. */
	isRegistered(api: OpenApi, url: string): Promise<boolean>;
	/** Makes the provider send events to the URL. */
	register(api: OpenApi, url: string): Promise<void>;
	/** Makes the provider stop sending events to the URL. */
	unregister(api: OpenApi, url: string): Promise<void>;
}

/**
 * The life cycle of a webhook that is set up through the provider's API. With manual setup the provider
 * is asked nothing. Unpublishing needs no more than the key.
 */
export function webhookLifeCycle(access: ApiAccess, steps: WebhookSteps) {
	/** Opens the API and runs a step while no other node changes the same place. */
	async function run<T>(
		context: IHookFunctions,
		credential: ICredentialDataDecryptedObject,
		step: (api: OpenApi, url: string) => Promise<T>,
	): Promise<T> {
		const api = openApi(context, access, credential);
		return await oneAtATime(`${access.credentialType} ${steps.place(api)}`, () =>
			step(api, urlOf(context)),
		);
	}

	return {
		async checkExists(this: IHookFunctions): Promise<boolean> {
			return await withNodeErrors(this, access, async (credential) => {
				access.check(credential);
				return isManual(this) || (await run(this, credential, steps.isRegistered));
			});
		},

		async create(this: IHookFunctions): Promise<boolean> {
			if (isManual(this)) return true;
			return await withNodeErrors(this, access, async (credential) => {
				access.check(credential);
				await run(this, credential, steps.register);
				return true;
			});
		},

		async delete(this: IHookFunctions): Promise<boolean> {
			if (isManual(this)) return true;
			try {
				return await withNodeErrors(this, access, async (credential) => {
					await run(this, credential, steps.unregister);
					return true;
				});
			} catch (error) {
				// n8n gives a test a workflow object of its own, which is never active.
				if (this.getWorkflow().active) throw error;
				// When this throws at the end of a test, n8n keeps the registration with everything attached to
				// it, and copies it at the next test of any workflow: for a minute n8n does nothing else.
				this.logger.warn(leftBehind(this, access, error));
				return false;
			}
		},
	};
}

/** What a person has to know when the end of a test didn't work. */
function leftBehind(context: IHookFunctions, access: ApiAccess, error: unknown): string {
	const { message, description } = error as NodeApiError;
	return [
		`The test of ${nameOfNode(context)} is over, but ${access.displayName} may still send events to its Test URL: ${message}.`,
		...(description ? [description] : []),
	].join(' ');
}

/** Whether a person sets the webhook up. */
function isManual(context: IHookFunctions): boolean {
	return context.getNodeParameter('webhookSetup', 'automatic') === 'manual';
}

/** The URL that the node is called at: the test URL in a test, otherwise the production URL. */
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
		const { keyLabel, keyLocation } = access;
		throw new ApiFault(
			`Automatic setup needs the ${keyLabel}, which is empty in the credential`,
			`${keyLocation} Or set Webhook Setup to Manual.`,
		);
	}
	return { context, credential, key, send: sendWithCredential(context, access, credential) };
}

/** Reads the credential and runs a step with it. Turns a fault into what n8n shows in the editor. */
async function withNodeErrors<T>(
	context: IHookFunctions,
	access: ApiAccess,
	step: (credential: ICredentialDataDecryptedObject) => Promise<T>,
): Promise<T> {
	let credential: ICredentialDataDecryptedObject = {};
	try {
		credential = await context.getCredentials(access.credentialType);
		return await step(credential);
	} catch (error) {
		const node = context.getNode();
		const shown = (text: string) => withoutSecrets(text, credential);
		if (!(error instanceof ApiFault)) {
			const message = shown(error instanceof Error ? error.message : String(error));
			throw new NodeOperationError(node, message);
		}
		const { statusCode } = error;
		const message = shown(error.message);
		throw new NodeApiError(
			node,
			{ message },
			{
				message,
				description: shown(error.advice),
				...(statusCode === undefined ? {} : { httpCode: String(statusCode) }),
			},
		);
	}
}
