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
import { testWahaCredential } from './credential-test';
import { provider } from './provider';
import { wahaWebhook } from './webhook';

export class WahaTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WAHA Trigger',
		name: 'wahaTrigger',
		icon: { light: 'file:icon.svg', dark: 'file:icon.dark.svg' },
		group: ['trigger'],
		version: 2,
		subtitle: eventsSubtitle,
		description:
			'Starts the workflow when WAHA reports a WhatsApp message, an ack or the status of a session',
		defaults: { name: 'WAHA Trigger' },
		inputs: [],
		outputs: outputsExpression(provider),
		credentials: [
			{
				name: 'wahaWebhookApi',
				required: true,
				testedBy: 'wahaWebhookApiTest',
			},
		],
		webhooks: [deliveryWebhook],
		eventTriggerDescription: "Now send a WhatsApp message to the session's number",
		activationMessage:
			'From now on WAHA events start this workflow. With automatic setup the session has the webhook already; with manual setup it has to have the Production URL.',
		hints: [noEventsHint],
		triggerPanel: triggerPanel({
			displayName: provider.displayName,
			sendTest: "<b>send a WhatsApp message</b> to the session's number",
			whileBuilding:
				'with automatic setup Execute step adds a webhook with the Test URL to the session, which WAHA restarts for it; with manual setup add one in its dashboard',
			goLive: {
				short: ': with automatic setup the webhook is then added to the session for you',
				full: '. With automatic setup that adds a webhook with the Production URL to the session; with manual setup add it in its dashboard',
			},
			tryChange:
				'click Execute step. With automatic setup the node adds a second webhook with the Test URL to the session and removes it afterwards; WAHA restarts the session both times.',
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
							'Publishing the workflow adds the webhook to the session, unpublishing removes it. Needs an API key in the credential.',
					},
					{
						name: 'Manual',
						value: 'manual',
						description: "You add the webhook in WAHA's dashboard yourself",
					},
				],
				default: 'automatic',
				description: 'Who tells WAHA where to send events',
			},
			setupNotice(
				[
					"In WAHA's dashboard open the configuration of the session, and under Webhooks add one with the Test URL from Webhook URLs above.",
					'Tick its events: message or message.any, message.ack, and what else you want to receive.',
					'Give it the HMAC key of the credential above: WAHA signs nothing without one. Save.',
					'Once this workflow is published, change the URL to the Production URL.',
				],
				{
					name: 'manualNotice',
					displayOptions: { show: { webhookSetup: ['manual'] } },
				},
			),
			setupNotice(
				[
					"Enter WAHA's API key and address in the credential above, and make up an HMAC Key.",
					'Publishing this workflow adds a webhook to the configuration of the session, with the Production URL and the events that Listen To needs. Unpublishing removes it.',
					'Execute step does the same with the Test URL. WAHA restarts a session whose configuration changes: it is back within seconds.',
				],
				{
					name: 'automaticNotice',
					displayOptions: { show: { webhookSetup: ['automatic'] } },
				},
			),
			{
				displayName: 'Session',
				name: 'session',
				type: 'string',
				noDataExpression: true,
				required: true,
				default: 'default',
				description: 'The name of the session in WAHA whose events start the workflow',
				displayOptions: { show: { webhookSetup: ['automatic'] } },
			},
			eventsParameter(provider),
			optionsParameter,
		],
	};

	methods = { credentialTest: { wahaWebhookApiTest: testWahaCredential } };

	webhookMethods = { default: wahaWebhook };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveDelivery(this, provider);
	}
}
