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
import { testEvolutionCredential } from './credential-test';
import { setupChoice } from '../shared/n8n/editor/setup-choice';
import { provider } from './provider';
import { searchInstances } from './instances-list';
import { evolutionWebhook } from './webhook';

export class EvolutionTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Evolution API Trigger',
		name: 'evolutionTrigger',
		icon: { light: 'file:icon.svg', dark: 'file:icon.dark.svg' },
		...triggerDefaults('Evolution API Trigger', provider),
		subtitle: eventsSubtitle,
		description:
			'Starts the workflow when Evolution API reports a WhatsApp message, a status, a contact, or a change of its connection',
		credentials: [
			{
				name: 'evolutionWebhookApi',
				required: true,
				testedBy: 'evolutionWebhookApiTest',
			},
		],
		eventTriggerDescription: "Now send a WhatsApp message to the instance's number",
		activationMessage:
			'With automatic setup, Evolution API sends the events of the instance to this workflow from now on. With manual setup, set the webhook of the instance to the Production URL.',
		triggerPanel: triggerPanel({
			displayName: provider.displayName,
			sendTest: "<b>send a WhatsApp message</b> to the instance's number",
			whileBuilding:
				'with automatic setup, Execute step has the instance send its events to the Test URL; with manual setup, you set that URL yourself',
			goLive:
				'. With automatic setup, the webhook of the instance then has the Production URL; with manual setup, set it yourself',
			tryChange:
				'click Execute step. Evolution API allows one webhook per instance: with automatic setup, it sends its events to the Test URL while n8n listens, and to the Production URL again afterwards.',
		}),
		properties: [
			...setupChoice(provider, {
				automatic: {
					description:
						'n8n sets the webhook of the instance while the workflow is published, then restores the previous one. Needs an API key in the credential.',
					steps: [
						"Enter Evolution API's key and address in the credential above, and make up a Webhook Secret there, a long random text. Below, choose the instance.",
						'Click Execute step: the instance sends its events to the Test URL while n8n listens.',
						'When the test works, publish this workflow: the webhook of the instance gets the Production URL. Evolution API allows one per instance, so use one workflow for each. Unpublishing restores the previous webhook.',
					],
				},
				manual: {
					description: 'You set the webhook of the instance yourself',
					steps: [
						'Make up a Webhook Secret, a long random text, in the credential above. Leave API Key empty.',
						COPY_TEST_URL,
						'Set the webhook of the instance by POST /webhook/set/&lt;instance&gt;: enable it with this URL, the events that you want, and a header X-Webhook-Secret (or the Header Name in the credential) with your Webhook Secret as its value. Leave Webhook by Events off, because n8n accepts no other URL than this, and Webhook Base64 too.',
						'When the test works, publish this workflow, and set the webhook again with the Production URL.',
					],
				},
			}),
			idParameter({
				displayName: 'Instance',
				name: 'instance',
				listMethod: 'searchInstances',
				noDataExpression: true,
				placeholder: 'e.g. shop',
				description:
					'The instance whose events start the workflow. Choose it from the list, or type its name.',
				displayOptions: { show: { webhookSetup: ['automatic'] } },
			}),
			...deliveryParameters(provider),
		],
	};

	methods = {
		credentialTest: { evolutionWebhookApiTest: testEvolutionCredential },
		listSearch: { searchInstances },
	};

	webhookMethods = { default: evolutionWebhook };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveDelivery(this, provider);
	}
}
