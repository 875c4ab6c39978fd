import type {
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import {
	checkNotMasked,
	checkNotSignature,
	checkNoWhiteSpace,
	checkPadding,
} from '../shared/core/secret-checks';
import { secretFormTest } from '../shared/n8n/credential-test';
import { deliveryWebhook } from '../shared/n8n/delivery-webhook';
import { manualWebhook } from '../shared/n8n/manual-webhook';
import { eventsSubtitle, setupNotice, triggerPanel } from '../shared/n8n/editor-texts';
import { outputsExpression } from '../shared/n8n/outputs';
import { eventsParameter, noEventsHint, optionsParameter } from '../shared/n8n/parameters';
import { receiveDelivery } from '../shared/n8n/receive-delivery';
import { checkNotBase64Signature, checkNotSid } from './auth-token';
import { provider } from './provider';

export class TwilioWhatsAppTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Twilio WhatsApp Trigger',
		name: 'twilioWhatsAppTrigger',
		icon: { light: 'file:icon.svg', dark: 'file:icon.dark.svg' },
		group: ['trigger'],
		version: 2,
		subtitle: eventsSubtitle,
		description:
			'Starts the workflow when Twilio reports a WhatsApp message or its status, or an SMS on the same number',
		defaults: { name: 'Twilio WhatsApp Trigger' },
		inputs: [],
		outputs: outputsExpression(provider),
		credentials: [
			{
				name: 'twilioWebhookApi',
				required: true,
				testedBy: 'twilioWebhookApiTest',
			},
		],
		webhooks: [deliveryWebhook],
		eventTriggerDescription: 'Now send a WhatsApp message to your Twilio number',
		activationMessage:
			'From now on Twilio events start this workflow, once the Twilio Console has the Production URL in place of the Test URL.',
		hints: [noEventsHint],
		triggerPanel: triggerPanel({
			displayName: provider.displayName,
			sendTest: '<b>send a WhatsApp message</b> to your Twilio number, or to the Sandbox',
			whileBuilding: 'the sender in the Twilio Console has the Test URL',
			goLive: {
				short:
					' and put the Production URL into the Twilio Console, for incoming messages and as Status callback URL',
				full: ', then change both URLs of the sender in the Twilio Console to the Production URL',
			},
			tryChange:
				'Twilio has one URL for each sender: put the Test URL into the Sandbox, or for a moment into the sender, click Execute step, then send a WhatsApp message there.',
		}),
		properties: [
			setupNotice([
				'In the Twilio Console open Messaging → Senders → WhatsApp senders and the sender; to try it out, Messaging → Try it out → Send a WhatsApp message → Sandbox settings.',
				'Paste the Test URL from Webhook URLs above as the URL for incoming messages, and as Status callback URL. The method is HTTP Post for both. Save.',
				'Copy the Auth Token from the Account Dashboard into the credential above.',
				'Once this workflow is published, change both URLs to the Production URL.',
			]),
			eventsParameter(provider),
			optionsParameter,
		],
	};

	methods = {
		credentialTest: {
			twilioWebhookApiTest: secretFormTest(
				provider.secretLocation,
				[
					checkPadding,
					checkNotMasked,
					checkNoWhiteSpace,
					checkNotSignature,
					checkNotBase64Signature,
					checkNotSid,
				],
				'Auth Token',
			),
		},
	};

	webhookMethods = { default: manualWebhook };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveDelivery(this, provider);
	}
}
