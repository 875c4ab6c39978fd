import type { ICredentialDataDecryptedObject, IHookFunctions, NodeApiError } from 'n8n-workflow';
import { oneLine } from '../../core/values/one-line';
import { nameOfNode } from '../messages/name-of-node';
import { sendWithCredential, sendWithKey, type Send } from '../api/send';
import { apiKeyOf, type ApiAccess, type SetupAccess } from '../api/access';
import { ApiFault } from '../api/fault';
import { checkFilters } from './check-filters';
import { toNodeError, withNodeErrors } from '../api/node-errors';
import { oneAtATime } from './one-at-a-time';

/** The provider's API, as the node's credential opens it. */
export interface OpenApi {
	context: IHookFunctions;
	credential: ICredentialDataDecryptedObject;
	key: string;
	send: Send;
}

/** The steps of publishing and unpublishing. Each method may throw an {@link ApiFault}. */
interface WebhookSteps {
	/** A lock: only one node may change it at a time, and nodes with the same text wait for each other. */
	place: string;
	/** Whether the provider has the webhook as the node wants it. */
	isRegistered(url: string): Promise<boolean>;
	/** Makes the provider send events to the URL. */
	register(url: string): Promise<void>;
	/** Makes the provider stop sending events to the URL. */
	unregister(url: string): Promise<void>;
}

/** Creates these steps for a node. */
interface WebhookSetup {
	/**
	 * Reads the node's parameters right away: n8n evaluates them only during its call, and a step may wait
	 * for longer. May throw an {@link ApiFault}.
	 */
	steps(api: OpenApi): WebhookSteps;
	/** Called when n8n listens at a URL with manual setup. */
	leaveToPerson?(url: string): void;
}

/** Whether n8n is starting and activates workflows that are already published. They stay published even if it fails. */
export function isStarting(context: IHookFunctions): boolean {
	return ['init', 'leadershipChange'].includes(context.getActivationMode());
}

/** Whether this is a test in the editor: n8n gives it a separate workflow object, which is never active. */
export function isTest(context: IHookFunctions): boolean {
	return !context.getWorkflow().active;
}

/**
 * The life cycle of a webhook registered through the provider's API. With manual setup, the provider isn't
 * contacted. Unpublishing needs only the key.
 */
export function webhookLifeCycle(access: SetupAccess, setup: WebhookSetup) {
	/** URLs n8n will call `delete` for because they couldn't be registered; true if a write was tried. */
	const failed = new Map<string, boolean>();

	/** Runs a step of publishing or of starting a test. */
	async function runToRegister(
		context: IHookFunctions,
		step: (steps: WebhookSteps, url: string) => Promise<boolean>,
		isWrite: boolean,
	): Promise<boolean> {
		const url = urlOf(context);
		const result = await withNodeErrors(context, access, async (credential) => {
			checkFilters(context);
			access.check(credential);
			if (!isManual(context)) return await run(context, credential, step);
			setup.leaveToPerson?.(url);
			return true;
		}).catch((error: unknown) => {
			if (!isStarting(context)) failed.set(url, isWrite);
			throw error;
		});
		failed.delete(url);
		return result;
	}

	/** Begins to unregister. Resolves once no later call from n8n can overtake it. */
	async function beginToUnregister(context: IHookFunctions): Promise<{ end: Promise<void> }> {
		return await withNodeErrors(context, access, async (credential) => {
			const unregister = (steps: WebhookSteps, url: string) => steps.unregister(url);
			// The end of a test goes on after n8n's call has ended.
			const send = isTest(context) ? sendWithKey : sendWithCredential;
			const end = run(context, credential, unregister, send).catch((error: unknown) => {
				throw toNodeError(context, access, credential, error);
			});
			// The caller handles it.
			end.catch(() => undefined);
			return { end };
		});
	}

	/** Opens the API and runs a step while no other node changes the same place. */
	async function run<T>(
		context: IHookFunctions,
		credential: ICredentialDataDecryptedObject,
		step: (steps: WebhookSteps, url: string) => Promise<T>,
		sendWith = sendWithCredential,
	): Promise<T> {
		const steps = setup.steps(openApi(context, access, credential, sendWith));
		const url = urlOf(context);
		return await oneAtATime(`${access.credentialType} ${steps.place}`, () => step(steps, url));
	}

	return {
		async checkExists(this: IHookFunctions): Promise<boolean> {
			return await runToRegister(this, (steps, url) => steps.isRegistered(url), false);
		},

		async create(this: IHookFunctions): Promise<boolean> {
			return await runToRegister(
				this,
				async (steps, url) => {
					await steps.register(url);
					return true;
				},
				true,
			);
		},

		async delete(this: IHookFunctions): Promise<boolean> {
			const url = urlOf(this);
			const wasTried = failed.get(url);
			failed.delete(url);
			if (isManual(this)) return true;
			const report = (error: unknown) => {
				// If nothing was written, the editor has already shown the same fault.
				if (wasTried !== false) this.logger.warn(leftBehind(this, access, error));
			};
			const ending = beginToUnregister(this);
			if (isTest(this)) {
				// Until this returns, and forever if it throws, n8n keeps the test's registration with everything
				// attached to it, and copies it when the next test of any workflow begins. n8n then hangs for a
				// minute, or runs out of memory.
				await ending.then(({ end }) => {
					void end.catch(report);
				}, report);
				return true;
			}
			const ended = ending.then(({ end }) => end);
			// n8n leaves the URL of a failed publication in its database unless this ends well.
			await (wasTried === undefined ? ended : ended.catch(report));
			return true;
		},
	};
}

/** The warning if ending a test or undoing a failed registration didn't work. */
function leftBehind(context: IHookFunctions, access: ApiAccess, error: unknown): string {
	const { message, description } = error as NodeApiError;
	return [
		`${access.displayName} may still send events to ${oneLine(urlOf(context))} of ${nameOfNode(context)}: ${message}.`,
		...(description ? [description] : []),
	].join(' ');
}

/** Whether the webhook is set up manually. */
function isManual(context: IHookFunctions): boolean {
	return context.getNodeParameter('webhookSetup', 'automatic') === 'manual';
}

/** The node's webhook URL: the test URL in a test, otherwise the production URL. */
function urlOf(context: IHookFunctions): string {
	return context.getNodeWebhookUrl('default') ?? '';
}

function openApi(
	context: IHookFunctions,
	access: ApiAccess,
	credential: ICredentialDataDecryptedObject,
	sendWith: typeof sendWithCredential,
): OpenApi {
	const key = apiKeyOf(access, credential);
	if (key === '') {
		const { keyLabel, keyLocation } = access;
		throw new ApiFault(
			`Automatic setup needs the ${keyLabel}, which is empty in the credential`,
			`${keyLocation} Or set Webhook Setup to Manual.`,
		);
	}
	return { context, credential, key, send: sendWith(context, access, credential) };
}
