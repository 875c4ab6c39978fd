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
import { testTwilioCredential } from './credential-test';
import { provider } from './provider';

export class TwilioWhatsAppTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Twilio WhatsApp Trigger',
		name: 'twilioWhatsAppTrigger',
		icon: { light: 'file:icon.svg', dark: 'file:icon.dark.svg' },
		...triggerDefaults('Twilio WhatsApp Trigger', provider),
		subtitle: eventsSubtitle,
		description:
			'Starts the workflow when Twilio reports a WhatsApp message or its status, or an SMS on the same number',
		credentials: [
			{
				name: 'twilioWebhookApi',
				required: true,
				testedBy: 'twilioWebhookApiTest',
			},
		],
		eventTriggerDescription: 'Now send a WhatsApp message to your Twilio number',
		activationMessage:
			'In the Twilio Console, replace the Test URL with the Production URL in both fields of the sender, and save. From then on, its events start this workflow.',
		triggerPanel: triggerPanel({
			displayName: provider.displayName,
			sendTest: '<b>send a WhatsApp message</b> to your Twilio number, or to the Sandbox',
			whileBuilding: 'the sender in the Twilio Console has the Test URL',
			goLive:
				', change both URLs of the sender in the Twilio Console to the Production URL, and save',
			tryChange:
				'Twilio allows one URL per sender, so enter the Test URL in the Sandbox, or in your sender for the time of the test. Click Execute step, then send a WhatsApp message to that number.',
		}),
		properties: [
			setupNotice([
				COPY_TEST_URL,
				'In the Twilio Console, open Messaging → Senders → WhatsApp senders and select your sender. To use the Sandbox, open Messaging → Try it out → Send a WhatsApp message → Sandbox settings instead. Paste the URL for incoming messages and as Status callback URL, select HTTP Post for both, and save.',
				'Copy the Auth Token from the Account Dashboard (Account Info), and paste it into the credential above.',
				'Click Execute step, then send a WhatsApp message to your number. When that works, publish this workflow. In the Twilio Console, change both URLs to the Production URL and save.',
			]),
			...deliveryParameters(provider),
		],
	};

	methods = {
		credentialTest: {
			twilioWebhookApiTest: testTwilioCredential,
		},
	};

	webhookMethods = { default: manualWebhook };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveDelivery(this, provider);
	}
}
