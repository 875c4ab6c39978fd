import type { IHookFunctions } from 'n8n-workflow';
import type { EventName } from '../shared/core/events';
import { textOf } from '../shared/core/json';
import { ApiFault } from '../shared/n8n/setup/api-fault';
import { automaticSetup } from '../shared/n8n/setup/automatic-setup';
import { fieldOf } from '../shared/n8n/setup/credential-fields';
import { wahaWebhooks, type WahaWebhook, type WebhookSpec } from './api';
import { access } from './credential';
import { wahaEventsFor } from './webhook-events';

/** The life cycle of the webhook in a session's configuration, with automatic and with manual setup. */
export const wahaWebhook = automaticSetup<WahaWebhook, WebhookSpec>({
	access,

	webhooks: ({ context, send }) => wahaWebhooks(send, sessionOf(context)),

	spec({ context, credential }, url) {
		const events = wahaEventsFor(context.getNodeParameter('events', []) as EventName[]);
		if (events.length === 0) {
			throw new ApiFault(
				'There is no event to ask WAHA for',
				'Select at least one event under Listen To.',
			);
		}
		return { url, events, hmacKey: fieldOf(credential, 'webhookSecret') };
	},

	leftBehind: (url) =>
		`Unless it was deleted there already, it is in another session's configuration: delete it in WAHA's dashboard, or WAHA goes on sending events to ${url}. Next time unpublish first, then change Session or the credential`,
});

function sessionOf(context: IHookFunctions): string {
	const session = textOf(context.getNodeParameter('session', 'default'))?.trim() ?? '';
	if (session !== '') return session;
	throw new ApiFault('Session is empty', "Enter the name that WAHA's dashboard shows.");
}
