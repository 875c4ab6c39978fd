import type { IWebhookDescription } from 'n8n-workflow';

/** The second webhook of a node whose provider makes sure by a GET that a URL is ours. */
export const handshakeWebhook: IWebhookDescription = {
	name: 'setup',
	httpMethod: 'GET',
	responseMode: 'onReceived',
	path: 'webhook',
};
