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
import { testDialog360Credential } from './credential-test';
import { setupChoice } from '../shared/n8n/editor/setup-choice';
import { provider } from './provider';
import { dialog360Webhook } from './webhook';

export class Dialog360Trigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: '360dialog Trigger',
		name: 'dialog360Trigger',
		icon: { light: 'file:icon.svg', dark: 'file:icon.dark.svg' },
		...triggerDefaults('360dialog Trigger', provider),
		subtitle: eventsSubtitle,
		description:
			'Starts the workflow when 360dialog reports a WhatsApp message, status, form, or account change',
		credentials: [
			{
				name: 'dialog360WebhookApi',
				required: true,
				testedBy: 'dialog360WebhookApiTest',
			},
		],
		eventTriggerDescription: 'Now send a WhatsApp message to your number',
		activationMessage:
			'With automatic setup, 360dialog sends its events to this workflow from now on. With manual setup, enter the Production URL as Channel Webhook in the 360dialog Hub.',
		triggerPanel: triggerPanel({
			displayName: provider.displayName,
			sendTest:
				'<b>send a WhatsApp message</b> to your number, or click <b>Test</b> at the Channel Webhook in the 360dialog Hub',
			whileBuilding:
				'with automatic setup, Execute step sets the Channel Webhook of your number to the Test URL and restores the previous one afterwards; with manual setup, enter that URL in the 360dialog Hub',
			goLive:
				'. With automatic setup, the Channel Webhook then has the Production URL; with manual setup, enter it in the 360dialog Hub',
			tryChange:
				'click Execute step. With automatic setup, 360dialog sends the events to the Test URL while n8n listens, and to the Production URL again afterwards.',
		}),
		properties: [
			...setupChoice(provider, {
				automatic: {
					description:
						'n8n sets the webhook of the number while the workflow is published, then restores the previous one. Needs the API key of the number in the credential.',
					steps: [
						'Paste the API key of the number into the credential above, and make up a Webhook Secret there, a long random text. Partners: select Verify By → Signature (Partners) and paste the Platform Secret instead.',
						'Click Execute step: 360dialog sends the events of the number to the Test URL while n8n listens.',
						'When the test works, publish this workflow: the Channel Webhook gets the Production URL. 360dialog allows one per number. Unpublishing restores the previous webhook, so unpublish before you change the API key.',
					],
				},
				manual: {
					description: 'You enter the URL in the 360dialog Hub yourself',
					steps: [
						'Make up a Webhook Secret, a long random text, in the credential above. Partners: select Verify By → Signature (Partners) and paste the Platform Secret instead. Leave API Key empty.',
						COPY_TEST_URL,
						'In the 360dialog Hub, select the number, click Manage WhatsApp Business Account, and under WhatsApp Channel → Channel Webhook click the edit icon. Enter the URL, and a header X-Webhook-Secret (or the Header Name in the credential) with your Webhook Secret as its value. Partners need no header. Save, and confirm the code that 360dialog sends by email.',
						'When the test works, publish this workflow. In the same place, change the URL to the Production URL and save.',
					],
				},
			}),
			...deliveryParameters(provider),
		],
	};

	methods = { credentialTest: { dialog360WebhookApiTest: testDialog360Credential } };

	webhookMethods = { default: dialog360Webhook };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveDelivery(this, provider);
	}
}
