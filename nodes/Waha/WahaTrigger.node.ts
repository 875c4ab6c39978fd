import type {
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { COPY_TEST_URL, eventsSubtitle, triggerPanel } from '../shared/n8n/editor/editor-texts';
import { triggerDefaults } from '../shared/n8n/editor/trigger-defaults';
import { idParameter } from '../shared/n8n/editor/id-parameter';
import { deliveryParameters } from '../shared/n8n/editor/parameters';
import { receiveDelivery } from '../shared/n8n/receive/receive-delivery';
import { testWahaCredential } from './credential-test';
import { setupChoice } from '../shared/n8n/editor/setup-choice';
import { provider } from './provider';
import { searchSessions } from './sessions-list';
import { wahaWebhook } from './webhook';

export class WahaTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WAHA Trigger',
		name: 'wahaTrigger',
		icon: { light: 'file:icon.svg', dark: 'file:icon.dark.svg' },
		...triggerDefaults('WAHA Trigger', provider),
		subtitle: eventsSubtitle,
		description:
			"Starts the workflow when WAHA reports a WhatsApp message, an ack, or a session's status",
		credentials: [
			{
				name: 'wahaWebhookApi',
				required: true,
				testedBy: 'wahaWebhookApiTest',
			},
		],
		eventTriggerDescription: "Now send a WhatsApp message to the session's number",
		activationMessage:
			"With automatic setup, WAHA sends the session's events to this workflow from now on. With manual setup, change the URL of the session's webhook to the Production URL.",
		triggerPanel: triggerPanel({
			displayName: provider.displayName,
			sendTest: "<b>send a WhatsApp message</b> to the session's number",
			whileBuilding:
				'with automatic setup, Execute step adds a webhook with the Test URL to the session, which WAHA restarts for it; with manual setup, you add one in its dashboard',
			goLive:
				'. With automatic setup, n8n then adds a webhook with the Production URL to the session; with manual setup, you add it in its dashboard',
			tryChange:
				'click Execute step. With automatic setup, n8n adds a second webhook with the Test URL to the session and removes it afterwards. WAHA restarts the session both times.',
		}),
		properties: [
			...setupChoice(provider, {
				automatic: {
					description:
						'n8n adds the webhook to the session when you publish the workflow, and removes it when you unpublish. Needs an API key in the credential.',
					steps: [
						"In the credential above, enter WAHA's API key and address, and make up an HMAC Key, a long random text. Below, choose the session.",
						'Click Execute step: n8n adds a webhook with the Test URL to the session and removes it afterwards. WAHA restarts the session each time, which takes some seconds.',
						'When the test works, publish this workflow: n8n adds a webhook with the Production URL. Unpublishing removes it.',
					],
				},
				manual: {
					description: "You add the webhook in WAHA's dashboard yourself",
					steps: [
						'In the credential above, make up an HMAC Key, a long random text. Leave API Key empty.',
						COPY_TEST_URL,
						"In WAHA's dashboard, open the session's configuration, and under Webhooks add one with this URL. Select its events (message or message.any, message.ack, and whatever else you want), enter the HMAC Key from the credential, and save. Without that key, WAHA doesn't sign anything and n8n rejects every delivery.",
						'When the test works, publish this workflow. In the same place, change the URL to the Production URL and save.',
					],
				},
			}),
			idParameter({
				displayName: 'Session',
				name: 'session',
				listMethod: 'searchSessions',
				noDataExpression: true,
				initial: 'default',
				placeholder: 'e.g. default',
				description:
					'The WAHA session whose events start the workflow. Choose it from the list, or type the name that its dashboard shows. WAHA Core has only default.',
				displayOptions: { show: { webhookSetup: ['automatic'] } },
			}),
			...deliveryParameters(provider),
		],
	};

	methods = {
		credentialTest: { wahaWebhookApiTest: testWahaCredential },
		listSearch: { searchSessions },
	};

	webhookMethods = { default: wahaWebhook };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveDelivery(this, provider);
	}
}
