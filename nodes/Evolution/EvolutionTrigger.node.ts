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
import { testEvolutionCredential } from './credential-test';
import { provider } from './provider';
import { evolutionWebhook } from './webhook';

export class EvolutionTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Evolution API Trigger',
		name: 'evolutionTrigger',
		icon: { light: 'file:icon.svg', dark: 'file:icon.dark.svg' },
		group: ['trigger'],
		version: 2,
		subtitle: eventsSubtitle,
		description:
			'Starts the workflow when Evolution API reports a WhatsApp message, a status, a contact or its connection',
		defaults: { name: 'Evolution API Trigger' },
		inputs: [],
		outputs: outputsExpression(provider),
		credentials: [
			{
				name: 'evolutionWebhookApi',
				required: true,
				testedBy: 'evolutionWebhookApiTest',
			},
		],
		webhooks: [deliveryWebhook],
		eventTriggerDescription: "Now send a WhatsApp message to the instance's number",
		activationMessage:
			'From now on Evolution API events start this workflow. With automatic setup the instance has the URL already; with manual setup its webhook has to have the Production URL.',
		hints: [noEventsHint],
		triggerPanel: triggerPanel({
			displayName: provider.displayName,
			sendTest: "<b>send a WhatsApp message</b> to the instance's number",
			whileBuilding:
				'with automatic setup Execute step has the instance send its events to the Test URL; with manual setup enter that URL in the manager',
			goLive: {
				short: ': with automatic setup the instance then has the Production URL',
				full: '. With automatic setup the instance then has the Production URL; with manual setup enter it in the manager',
			},
			tryChange:
				'click Execute step. An instance has one webhook: with automatic setup it sends its events to the Test URL while n8n listens, and to the Production URL again afterwards.',
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
							'Publishing the workflow sets the webhook of the instance, unpublishing puts back what stood there. Needs an API key in the credential.',
					},
					{
						name: 'Manual',
						value: 'manual',
						description: 'You set the webhook of the instance yourself',
					},
				],
				default: 'automatic',
				description: 'Who tells Evolution API where to send events',
			},
			setupNotice(
				[
					'Set the webhook of the instance by POST /webhook/set/&lt;instance&gt;, where headers can be given. Enable it, with the Test URL from Webhook URLs above and the events that you want.',
					'Give it a header: X-Webhook-Secret (the Header Name of the credential) with the Webhook Secret of the credential as its value.',
					'Leave Webhook by Events and Webhook Base64 off: n8n takes no other URL than this, and files make deliveries large.',
					'Once this workflow is published, change the URL to the Production URL.',
				],
				{
					name: 'manualNotice',
					displayOptions: { show: { webhookSetup: ['manual'] } },
				},
			),
			setupNotice(
				[
					"Enter Evolution API's key and address in the credential above, and make up a Webhook Secret.",
					'Publishing this workflow sets the webhook of the instance, with the Production URL and the events that Listen To needs. Unpublishing puts back what stood there.',
					'An instance has one webhook: Execute step takes it for as long as n8n listens, and so does another workflow for the same instance.',
				],
				{
					name: 'automaticNotice',
					displayOptions: { show: { webhookSetup: ['automatic'] } },
				},
			),
			{
				displayName: 'Instance',
				name: 'instance',
				type: 'string',
				noDataExpression: true,
				required: true,
				default: '',
				description: 'The name of the instance whose events start the workflow',
				displayOptions: { show: { webhookSetup: ['automatic'] } },
			},
			eventsParameter(provider),
			optionsParameter,
		],
	};

	methods = { credentialTest: { evolutionWebhookApiTest: testEvolutionCredential } };

	webhookMethods = { default: evolutionWebhook };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveDelivery(this, provider);
	}
}
