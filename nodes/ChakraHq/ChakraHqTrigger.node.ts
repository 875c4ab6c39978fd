import type {
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import {
	checkNotMasked,
	checkNotPrefixedSignature,
	checkPadding,
} from '../shared/core/secret-checks';
import { secretFormTest } from '../shared/n8n/credential-test';
import { deliveryWebhook } from '../shared/n8n/delivery-webhook';
import { manualWebhook } from '../shared/n8n/manual-webhook';
import { eventsSubtitle, setupNotice, triggerPanel } from '../shared/n8n/editor-texts';
import { outputsExpression } from '../shared/n8n/outputs';
import { eventsParameter, noEventsHint, optionsParameter } from '../shared/n8n/parameters';
import { receiveDelivery } from '../shared/n8n/receive-delivery';
import { provider } from './provider';

export class ChakraHqTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'ChakraHQ Trigger',
		name: 'chakraHqTrigger',
		icon: { light: 'file:icon.svg', dark: 'file:icon.dark.svg' },
		group: ['trigger'],
		version: 2,
		subtitle: eventsSubtitle,
		description:
			'Starts the workflow when ChakraHQ reports a WhatsApp message, status, form or account change',
		defaults: { name: 'ChakraHQ Trigger' },
		inputs: [],
		outputs: outputsExpression(provider),
		credentials: [
			{
				name: 'chakraHqWebhookApi',
				required: true,
				testedBy: 'chakraHqWebhookApiTest',
			},
		],
		webhooks: [deliveryWebhook],
		eventTriggerDescription: 'Now send a WhatsApp message to your number',
		activationMessage:
			'From now on ChakraHQ events start this workflow, once ChakraHQ has the Production URL in place of the Test URL.',
		hints: [noEventsHint],
		triggerPanel: triggerPanel({
			displayName: provider.displayName,
			sendTest: '<b>send a WhatsApp message</b> to your number',
			whileBuilding: 'ChakraHQ has the Test URL',
			goLive: {
				short: ', put the Production URL into ChakraHQ (WhatsApp Setup → More) and click Save',
				full: ', change the URL in ChakraHQ to the Production URL and click Save',
			},
			tryChange:
				'put the Test URL into ChakraHQ for a moment and click Save, click Execute step, then send a WhatsApp message to your number. Put the Production URL back afterwards, and Save. ChakraHQ documents no retries: what it sends to the Test URL meanwhile, and n8n does not take, is lost.',
		}),
		properties: [
			setupNotice([
				'In ChakraHQ open WhatsApp Setup → More.',
				'For everything that WhatsApp reports paste the Test URL from Webhook URLs above into "pass-through webhook url for Meta events". For messages, statuses and echoes only, turn on "Enable Chakra Webhooks", paste it into "Chakra webhook url" and click the events to send. Click Save at the top right.',
				'Set a secret under Admin → Team → Secrets and copy it into the credential above: without it ChakraHQ signs nothing, and nothing is accepted.',
				'Once this workflow is published, change the URL in ChakraHQ to the Production URL and click Save. After the first event look at Executions: that ChakraHQ signs the pass-through webhook is not confirmed, and what is not signed is refused.',
			]),
			eventsParameter(provider),
			optionsParameter,
		],
	};

	methods = {
		credentialTest: {
			// A secret at ChakraHQ is of its owner's making, so it may well be 64 hex digits.
			chakraHqWebhookApiTest: secretFormTest(provider.secretLocation, [
				checkPadding,
				checkNotMasked,
				checkNotPrefixedSignature,
			]),
		},
	};

	webhookMethods = { default: manualWebhook };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveDelivery(this, provider);
	}
}
