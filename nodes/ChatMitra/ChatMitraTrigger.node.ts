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
import { testChatMitraCredential } from './credential-test';
import { provider } from './provider';

export class ChatMitraTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'ChatMitra Trigger',
		name: 'chatMitraTrigger',
		icon: { light: 'file:icon.svg', dark: 'file:icon.dark.svg' },
		...triggerDefaults('ChatMitra Trigger', provider),
		subtitle: eventsSubtitle,
		description: 'Starts the workflow when ChatMitra reports a WhatsApp message or status',
		credentials: [
			{
				name: 'chatMitraWebhookApi',
				required: true,
				testedBy: 'chatMitraWebhookApiTest',
			},
		],
		eventTriggerDescription: 'Now click Test Webhook in ChatMitra',
		activationMessage:
			'In ChatMitra, click Test Webhook on the webhook with the Production URL. If there is none yet, add one and paste its secret as Second Webhook Secret first. From then on, its events start this workflow.',
		triggerPanel: triggerPanel({
			displayName: provider.displayName,
			sendTest: '<b>Test Webhook</b> in ChatMitra',
			whileBuilding: 'ChatMitra has a webhook with the Test URL',
			goLive:
				' and add a webhook with the Production URL in ChatMitra. Paste its secret as Second Webhook Secret, then click Test Webhook on this webhook too',
			tryChange:
				"click Execute step, then Test Webhook on the webhook in ChatMitra with the Test URL. If there is none, add one and paste its secret into the credential's empty field.",
		}),
		properties: [
			setupNotice([
				COPY_TEST_URL,
				'In ChatMitra, open Dashboard → Settings → API & Integrations → Webhooks and click Add Webhook. Paste the URL, select all events, and click Create Webhook.',
				'Copy the secret right away, because ChatMitra shows it only once, and paste it into a new credential above.',
				"Click Execute step, then Test Webhook in ChatMitra. When that works, publish this workflow and add a second webhook with the Production URL. Paste its secret as Second Webhook Secret, and click Test Webhook on it too: ChatMitra doesn't send events to a webhook that hasn't been tested.",
			]),
			...deliveryParameters(provider),
		],
	};

	methods = {
		credentialTest: {
			chatMitraWebhookApiTest: testChatMitraCredential,
		},
	};

	webhookMethods = { default: manualWebhook };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveDelivery(this, provider);
	}
}
