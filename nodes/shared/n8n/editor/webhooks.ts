import type { IWebhookDescription } from 'n8n-workflow';

/**
 * The webhook of every node. No field is an expression: n8n would evaluate it anew for each delivery.
 */
export const deliveryWebhook: IWebhookDescription = {
	name: 'default',
	httpMethod: 'POST',
	responseMode: 'onReceived',
	responseData: 'noData',
	path: 'webhook',
};

/** The second webhook of a node whose provider verifies with a GET that a URL is ours. */
export const handshakeWebhook: IWebhookDescription = {
	name: 'setup',
	httpMethod: 'GET',
	responseMode: 'onReceived',
	path: 'webhook',
};
