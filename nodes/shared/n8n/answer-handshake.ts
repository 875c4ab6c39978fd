import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { objectOf } from '../core/json';
import type { Provider } from '../core/provider';
import { readCredential } from './credential';

/**
 * Answers the GET by which a provider makes sure that a URL is ours: 200 with what the provider wants to
 * hear, or 403. Starts no execution.
 */
export async function answerHandshake(
	context: IWebhookFunctions,
	{ handshake, credentialType }: Provider,
): Promise<IWebhookResponseData> {
	const { data } = await readCredential(context, credentialType);
	const answer = handshake?.(objectOf(context.getQueryData()), data) ?? null;
	const response = context.getResponseObject();
	response.status(answer === null ? 403 : 200).type('text/plain');
	response.send(answer ?? 'Forbidden');
	return { noWebhookResponse: true };
}
