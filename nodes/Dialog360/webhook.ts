import { objectOf } from '../shared/core/values/json';
import { baseUrlOf } from '../shared/n8n/api/access';
import type { Slot } from '../shared/n8n/setup/hold-place';
import { isSameUrl } from '../shared/n8n/setup/same-url';
import { singleSlotSetup } from '../shared/n8n/setup/single-slot';
import type { OpenApi } from '../shared/n8n/setup/webhook-life-cycle';
import { readWebhook, webhookFrom, writeWebhook, type ChannelWebhook } from './api';
import { access, headersOf } from './credential';

/** The life cycle of the number's webhook at 360dialog, with automatic and with manual setup. */
export const dialog360Webhook = singleSlotSetup<ChannelWebhook>({
	access,
	whereToLook:
		'the 360dialog Hub: the number → Manage WhatsApp Business Account → WhatsApp Channel → Channel Webhook',
	slot: slotOf,
});

function slotOf({ credential, key, send }: OpenApi): Slot<ChannelWebhook> {
	const headers = headersOf(credential);
	return {
		// An API key is for one number.
		place: `${baseUrlOf(access, credential)} ${key}`,
		subject: 'this number',
		read: () => readWebhook(send),
		write: (webhook) => writeWebhook(send, webhook),
		// No request for it is documented.
		clear: async () => false,
		desired: (url) => ({ url, headers }),
		differences: (current, desired) => [
			...(current && isSameUrl(current.url, desired.url) ? [] : ['URL']),
			...(current && hasHeaders(current, desired) ? [] : ['secret header']),
		],
		deserialize: (stored) => webhookFrom(objectOf(stored)),
	};
}

/** Whether a webhook has the headers that another wants; their names in any case. */
function hasHeaders(current: ChannelWebhook, desired: ChannelWebhook): boolean {
	const has = new Map(
		Object.entries(current.headers).map(([name, value]) => [name.toLowerCase(), value]),
	);
	return Object.entries(desired.headers).every(
		([name, value]) => has.get(name.toLowerCase()) === value,
	);
}
