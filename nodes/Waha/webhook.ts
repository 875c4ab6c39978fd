import type { IHookFunctions } from 'n8n-workflow';
import type { EventName } from '../shared/core/item/events';
import { oneLine } from '../shared/core/values/one-line';
import { idIn } from '../shared/n8n/editor/id-parameter';
import { baseUrlOf } from '../shared/n8n/api/access';
import { ApiFault } from '../shared/n8n/api/fault';
import { automaticSetup } from '../shared/n8n/setup/automatic-setup';
import { fieldOf } from '../shared/n8n/api/credential-fields';
import { wahaWebhooks, type DesiredWebhook, type WahaWebhook } from './api';
import { access } from './credential';
import { wahaEventsFor } from './webhook-events';

/** The life cycle of the webhook in a session's configuration, with automatic and with manual setup. */
export const wahaWebhook = automaticSetup<WahaWebhook, DesiredWebhook>({
	access,

	wanted({ context, credential, send }) {
		const session = sessionOf(context);
		const events = wahaEventsFor(context.getNodeParameter('events', []) as EventName[]);
		return {
			// WAHA replaces the configuration of a session as a whole.
			place: `${baseUrlOf(access, credential)} ${session}`,
			webhooks: wahaWebhooks(send, session),
			desired(url) {
				if (events.length === 0) throw noEvents();
				return { url, events, hmacKey: fieldOf(credential, 'webhookSecret') };
			},
		};
	},

	adviceIfLost: (url) =>
		`If you changed Session or the credential while the workflow was published, the webhook is still in the other session's configuration and sends events to ${url}: delete it in WAHA's dashboard, and next time unpublish first. If you deleted it there yourself, or WAHA restarted (WAHA Core forgets webhooks then), there's nothing to do.`,
});

/** The session's name. Throws an {@link ApiFault} for one that would lead to another path of WAHA. */
function sessionOf(context: IHookFunctions): string {
	const session = idIn(context, 'session');
	if (session === '') {
		throw new ApiFault(
			'Session is empty',
			"Choose it from the list. Or switch to By ID and enter the name that WAHA's dashboard shows.",
		);
	}
	if (/[/\\]|^\.{1,2}$/.test(session)) {
		throw new ApiFault(
			`"${oneLine(session)}" isn't the name of a session`,
			"Enter the name that WAHA's dashboard shows: letters, digits, hyphens, and underscores.",
		);
	}
	return session;
}

function noEvents(): ApiFault {
	return new ApiFault(
		"WAHA has no events for this node's selection",
		'Select at least one event under Listen To.',
	);
}
