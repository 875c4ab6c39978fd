import type { IHookFunctions } from 'n8n-workflow';
import type { EventName } from '../shared/core/item/events';
import { holdsExactly, objectOf } from '../shared/core/values/json';
import { oneLine } from '../shared/core/values/one-line';
import { idIn } from '../shared/n8n/editor/id-parameter';
import { baseUrlOf } from '../shared/n8n/api/access';
import { ApiFault } from '../shared/n8n/api/fault';
import type { Slot } from '../shared/n8n/setup/hold-place';
import { isSameUrl } from '../shared/n8n/setup/same-url';
import { singleSlotSetup } from '../shared/n8n/setup/single-slot';
import type { OpenApi } from '../shared/n8n/setup/webhook-life-cycle';
import {
	readWebhook,
	switchOffWebhook,
	webhookFrom,
	writeWebhook,
	type InstanceWebhook,
} from './api';
import { access, secretHeaderOf } from './credential';
import { evolutionEventsFor } from './webhook-events';

/** The life cycle of the instance's webhook, with automatic and with manual setup. */
export const evolutionWebhook = singleSlotSetup<InstanceWebhook>({
	access,
	whereToLook: "Evolution API's manager: the instance → Events → Webhook",
	slot: slotOf,
});

const SECRET_HEADER = 'secret header';

function slotOf({ context, credential, send }: OpenApi): Slot<InstanceWebhook> {
	const instance = instanceOf(context);
	const headers = secretHeaderOf(credential);
	const events = evolutionEventsFor(context.getNodeParameter('events', []) as EventName[]);
	return {
		place: `${baseUrlOf(access, credential)} ${instance}`,
		subject: `instance "${oneLine(instance)}"`,
		read: () => readWebhook(send, instance),
		async write(webhook) {
			// With none, Evolution sends all of them.
			if (webhook.events.length === 0) throw noEvent();
			await writeWebhook(send, instance, webhook);
		},
		async clear() {
			const current = await readWebhook(send, instance);
			if (current) await switchOffWebhook(send, instance, current.url);
			return true;
		},
		desired: (url) => ({ url, headers, events, byEvents: false, base64: false }),
		differences,
		notStored: (parts) => (parts.includes(SECRET_HEADER) ? headersDropped() : null),
		deserialize: (stored) => webhookFrom(objectOf(stored)),
	};
}

function instanceOf(context: IHookFunctions): string {
	const instance = idIn(context, 'instance');
	if (instance === '') {
		throw new ApiFault(
			'Instance is empty',
			'Choose it from the list. Or switch to By ID and enter its name as the manager shows it.',
		);
	}
	// In a path they would lead to another address of the same server.
	if (instance === '.' || instance === '..') {
		throw new ApiFault(
			`Evolution API has no instance "${instance}"`,
			'Enter its name under Instance, as the manager shows it.',
		);
	}
	return instance;
}

function noEvent(): ApiFault {
	return new ApiFault(
		'No event is selected that Evolution API sends',
		'Select at least one event under Listen To.',
	);
}

function headersDropped(): ApiFault {
	return new ApiFault(
		'This version of Evolution API drops the header that carries the Webhook Secret',
		'Without it, n8n would reject every delivery. Update Evolution API.',
	);
}

function differences(current: InstanceWebhook | null, desired: InstanceWebhook): string[] {
	if (!current) return ['URL'];
	const hasHeaders = Object.entries(desired.headers).every(
		([name, value]) => current.headers[name] === value,
	);
	return [
		...(isSameUrl(current.url, desired.url) ? [] : ['URL']),
		...(holdsExactly(current.events, desired.events) ? [] : ['events']),
		...(hasHeaders ? [] : [SECRET_HEADER]),
		...(current.byEvents === desired.byEvents ? [] : ['setting Webhook by Events']),
		...(current.base64 === desired.base64 ? [] : ['setting Webhook Base64']),
	];
}
