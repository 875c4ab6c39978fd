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
			'={{ ($parameter.events || []).map((event) => event.replace("message.", "").split(".")[0]).join(", ") || "no event selected" }}',
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
		eventTriggerDescription:
			"Now send a message to your number, or one from Chirp's Playground if the credential has a test key",
		activationMessage:
			'From now on Chirp events start this workflow. With automatic setup Chirp has the webhook already; with manual setup Chirp has to have the Production URL.',
		hints: [noEventsHint],
		triggerPanel: {
			header: 'Receive events from Chirp',
			executionsHelp: {
				inactive:
					'<b>While you build:</b> with automatic setup Execute step creates a webhook with the Test URL at Chirp; with manual setup enter that URL in Chirp. Each click on Execute step takes one event.<br /><br /><b>When it works:</b> publish the workflow. With automatic setup that creates a webhook with the Production URL; with manual setup enter it in Chirp. From then on events start the workflow by themselves and appear in the list of executions, not here.',
				active:
					'<b>To try a change:</b> click Execute step. With automatic setup the node creates a second webhook with the Test URL at Chirp and deletes it afterwards.',
			},
			activationHint: {
				inactive:
					"Click Execute step, then <b>send a message</b> to your number, or with a test key one from Chirp's Playground. When the workflow works, publish it: with automatic setup the webhook at Chirp is then created for you.",
				active:
					'This workflow is published: events that Chirp sends to the Production URL start it, and appear in the <a data-key="executions">list of executions</a>, not here.',
			},
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
					"<ul><li>In Chirp open your application's Webhooks page and click Create Webhook.</li><li>Enter the Test URL from Webhook URLs above and select the WhatsApp events, and the SMS events if you want those too.</li><li>Add a custom header: X-Webhook-Secret (the Header Name of the credential) with the Webhook Secret of the credential as its value. Save the webhook.</li><li>Once this workflow is published, change the URL in Chirp to the Production URL.</li></ul>",
				name: 'manualNotice',
				type: 'notice',
				default: '',
				displayOptions: { show: { webhookSetup: ['manual'] } },
			},
			{
				displayName:
					'<ul><li>Copy an app key of your application in Chirp into the credential above, and make up a Webhook Secret. Unpublish before you change the app key.</li><li>Publishing this workflow creates the webhook at Chirp, with the Production URL and the events that Listen To and Channels below need. Unpublishing deletes it.</li><li>Execute step does the same with the Test URL.</li></ul>',
				name: 'automaticNotice',
				type: 'notice',
				default: '',
				displayOptions: { show: { webhookSetup: ['automatic'] } },
			},
			eventsParameter(CHIRP),
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
		return await receiveDelivery(this, CHIRP, 'chirpApi');
	}
}
