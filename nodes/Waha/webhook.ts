import type { EventName } from '../shared/core/events';
import { textOf } from '../shared/core/json';
import { ApiFault, sendWithCredential } from '../shared/n8n/api';
import { automaticSetup } from '../shared/n8n/automatic-setup';
import { wahaWebhooks, type WahaWebhook, type WebhookSpec } from './api';
import { apiKeyOf, baseUrlOf, hmacKeyOf } from './credential';
import { provider } from './provider';
import { wahaEventsFor } from './webhook-events';

const { credentialType, displayName } = provider;

/** The life cycle of the webhook in a session's configuration, with automatic and with manual setup. */
export const wahaWebhook = automaticSetup<WahaWebhook, WebhookSpec>({
	displayName,

	async api(context) {
		const credential = await context.getCredentials(credentialType);
		if (apiKeyOf(credential) === '') {
			throw new ApiFault(
				'Automatic setup needs an API key: enter it as API Key in the credential, or set Webhook Setup to Manual',
				"It is WAHA's setting WAHA_API_KEY.",
			);
		}
		const session = textOf(context.getNodeParameter('session', 'default'))?.trim() ?? '';
		if (session === '') {
			throw new ApiFault('Session is empty', "Enter the name that WAHA's dashboard shows.");
		}
		const baseUrl = baseUrlOf(credential);
		const send = sendWithCredential(context, credentialType, { displayName, baseUrl });
		return wahaWebhooks(send, session);
	},

	async spec(context, url) {
		const hmacKey = hmacKeyOf(await context.getCredentials(credentialType));
		const events = wahaEventsFor(context.getNodeParameter('events', []) as EventName[]);
		if (events.length === 0) {
			throw new ApiFault(
				'There is no event to ask WAHA for',
				'Select at least one event under Listen To.',
			);
		}
		return { url, events, hmacKey };
	},

	async checkManual(context) {
		hmacKeyOf(await context.getCredentials(credentialType));
	},

	leftBehind: (url) =>
		`Unless it was deleted there already, it is in another session's configuration: delete it in WAHA's dashboard, or WAHA goes on sending events to ${url}. Next time unpublish first, then change Session or the credential`,
});
