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
