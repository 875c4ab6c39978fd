import type {
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
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
import { testYCloudCredential } from './credential-test';
import { provider } from './provider';

export class YCloudTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'YCloud Trigger',
		name: 'yCloudTrigger',
		icon: { light: 'file:icon.svg', dark: 'file:icon.dark.svg' },
		...triggerDefaults('YCloud Trigger', provider),
		subtitle: eventsSubtitle,
		description:
			'Starts the workflow when YCloud reports a WhatsApp message, an SMS, a status, a template, or a contact',
		credentials: [
			{
				name: 'yCloudWebhookApi',
				required: true,
				testedBy: 'yCloudWebhookApiTest',
			},
		],
		eventTriggerDescription: 'Now send a WhatsApp message to your number',
		activationMessage:
			'In YCloud, open Developers → Webhook → your endpoint, replace the Test URL with the Production URL, and click Confirm. From then on, its events start this workflow.',
		triggerPanel: triggerPanel({
			displayName: provider.displayName,
			sendTest: '<b>send a WhatsApp message</b> to your number',
			whileBuilding: 'the endpoint in YCloud has the Test URL',
			goLive: ', change the endpoint URL in YCloud to the Production URL, and click Confirm',
			tryChange:
				'add another endpoint in YCloud with the Test URL, and paste its secret as Second Webhook Secret. Click Execute step, then send a WhatsApp message to your number.',
		}),
		properties: [
			setupNotice([
				COPY_TEST_URL,
				'In YCloud, open Developers → Webhook and click Add Endpoints. Paste the URL, select the events (at least all that begin with whatsapp), and click Confirm.',
				"Copy the endpoint's whole signing secret (whsec_…) and paste it into a new credential above.",
				'Click Execute step, then send a WhatsApp message to your number. When that works, publish this workflow. In YCloud, change the endpoint URL to the Production URL and click Confirm.',
			]),
			...deliveryParameters(provider),
		],
	};

	methods = {
		credentialTest: {
			yCloudWebhookApiTest: testYCloudCredential,
		},
	};

	webhookMethods = { default: manualWebhook };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveDelivery(this, provider);
	}
}
