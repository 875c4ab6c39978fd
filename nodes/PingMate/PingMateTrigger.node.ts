import type {
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { secretFormTest } from '../shared/n8n/api/credential-test';
import { manualWebhook } from '../shared/n8n/setup/manual-webhook';
import {
	COPY_TEST_URL,
	eventsSubtitle,
	setupNotice,
	triggerPanel,
} from '../shared/n8n/editor/editor-texts';
import { triggerDefaults } from '../shared/n8n/editor/trigger-defaults';
import { deliveryParameters } from '../shared/n8n/editor/parameters';
import { receiveDelivery } from '../shared/n8n/receive/receive-delivery';
import { provider } from './provider';

export class PingMateTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'PingMate Trigger',
		name: 'pingMateTrigger',
		icon: { light: 'file:icon.svg', dark: 'file:icon.dark.svg' },
		...triggerDefaults('PingMate Trigger', provider),
		subtitle: eventsSubtitle,
		description: 'Starts the workflow when PingMate reports a WhatsApp message, status, or form',
		credentials: [
			{
				name: 'pingMateWebhookApi',
				required: true,
				testedBy: 'pingMateWebhookApiTest',
			},
		],
		eventTriggerDescription: 'Now click Send Test Event on the endpoint in PingMate',
		activationMessage:
			'In PingMate, open Dashboard → Webhook → your endpoint, replace the Test URL with the Production URL, and click Save Changes. From then on, its events start this workflow.',
		triggerPanel: triggerPanel({
			displayName: provider.displayName,
			sendTest: '<b>Send Test Event</b> on the endpoint in PingMate',
			whileBuilding: 'the endpoint in PingMate has the Test URL',
			goLive:
				', change the Endpoint URL in PingMate to the Production URL, and click Save Changes (upper-right corner)',
			tryChange:
				'add another endpoint in PingMate with the Test URL, and paste its secret as Second Webhook Secret. Click Execute step, then Send Test Event on that endpoint.',
		}),
		properties: [
			setupNotice([
				COPY_TEST_URL,
				'In PingMate, open Dashboard → Webhook and click Add Endpoint. Paste the URL, enter a description, select all Event Types, and click Create Endpoint.',
				'Open the new endpoint, copy its Signing secret (whsec_…), and paste it into a new credential above.',
				'Click Execute step, then Send Test Event on the endpoint. When that works, publish this workflow. In PingMate, change the Endpoint URL to the Production URL and click Save Changes (upper-right corner).',
			]),
			...deliveryParameters(provider),
		],
	};

	methods = {
		credentialTest: {
			pingMateWebhookApiTest: secretFormTest(provider),
		},
	};

	webhookMethods = { default: manualWebhook };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveDelivery(this, provider);
	}
}
