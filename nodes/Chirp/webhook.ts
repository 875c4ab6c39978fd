import type { EventName } from '../shared/core/events';
import { ApiFault } from '../shared/n8n/setup/api-fault';
import { automaticSetup } from '../shared/n8n/setup/automatic-setup';
import { chirpWebhooks, type ChirpWebhook, type WebhookSpec } from './api';
import { access, secretHeaderOf } from './credential';
import { chirpEventsFor, type ChirpChannel } from './webhook-events';

/** The life cycle of the webhook at Chirp, with automatic and with manual setup. */
export const chirpWebhook = automaticSetup<ChirpWebhook, WebhookSpec>({
	access,

	webhooks: ({ send }) => chirpWebhooks(send),

	spec({ context, credential }, url) {
		const events = chirpEventsFor(
			context.getNodeParameter('events', []) as EventName[],
			context.getNodeParameter('channels', ['whatsapp']) as ChirpChannel[],
		);
		if (events.length === 0) {
			throw new ApiFault(
				'There is no event to ask Chirp for',
				'Select at least one event under Listen To, and under Channels the channel that has it.',
			);
		}
		return { url, events, headers: secretHeaderOf(credential) };
	},

	leftBehind: (url) =>
		`Unless it was deleted there already, it was made with another app key: delete it in Chirp, on that application's Webhooks page, or it goes on sending events to ${url}. Next time unpublish first, then change the app key`,
});
