import type { DiscoveredProvider } from '../test/kit/providers';
import {
	node,
	publish,
	saveCredential,
	trigger,
	wires,
	type Receiver,
} from '../test/kit/n8n/workflow-parts';
import type { Service } from '../test/kit/services/outgoing';
import type { Instance } from '../test/kit/n8n/instance';

/** The four ways to take Meta's deliveries that are measured side by side. */
export interface Contenders {
	/** This package's trigger. */
	ours: Receiver;
	/** n8n's Webhook node, which verifies nothing. */
	webhook: Receiver;
	/** n8n's own WhatsApp Trigger. */
	builtIn: Receiver;
	/** Webhook, Crypto, If, Code and Switch: what people build to get what the trigger does. */
	byHand: Receiver;
}

/** Publishes all four in one n8n, each for received messages. */
export async function publishContenders(
	instance: Instance,
	provider: DiscoveredProvider,
): Promise<Contenders> {
	const { secret } = provider.simulator;
	const save = (type: string, data: Record<string, string>) =>
		instance.client.saveCredential({ name: type, type, data });
	const own = await saveCredential(instance, provider);
	const whatsAppTriggerApi = await save('whatsAppTriggerApi', {
		clientId: '1234567890',
		clientSecret: secret,
	});
	const crypto = await save('crypto', { hmacSecret: secret });

	const BASE = 'n8n-nodes-base';
	const webhook = (path: string, options: Record<string, unknown>) =>
		node('Webhook', `${BASE}.webhook`, 2.1, {
			httpMethod: 'POST',
			path,
			responseMode: 'onReceived',
			options,
		});
	const builtIn = { updates: ['messages'], options: {} };
	const bare = webhook('bare', { noResponseBody: true });
	const hmac = { action: 'hmac', binaryData: true, type: 'SHA256', dataPropertyName: 'signature' };
	const isAuthentic = conditions(
		"={{ 'sha256=' + $json.signature }}",
		"={{ $json.headers['x-hub-signature-256'] }}",
	);
	const ways = ['message.received', 'message.delivered', 'message.read', 'message.failed'];
	return {
		ours: await publish(instance, 'ours', [
			trigger(provider, own, { events: ['message.received'] }),
		]),
		webhook: await publish(instance, 'bare', [bare], {}, 'bare'),
		builtIn: await publish(instance, 'built-in', [
			node('WhatsApp Trigger', `${BASE}.whatsAppTrigger`, 1, builtIn, { whatsAppTriggerApi }),
		]),
		byHand: await publish(
			instance,
			'by-hand',
			[
				webhook('by-hand', { rawBody: true }),
				node('Crypto', `${BASE}.crypto`, 2, hmac, { crypto }),
				node('If', `${BASE}.if`, 2.2, { conditions: isAuthentic }),
				node('Code', `${BASE}.code`, 2, { jsCode: ITEMS_BY_HAND }),
				node('Switch', `${BASE}.switch`, 3.2, {
					rules: {
						values: ways.map((event) => ({ conditions: conditions('={{ $json.event }}', event) })),
					},
				}),
			],
			{
				Webhook: wires('Crypto'),
				Crypto: wires('If'),
				If: wires('Code'),
				Code: wires('Switch'),
			},
			'by-hand',
		),
	};
}

const conditions = (leftValue: string, rightValue: string) => ({
	options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
	conditions: [
		{ id: 'same', leftValue, rightValue, operator: { type: 'string', operation: 'equals' } },
	],
	combinator: 'and',
});

/** The shortest that makes an item of each message and status. */
const ITEMS_BY_HAND = `const items = [];
for (const entry of $input.first().json.body.entry) {
  for (const { value } of entry.changes) {
    for (const message of value.messages ?? []) {
      const contact = (value.contacts ?? []).find(({ wa_id }) => wa_id === message.from);
      items.push({ json: {
        event: 'message.received',
        messageId: message.id,
        from: '+' + message.from,
        name: contact?.profile?.name ?? null,
        text: message.text?.body ?? null,
        occurredAt: new Date(Number(message.timestamp) * 1000).toISOString(),
        raw: message,
      } });
    }
    for (const status of value.statuses ?? []) {
      items.push({ json: { event: 'message.' + status.status, messageId: status.id, raw: status } });
    }
  }
}
return items;`;

/** What the WhatsApp Trigger asks of Meta's Graph API while it is published: a token, and a subscription. */
export class FakeSubscriptions implements Service {
	readonly host = 'graph.facebook.com';

	respond({ method, path }: { method: string; path: string }) {
		if (path.endsWith('/oauth/access_token')) return { status: 200, json: { access_token: 'app' } };
		return { status: 200, json: method === 'GET' ? { data: [] } : { success: true } };
	}
}
