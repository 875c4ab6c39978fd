import type {
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { deliveryWebhook } from '../shared/n8n/delivery-webhook';
import { eventsSubtitle, setupNotice, triggerPanel } from '../shared/n8n/editor-texts';
import { handshakeWebhook } from '../shared/n8n/handshake-webhook';
import { manualWebhook } from '../shared/n8n/manual-webhook';
import { outputsExpression } from '../shared/n8n/outputs';
import { eventsParameter, noEventsHint, optionsParameter } from '../shared/n8n/parameters';
import { receiveDelivery } from '../shared/n8n/receive-delivery';
import { testMetaCredential } from './credential-test';
import { provider } from './provider';
import { metaWebhook } from './webhook';

export class MetaTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Meta WhatsApp Trigger',
		name: 'metaTrigger',
		icon: { light: 'file:icon.svg', dark: 'file:icon.dark.svg' },
		group: ['trigger'],
		version: 2,
		subtitle: eventsSubtitle,
		description:
			"Starts the workflow when Meta's Cloud API reports a WhatsApp message, status, form or account change",
		defaults: { name: 'Meta WhatsApp Trigger' },
		inputs: [],
		outputs: outputsExpression(provider),
		credentials: [
			{
				name: 'metaWebhookApi',
				required: true,
				testedBy: 'metaWebhookApiTest',
			},
		],
		webhooks: [deliveryWebhook, handshakeWebhook],
		eventTriggerDescription: 'Now send a WhatsApp message to your number',
		activationMessage:
			'From now on WhatsApp events start this workflow. With automatic setup Meta has the URL already; with manual setup the App Dashboard has to have the Production URL as Callback URL.',
		hints: [noEventsHint],
		triggerPanel: triggerPanel({
			displayName: provider.displayName,
			sendTest:
				'<b>send a WhatsApp message</b> to your number, or click <b>Test</b> beside a webhook field in the App Dashboard',
			whileBuilding:
				'with automatic setup Execute step has Meta send the events of your number to the Test URL; with manual setup click Execute step first, then enter that URL as Callback URL and click Verify and save',
			goLive: {
				short: ': with automatic setup Meta then has the Production URL',
				full: '. With automatic setup Meta then has the Production URL; with manual setup enter it as Callback URL and click Verify and save',
			},
			tryChange:
				'click Execute step. With automatic setup Meta sends the events to the Test URL while n8n listens, and to the Production URL again afterwards.',
		}),
		properties: [
			{
				displayName: 'Webhook Setup',
				name: 'webhookSetup',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'Automatic',
						value: 'automatic',
						description:
							'Publishing the workflow has Meta send the events of a number or an account here, unpublishing takes that back. Needs an Access Token in the credential.',
					},
					{
						name: 'Manual',
						value: 'manual',
						description: 'You enter the Callback URL of your app in the App Dashboard yourself',
					},
				],
				default: 'automatic',
				description: 'Who tells Meta where to send events',
			},
			setupNotice(
				[
					'Click Execute step: Meta asks the URL at once whether it is yours, and n8n has to be listening.',
					'In the App Dashboard open WhatsApp → Configuration. Paste the Test URL from Webhook URLs above as Callback URL and the Verify Token of the credential, and click Verify and save.',
					'Under Webhook fields subscribe to messages, and to what else you want to receive.',
					'Once this workflow is published, enter the Production URL in the same place.',
				],
				{
					name: 'manualNotice',
					displayOptions: { show: { webhookSetup: ['manual'] } },
				},
			),
			setupNotice(
				[
					'Your app needs a Callback URL of its own once, and has to be subscribed to the webhook field messages: App Dashboard → WhatsApp → Configuration.',
					'Enter the Access Token of a system user in the credential above, and below the number or account.',
					'Publishing this workflow has Meta send its events here instead; unpublishing takes that back. Templates and account changes always go to the Callback URL of the app.',
				],
				{
					name: 'automaticNotice',
					displayOptions: { show: { webhookSetup: ['automatic'] } },
				},
			),
			{
				displayName: 'Receive For',
				name: 'receiveFor',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'One Phone Number',
						value: 'number',
						description: 'Its events go here, whatever the account says',
					},
					{
						name: 'Whole Account',
						value: 'account',
						description: 'The events of all its numbers that have no URL of their own',
					},
				],
				default: 'number',
				description: 'Whose events Meta sends here. Each has room for one URL.',
				displayOptions: { show: { webhookSetup: ['automatic'] } },
			},
			{
				displayName: 'Phone Number ID',
				name: 'phoneNumberId',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. 106540352242922',
				description: 'What Meta calls the number by, not the number itself',
				hint: 'App Dashboard → WhatsApp → API Setup → Phone number ID',
				displayOptions: { show: { webhookSetup: ['automatic'], receiveFor: ['number'] } },
			},
			{
				displayName: 'WhatsApp Business Account ID',
				name: 'accountId',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. 102290129340398',
				description: 'What Meta calls the account by that has the numbers',
				hint: 'App Dashboard → WhatsApp → API Setup → WhatsApp Business Account ID',
				displayOptions: { show: { webhookSetup: ['automatic'], receiveFor: ['account'] } },
			},
			eventsParameter(provider),
			optionsParameter,
		],
	};

	methods = { credentialTest: { metaWebhookApiTest: testMetaCredential } };

	// Told by the GET, which n8n registers last: Meta asks the URL while it is being told it.
	webhookMethods = { default: manualWebhook, setup: metaWebhook };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveDelivery(this, provider);
	}
}
