import type {
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { manualWebhook } from '../shared/n8n/setup/manual-webhook';
import {
	COPY_TEST_URL,
	eventsSubtitle,
	setupNotice,
	triggerPanel,
} from '../shared/n8n/editor/editor-texts';
import { triggerDefaults } from '../shared/n8n/editor/trigger-defaults';
import { deliveryParameters } from '../shared/n8n/editor/parameters';
import { receiveDelivery } from '../shared/n8n/receive/receive-delivery';
import { testChakraHqCredential } from './credential-test';
import { provider } from './provider';

export class ChakraHqTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'ChakraHQ Trigger',
		name: 'chakraHqTrigger',
		icon: { light: 'file:icon.svg', dark: 'file:icon.dark.svg' },
		...triggerDefaults('ChakraHQ Trigger', provider),
		subtitle: eventsSubtitle,
		description:
			'Starts the workflow when ChakraHQ reports a WhatsApp message, status, form, or account change',
		credentials: [
			{
				name: 'chakraHqWebhookApi',
				required: true,
				testedBy: 'chakraHqWebhookApiTest',
			},
		],
		eventTriggerDescription: 'Now send a WhatsApp message to your number',
		activationMessage:
			'In ChakraHQ, open WhatsApp Setup → More, replace the Test URL with the Production URL, and click Save. From then on, its events start this workflow.',
		triggerPanel: triggerPanel({
			displayName: provider.displayName,
			sendTest: '<b>send a WhatsApp message</b> to your number',
			whileBuilding: 'ChakraHQ has the Test URL',
			goLive:
				', change the URL in ChakraHQ to the Production URL, and click Save (upper-right corner)',
			tryChange:
				"enter the Test URL in ChakraHQ and click Save. Click Execute step, then send a WhatsApp message to your number. Afterwards, enter the Production URL again and click Save. ChakraHQ doesn't document retries, so events that n8n doesn't accept in the meantime are lost.",
		}),
		properties: [
			setupNotice([
				COPY_TEST_URL,
				'In ChakraHQ, open WhatsApp Setup → More and paste it into "pass-through webhook url for Meta events". For messages, statuses, and echoes only, turn on "Enable Chakra Webhooks" instead, paste it into "Chakra webhook url", and select the events to send. Click Save (upper-right corner).',
				"Under Admin → Team → Secrets, set an HMAC secret and enter the same value in the credential above. Without it, ChakraHQ doesn't sign anything and every delivery is rejected. ChakraHQ doesn't say whether it signs the pass-through webhook. If the test is rejected, use the Chakra webhook instead.",
				'Click Execute step, then send a WhatsApp message to your number. When that works, publish this workflow. In ChakraHQ, change the URL to the Production URL and click Save (upper-right corner).',
			]),
			...deliveryParameters(provider),
		],
	};

	methods = {
		credentialTest: {
			chakraHqWebhookApiTest: testChakraHqCredential,
		},
	};

	webhookMethods = { default: manualWebhook };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveDelivery(this, provider);
	}
}
