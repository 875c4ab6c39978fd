import type { EventName } from '../shared/core/item/events';
import { ApiFault } from '../shared/n8n/api/fault';
import { automaticSetup } from '../shared/n8n/setup/automatic-setup';
import { chirpWebhooks, type ChirpWebhook, type DesiredWebhook } from './api';
import { access, secretHeaderOf } from './credential';
import { chirpEventsFor, type ChirpChannel } from './webhook-events';

/** The life cycle of the webhook at Chirp, with automatic and with manual setup. */
export const chirpWebhook = automaticSetup<ChirpWebhook, DesiredWebhook>({
	access,

	wanted({ context, credential, send }) {
		const events = chirpEventsFor(
			context.getNodeParameter('events', []) as EventName[],
			context.getNodeParameter('channels', ['whatsapp']) as ChirpChannel[],
		);
		return {
			webhooks: chirpWebhooks(send),
			desired(url) {
				if (events.length === 0) throw noEvents();
				return { url, events, headers: secretHeaderOf(credential) };
			},
		};
	},

	adviceIfLost: (url) =>
		`If you changed the app key while the workflow was published, the webhook still belongs to the other application and sends events to ${url}: delete it on that application's Webhooks page in Chirp, and next time unpublish first. If you deleted it there yourself, there's nothing to do.`,
});

function noEvents(): ApiFault {
	return new ApiFault(
		"Chirp has no events for this node's selection",
		'Select at least one event under Listen To, and under Channels the channel it comes from.',
	);
}
