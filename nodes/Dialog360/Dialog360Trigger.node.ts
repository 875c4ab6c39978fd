import type {
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { deliveryWebhook } from '../shared/n8n/delivery-webhook';
import { eventsSubtitle, setupNotice, triggerPanel } from '../shared/n8n/editor-texts';
import { outputsExpression } from '../shared/n8n/outputs';
import { eventsParameter, noEventsHint, optionsParameter } from '../shared/n8n/parameters';
import { receiveDelivery } from '../shared/n8n/receive-delivery';
import { testDialog360Credential } from './credential-test';
import { provider } from './provider';
import { dialog360Webhook } from './webhook';

export class Dialog360Trigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: '360dialog Trigger',
		name: 'dialog360Trigger',
		icon: { light: 'file:icon.svg', dark: 'file:icon.dark.svg' },
		group: ['trigger'],
		version: 2,
		subtitle: eventsSubtitle,
		description:
			'Starts the workflow when 360dialog reports a WhatsApp message, status, form or account change',
		defaults: { name: '360dialog Trigger' },
		inputs: [],
		outputs: outputsExpression(provider),
		credentials: [
			{
				name: 'dialog360WebhookApi',
				required: true,
				testedBy: 'dialog360WebhookApiTest',
			},
		],
		webhooks: [deliveryWebhook],
		eventTriggerDescription: 'Now send a WhatsApp message to your number',
		activationMessage:
			'From now on 360dialog events start this workflow. With automatic setup 360dialog has the URL already; with manual setup the Channel Webhook in the Hub has to have the Production URL.',
		hints: [noEventsHint],
		triggerPanel: triggerPanel({
			displayName: provider.displayName,
			sendTest:
				'<b>send a WhatsApp message</b> to your number, or click <b>Test</b> at the Channel Webhook in the 360dialog Hub',
			whileBuilding:
				'with automatic setup Execute step puts the Test URL into the Channel Webhook of your number, and what stood there back afterwards; with manual setup enter that URL in the 360dialog Hub',
			goLive: {
				short: ': with automatic setup the Channel Webhook then has the Production URL',
				full: '. With automatic setup the Channel Webhook then has the Production URL; with manual setup enter it in the 360dialog Hub',
			},
			tryChange:
				'click Execute step. With automatic setup 360dialog sends the events to the Test URL while n8n listens, and to the Production URL again afterwards.',
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
							'Publishing the workflow sets the webhook of the number, unpublishing puts back what stood there. Needs the API key of the number in the credential.',
					},
					{
						name: 'Manual',
						value: 'manual',
						description: 'You enter the URL in the 360dialog Hub yourself',
					},
				],
				default: 'automatic',
				description: 'Who tells 360dialog where to send events',
			},
			setupNotice(
				[
					'In the 360dialog Hub select the number, click Manage WhatsApp Business Account, and under WhatsApp Channel → Channel Webhook click the edit icon.',
					'Enter the Test URL from Webhook URLs above, and as a header X-Webhook-Secret (the Header Name of the credential) with the Webhook Secret of the credential as its value. Partners need no header.',
					'Save, and confirm the code that is sent by email.',
					'Once this workflow is published, change the URL to the Production URL.',
				],
				{
					name: 'manualNotice',
					displayOptions: { show: { webhookSetup: ['manual'] } },
				},
			),
			setupNotice(
				[
					'Copy the API key of the number into the credential above, and make up a Webhook Secret. Unpublish before you change the API key.',
					'Publishing this workflow sets the webhook of the number; there is room for one. Unpublishing puts back what stood there before.',
					'Execute step does the same with the Test URL for as long as it listens.',
				],
				{
					name: 'automaticNotice',
					displayOptions: { show: { webhookSetup: ['automatic'] } },
				},
			),
			eventsParameter(provider),
			optionsParameter,
		],
	};

	methods = { credentialTest: { dialog360WebhookApiTest: testDialog360Credential } };

	webhookMethods = { default: dialog360Webhook };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveDelivery(this, provider);
	}
}
