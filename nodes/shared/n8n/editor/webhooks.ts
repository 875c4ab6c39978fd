import type { IWebhookDescription } from 'n8n-workflow';

/** The webhook of every node. No field is an expression: n8n would evaluate it again for each delivery. */
export const deliveryWebhook: IWebhookDescription = {
	name: 'default',
	httpMethod: 'POST',
	responseMode: 'onReceived',
	responseData: 'noData',
	path: 'webhook',
};

/** The second webhook of a node whose provider verifies a URL with a GET. */
export const handshakeWebhook: IWebhookDescription = {
	name: 'setup',
	httpMethod: 'GET',
	responseMode: 'onReceived',
	path: 'webhook',
};
