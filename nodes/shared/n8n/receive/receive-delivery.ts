import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { idsOf } from '../../core/remember/claims';
import { objectOf } from '../../core/values/json';
import type { Provider } from '../../core/read/provider';
import { readCredential } from './credential';
import { decideOnDelivery, decideOnGet, type ClaimIds, type Decision } from './decide';
import { handshakeWebhook } from '../editor/webhooks';
import { nodeStateOf, type NodeState } from './node-state';
import { readParameters, type NodeParameters } from './read-parameters';
import { readRequest } from './read-request';
import { respond } from './respond';
import { watchResponse } from './watch-response';

/**
 * The `webhook()` of every node of this package: reads one request, decides on it, and responds.
 *
 * @throws NodeOperationError to show that a delivery was rejected, after the response was sent
 */
export async function receiveDelivery(
	context: IWebhookFunctions,
	provider: Provider,
): Promise<IWebhookResponseData> {
	const parameters = readParameters(context);
	const { ledger, rejections } = nodeStateOf(context);
	const decision = await decide(context, provider, parameters, ledger);
	const { reportRejected } = parameters;
	return respond(context, provider, decision, { rejections, reportRejected });
}

async function decide(
	context: IWebhookFunctions,
	provider: Provider,
	parameters: NodeParameters,
	ledger: NodeState['ledger'],
): Promise<Decision> {
	if (context.getWebhookName() === handshakeWebhook.name) {
		const credential = await readCredential(context, provider.credentialType);
		return decideOnGet(provider, objectOf(context.getQueryData()), credential);
	}
	const delivery = await readRequest(context);
	const credential = await readCredential(context, provider.credentialType);
	const isTest = context.getMode() === 'manual';
	const claim = claimFor(context, provider, ledger);
	return await decideOnDelivery(provider, delivery, { credential, parameters, isTest }, claim);
}

/** The longest a copy waits for the outcome of the first, if the provider documents no timeout. */
const LONGEST_WAIT_MS = 10_000;

/** The part of a provider's timeout a copy may wait, so that its response still arrives in time. */
const PART_OF_TIMEOUT = 0.8;

/** How long a copy waits for the outcome of the first, in milliseconds. */
export function longestWaitOf({ responseTimeoutMs = Infinity }: Provider): number {
	return Math.min(LONGEST_WAIT_MS, PART_OF_TIMEOUT * responseTimeoutMs);
}

function claimFor(
	context: IWebhookFunctions,
	provider: Provider,
	ledger: NodeState['ledger'],
): ClaimIds {
	return async (claimable) =>
		await ledger.claim(
			idsOf(claimable),
			watchResponse(context.getResponseObject()),
			longestWaitOf(provider),
		);
}
