import type {
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { deliveryWebhook } from '../shared/n8n/receive/delivery-webhook';
import { COPY_TEST_URL, eventsSubtitle, triggerPanel } from '../shared/n8n/editor-texts';
import { outputsExpression } from '../shared/n8n/outputs';
import {
	eventsParameter,
	noEventsHint,
	optionsParameter,
	otherOutputHint,
} from '../shared/n8n/parameters';
import { receiveDelivery } from '../shared/n8n/receive/receive-delivery';
import { testWahaCredential } from './credential-test';
import { setupChoice } from '../shared/n8n/setup-choice';
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
			'With automatic setup WAHA sends the events of the session to this workflow from now on. With manual setup put the Production URL into the webhook of the session.',
		hints: [noEventsHint, otherOutputHint('WAHA Trigger', provider)],
		triggerPanel: triggerPanel({
			displayName: provider.displayName,
			sendTest: "<b>send a WhatsApp message</b> to the session's number",
			whileBuilding:
				'with automatic setup Execute step adds a webhook with the Test URL to the session, which WAHA restarts for it; with manual setup add one in its dashboard',
			goLive:
				'. With automatic setup n8n then adds a webhook with the Production URL to the session; with manual setup add it in its dashboard',
			tryChange:
				'click Execute step. With automatic setup n8n adds a second webhook with the Test URL to the session and removes it afterwards; WAHA restarts the session both times.',
		}),
		properties: [
			...setupChoice(provider, {
				automatic: {
					description:
						'Publishing the workflow adds the webhook to the session, unpublishing removes it. Needs an API key in the credential.',
					steps: [
						"Enter WAHA's API key and address in the credential above, and make up an HMAC Key there, a long random text. Below, enter the session.",
						'Click Execute step: n8n adds a webhook with the Test URL to the session, and removes it afterwards. WAHA restarts the session each time; it is back within seconds.',
						'When the test works, publish this workflow: n8n adds a webhook with the Production URL. Unpublishing removes it.',
					],
				},
				manual: {
					description: "You add the webhook in WAHA's dashboard yourself",
					steps: [
						'Make up an HMAC Key, a long random text, in the credential above. API Key stays empty.',
						COPY_TEST_URL,
						"In WAHA's dashboard open the configuration of the session, and under Webhooks add one with this URL. Tick its events (message or message.any, message.ack, and what else you want), give it the HMAC Key of the credential, and save: WAHA signs nothing without a key.",
						'When the test works, publish this workflow. In the same place change the URL to the Production URL and save.',
					],
				},
			}),
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
