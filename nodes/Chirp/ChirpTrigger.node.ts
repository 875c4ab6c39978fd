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
import { provider } from './provider';
import { testChirpCredential } from './credential-test';
import { chirpWebhook } from './webhook';

export class ChirpTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Chirp Trigger',
		name: 'chirpTrigger',
		icon: { light: 'file:icon.svg', dark: 'file:icon.dark.svg' },
		group: ['trigger'],
		version: 2,
		subtitle: eventsSubtitle,
		description:
			'Starts the workflow when Chirp reports a WhatsApp message, an SMS, a status or an account change',
		defaults: { name: 'Chirp Trigger' },
		inputs: [],
		outputs: outputsExpression(provider),
		credentials: [
			{
				name: 'chirpApi',
				required: true,
				testedBy: 'chirpApiTest',
			},
		],
		webhooks: [deliveryWebhook],
		eventTriggerDescription:
			"Now send a message to your number, or one from Chirp's Playground if the credential has a test key",
		activationMessage:
			'From now on Chirp events start this workflow. With automatic setup Chirp has the webhook already; with manual setup Chirp has to have the Production URL.',
		hints: [noEventsHint],
		triggerPanel: triggerPanel({
			displayName: provider.displayName,
			sendTest:
				"<b>send a message</b> to your number, or with a test key one from Chirp's Playground",
			whileBuilding:
				'with automatic setup Execute step creates a webhook with the Test URL at Chirp; with manual setup enter that URL in Chirp',
			goLive: {
				short: ': with automatic setup the webhook at Chirp is then created for you',
				full: '. With automatic setup that creates a webhook with the Production URL; with manual setup enter it in Chirp',
			},
			tryChange:
				'click Execute step. With automatic setup the node creates a second webhook with the Test URL at Chirp and deletes it afterwards.',
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
							'Publishing the workflow creates the webhook at Chirp, unpublishing deletes it. Needs an app key in the credential.',
					},
					{
						name: 'Manual',
						value: 'manual',
						description: "You add the webhook in Chirp's dashboard yourself",
					},
				],
				default: 'automatic',
				description: 'Who tells Chirp where to send events',
			},
			setupNotice(
				[
					"In Chirp open your application's Webhooks page and click Create Webhook.",
					'Enter the Test URL from Webhook URLs above and select the WhatsApp events, and the SMS events if you want those too.',
					'Add a custom header: X-Webhook-Secret (the Header Name of the credential) with the Webhook Secret of the credential as its value. Save the webhook.',
					'Once this workflow is published, change the URL in Chirp to the Production URL.',
				],
				{
					name: 'manualNotice',
					displayOptions: { show: { webhookSetup: ['manual'] } },
				},
			),
			setupNotice(
				[
					'Copy an app key of your application in Chirp into the credential above, and make up a Webhook Secret. Unpublish before you change the app key.',
					'Publishing this workflow creates the webhook at Chirp, with the Production URL and the events that Listen To and Channels below need. Unpublishing deletes it.',
					'Execute step does the same with the Test URL.',
				],
				{
					name: 'automaticNotice',
					displayOptions: { show: { webhookSetup: ['automatic'] } },
				},
			),
			eventsParameter(provider),
			{
				displayName: 'Channels',
				name: 'channels',
				type: 'multiOptions',
				noDataExpression: true,
				required: true,
				options: [
					{
						name: 'SMS',
						value: 'sms',
						description: 'Text messages and their statuses',
					},
					{
						name: 'WhatsApp',
						value: 'whatsapp',
						description: 'WhatsApp messages and their statuses, templates, contacts and accounts',
					},
				],
				default: ['whatsapp'],
				description: 'Which channels the webhook at Chirp is created for',
				displayOptions: { show: { webhookSetup: ['automatic'] } },
			},
			optionsParameter,
		],
	};

	methods = { credentialTest: { chirpApiTest: testChirpCredential } };

	webhookMethods = { default: chirpWebhook };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveDelivery(this, provider);
	}
}
