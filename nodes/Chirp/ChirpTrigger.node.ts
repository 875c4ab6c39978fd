import type {
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { deliveryWebhook } from '../shared/n8n/delivery-webhook';
import { outputsExpression } from '../shared/n8n/outputs';
import { eventsParameter, noEventsHint, optionsParameter } from '../shared/n8n/parameters';
import { receiveDelivery } from '../shared/n8n/receive-delivery';
import { CHIRP } from './chirp';
import { testChirpCredential } from './credential-test';
import { chirpWebhook } from './webhook-methods';

export class ChirpTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Chirp Trigger',
		name: 'chirpTrigger',
		icon: { light: 'file:chirp.svg', dark: 'file:chirp.dark.svg' },
		group: ['trigger'],
		version: 2,
		subtitle:
			'={{ ($parameter.events || []).join(", ").replaceAll("message.", "") || "no event selected" }}',
		description:
			'Starts the workflow when Chirp reports a WhatsApp message, an SMS, a status or an account change',
		defaults: { name: 'Chirp Trigger' },
		inputs: [],
		outputs: outputsExpression(CHIRP),
		credentials: [
			{
				name: 'chirpApi',
				required: true,
				testedBy: 'chirpApiTest',
			},
		],
		webhooks: [deliveryWebhook],
		eventTriggerDescription: 'Waiting for Chirp to send an event to the test URL',
		activationMessage: 'Chirp events sent to the production URL now start this workflow.',
		hints: [noEventsHint],
		triggerPanel: {
			header: 'Receive events from Chirp',
			executionsHelp: {
				inactive:
					"<b>While you build:</b> click Execute step: with automatic setup the node creates a webhook with its Test URL at Chirp. Then send a message to your number, or one from Chirp's Playground.<br /><br /><b>When it works:</b> publish the workflow. With automatic setup the node creates a webhook with its Production URL; with manual setup enter it in Chirp. From then on events start the workflow by themselves and appear in the list of executions, not here.",
				active:
					'<b>While you build:</b> click Execute step: with automatic setup the node creates a second webhook with its Test URL at Chirp and deletes it afterwards.<br /><br /><b>This workflow is published:</b> events that Chirp sends to the Production URL start it, and appear in the <a data-key="executions">list of executions</a>, not here.',
			},
			activationHint:
				'When the workflow works, publish it. With automatic setup the node then creates the webhook at Chirp by itself',
		},
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
			{
				displayName:
					"In Chirp open your application's Webhooks page, click Create Webhook and enter the URL from Webhook URLs above: the Test URL while you build, the Production URL once this workflow is published. Select the WhatsApp events. Add a custom header X-Webhook-Secret (or the Header Name of the credential) with the Webhook Secret of the credential as its value. Save the webhook.",
				name: 'manualNotice',
				type: 'notice',
				default: '',
				displayOptions: { show: { webhookSetup: ['manual'] } },
			},
			{
				displayName:
					'Publishing this workflow creates a webhook at Chirp with the Production URL, the events that are needed for those below and the secret of the credential; unpublishing deletes it. Nothing is to be done in Chirp but to copy an app key into the credential.',
				name: 'automaticNotice',
				type: 'notice',
				default: '',
				displayOptions: { show: { webhookSetup: ['automatic'] } },
			},
			eventsParameter(CHIRP),
			optionsParameter,
		],
	};

	methods = { credentialTest: { chirpApiTest: testChirpCredential } };

	webhookMethods = { default: chirpWebhook };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveDelivery(this, CHIRP, 'chirpApi');
	}
}
