import type { EventName } from '../shared/core/events';
import { holdsExactly, objectFromJson, textOf } from '../shared/core/json';
import type { Send } from '../shared/n8n/setup/api';
import { ApiFault } from '../shared/n8n/setup/api-fault';
import { seal, unseal } from '../shared/n8n/setup/sealed';
import { singleSlotSetup, type Slot } from '../shared/n8n/setup/single-slot';
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

	slot({ context, credential, key, send }) {
		const instance = textOf(context.getNodeParameter('instance', ''))?.trim() ?? '';
		if (instance === '') {
			throw new ApiFault('Instance is empty', 'Enter its name as the manager shows it.');
		}
		const headers = secretHeaderOf(credential);
		const events = evolutionEventsFor(context.getNodeParameter('events', []) as EventName[]);
		return slotOf(send, instance, key, { headers, events });
	},
});

function slotOf(
	send: Send,
	instance: string,
	apiKey: string,
	{ headers, events }: Pick<InstanceWebhook, 'headers' | 'events'>,
): Slot<InstanceWebhook> {
	return {
		read: () => readWebhook(send, instance),
		write(webhook) {
			// With none Evolution takes all of them.
			if (webhook.events.length === 0) throw noEvent();
			return writeWebhook(send, instance, webhook);
		},
		async clear() {
			const current = await readWebhook(send, instance);
			if (current) await switchOffWebhook(send, instance, current.url);
			return true;
		},
		wanted: (url) => ({ url, headers, events, byEvents: false, base64: false }),
		isRight,
		keep: (webhook) => seal(JSON.stringify(webhook), apiKey),
		recall: (kept) => webhookFrom(objectFromJson(unseal(kept, apiKey))),
	};
}

function noEvent(): ApiFault {
	return new ApiFault(
		'There is no event to ask Evolution API for',
		'Select at least one event under Listen To.',
	);
}

function isRight(current: InstanceWebhook, wanted: InstanceWebhook): boolean {
	return (
		current.url === wanted.url &&
		holdsExactly(current.events, wanted.events) &&
		Object.entries(wanted.headers).every(([name, value]) => current.headers[name] === value) &&
		current.byEvents === wanted.byEvents &&
		current.base64 === wanted.base64
	);
}
