import type {
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { COPY_TEST_URL, eventsSubtitle, triggerPanel } from '../shared/n8n/editor/editor-texts';
import { triggerDefaults } from '../shared/n8n/editor/trigger-defaults';
import { deliveryParameters } from '../shared/n8n/editor/parameters';
import { receiveDelivery } from '../shared/n8n/receive/receive-delivery';
import { setupChoice } from '../shared/n8n/editor/setup-choice';
import { provider } from './provider';
import { testChirpCredential } from './credential-test';
import { chirpWebhook } from './webhook';

export class ChirpTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Chirp Trigger',
		name: 'chirpTrigger',
		icon: { light: 'file:icon.svg', dark: 'file:icon.dark.svg' },
		...triggerDefaults('Chirp Trigger', provider),
		subtitle: eventsSubtitle,
		description:
			'Starts the workflow when Chirp reports a WhatsApp message, an SMS, a status, or an account change',
		credentials: [
			{
				name: 'chirpApi',
				required: true,
				testedBy: 'chirpApiTest',
			},
		],
		eventTriggerDescription:
			"Now send a message to your number, or one from Chirp's Playground if the credential has a test key",
		activationMessage:
			'With automatic setup, Chirp sends its events to this workflow from now on. With manual setup, replace the Test URL in Chirp with the Production URL.',
		triggerPanel: triggerPanel({
			displayName: provider.displayName,
			sendTest:
				"make one of the events under Listen To happen: <b>send a message</b> to your number, for example, or with a test key one from Chirp's Playground",
			whileBuilding:
				'with automatic setup, Execute step creates a webhook with the Test URL at Chirp; with manual setup, you enter that URL in Chirp',
			goLive:
				'. With automatic setup, n8n then creates a webhook with the Production URL at Chirp; with manual setup, you enter that URL in Chirp',
			tryChange:
				'click Execute step. With automatic setup, n8n creates a second webhook with the Test URL at Chirp and deletes it afterwards.',
		}),
		properties: [
			...setupChoice(provider, {
				automatic: {
					description:
						'n8n creates the webhook at Chirp when you publish the workflow, and deletes it when you unpublish. Needs an app key in the credential.',
					steps: [
						"In Chirp, copy your application's app key (sk_live_app_… or sk_test_app_…). In the credential above, paste it as App Key, and make up a Webhook Secret, a long random text.",
						'Below, select what to listen to. Click Execute step: n8n creates a webhook with the Test URL at Chirp and deletes it afterwards.',
						'When the test works, publish this workflow: n8n creates a webhook with the Production URL. Unpublishing deletes it. Only the same app key can do that, so unpublish before you change the key.',
					],
				},
				manual: {
					description: "You add the webhook in Chirp's dashboard yourself",
					steps: [
						'In the credential above, make up a Webhook Secret, a long random text. Leave App Key empty.',
						COPY_TEST_URL,
						"In Chirp, open your application's Webhooks page and click Create Webhook. Enter the URL and select the WhatsApp events, and the SMS events if you want those too. Add a custom header: X-Webhook-Secret (or the Header Name in the credential) with your Webhook Secret as its value. Save the webhook.",
						'When the test works, publish this workflow. In Chirp, change the URL to the Production URL and save.',
					],
				},
			}),
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
						description: 'WhatsApp messages and their statuses, templates, contacts, and accounts',
					},
				],
				default: ['whatsapp'],
				description: "Which channels' events Chirp sends",
				displayOptions: { show: { webhookSetup: ['automatic'] } },
			},
			...deliveryParameters(provider),
		],
	};

	methods = { credentialTest: { chirpApiTest: testChirpCredential } };

	webhookMethods = { default: chirpWebhook };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveDelivery(this, provider);
	}
}
