import type { IHookFunctions } from 'n8n-workflow';
import type { EventName } from '../shared/core/item/events';
import { textOf } from '../shared/core/values/json';
import { oneLine } from '../shared/core/values/one-line';
import { baseUrlOf } from '../shared/n8n/setup/api-access';
import { ApiFault } from '../shared/n8n/setup/api-fault';
import { automaticSetup } from '../shared/n8n/setup/automatic-setup';
import { fieldOf } from '../shared/n8n/setup/credential-fields';
import { wahaWebhooks, type DesiredWebhook, type WahaWebhook } from './api';
import { access } from './credential';
import { wahaEventsFor } from './webhook-events';

/** The life cycle of the webhook in a session's configuration, with automatic and with manual setup. */
export const wahaWebhook = automaticSetup<WahaWebhook, DesiredWebhook>({
	access,

	// WAHA replaces the configuration of a session as a whole.
	place: ({ context, credential }) => `${baseUrlOf(access, credential)} ${sessionOf(context)}`,

	webhooks: ({ context, send }) => wahaWebhooks(send, sessionOf(context)),

	desired({ context, credential }, url) {
		const events = wahaEventsFor(context.getNodeParameter('events', []) as EventName[]);
		if (events.length === 0) {
			throw new ApiFault(
				"WAHA has no events for this node's selection",
				'Select at least one event under Listen To.',
			);
		}
		return { url, events, hmacKey: fieldOf(credential, 'webhookSecret') };
	},

	adviceIfLost: (url) =>
		`If you changed Session or the credential while the workflow was published, the webhook is still in the other session's configuration and sends events to ${url}: delete it in WAHA's dashboard, and next time unpublish first. If you deleted it there yourself, or WAHA restarted (WAHA Core forgets webhooks then), there's nothing to do.`,
});

/** The session's name. Throws an {@link ApiFault} for one that would lead to another path of WAHA. */
function sessionOf(context: IHookFunctions): string {
	const session = textOf(context.getNodeParameter('session', 'default'))?.trim() ?? '';
	if (session === '') {
		throw new ApiFault('Session is empty', "Enter the name that WAHA's dashboard shows.");
	}
	if (/[/\\]|^\.{1,2}$/.test(session)) {
		throw new ApiFault(
			`"${oneLine(session)}" isn't the name of a session`,
			"Enter the name that WAHA's dashboard shows: letters, digits, hyphens, and underscores.",
		);
	}
	return session;
}
