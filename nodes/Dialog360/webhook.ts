import { objectFromJson } from '../shared/core/json';
import type { Send } from '../shared/n8n/setup/api';
import { seal, unseal } from '../shared/n8n/setup/sealed';
import { singleSlotSetup, type Slot } from '../shared/n8n/setup/single-slot';
import { readWebhook, writeWebhook, type ChannelWebhook } from './api';
import { access, headersOf } from './credential';

/** The life cycle of the number's webhook at 360dialog, with automatic and with manual setup. */
export const dialog360Webhook = singleSlotSetup<ChannelWebhook>({
	access,
	whereToLook:
		'the 360dialog Hub: the number → Manage WhatsApp Business Account → WhatsApp Channel → Channel Webhook',
	slot: ({ credential, key, send }) => slotOf(send, key, headersOf(credential)),
});

function slotOf(send: Send, apiKey: string, headers: Record<string, string>): Slot<ChannelWebhook> {
	return {
		read: () => readWebhook(send),
		write: (webhook) => writeWebhook(send, webhook),
		// No request for it is documented.
		clear: async () => false,
		wanted: (url) => ({ url, headers }),
		isRight: (current, wanted) => current.url === wanted.url && hasHeaders(current, wanted),
		keep: (webhook) => seal(JSON.stringify(webhook), apiKey),
		recall: (kept) => webhookFrom(unseal(kept, apiKey)),
	};
}

/** Whether a webhook has the headers that another wants; their names in any case. */
function hasHeaders(current: ChannelWebhook, wanted: ChannelWebhook): boolean {
	const has = new Map(
		Object.entries(current.headers).map(([name, value]) => [name.toLowerCase(), value]),
	);
	return Object.entries(wanted.headers).every(
		([name, value]) => has.get(name.toLowerCase()) === value,
	);
}

function webhookFrom(text: string | null): ChannelWebhook | null {
	const { url, headers } = objectFromJson(text);
	return typeof url === 'string' ? { url, headers: headers as ChannelWebhook['headers'] } : null;
}
