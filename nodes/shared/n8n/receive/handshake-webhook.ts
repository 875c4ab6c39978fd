import type { IWebhookDescription } from 'n8n-workflow';

/** The second webhook of a node whose provider verifies with a GET that a URL is ours. */
export const handshakeWebhook: IWebhookDescription = {
	name: 'setup',
	httpMethod: 'GET',
	responseMode: 'onReceived',
	path: 'webhook',
};
