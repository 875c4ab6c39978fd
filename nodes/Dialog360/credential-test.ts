import { oneLine } from '../shared/core/values/one-line';
import { apiCredentialTest } from '../shared/n8n/api/credential-test';
import { readWebhook } from './api';
import { access, credentialProblem } from './credential';

/** The test of a 360dialog credential: with an API key, 360dialog has to show the webhook of its number. */
export const testDialog360Credential = apiCredentialTest(
	access,
	credentialProblem,
	async (send) => {
		const webhook = await readWebhook(send);
		const host = webhook && URL.canParse(webhook.url) ? new URL(webhook.url).host : null;
		return host === null
			? '360dialog accepted the API key. The number has no webhook yet.'
			: `360dialog accepted the API key. The number's events go to ${oneLine(host)} now.`;
	},
);
