import type {
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import {
	checkNotMasked,
	checkNotUrl,
	checkNotPrefixedSignature,
	checkPadding,
} from '../shared/core/verify/secret-checks';
import { secretFormTest } from '../shared/n8n/setup/credential-test';
import { deliveryWebhook } from '../shared/n8n/receive/delivery-webhook';
import { manualWebhook } from '../shared/n8n/setup/manual-webhook';
import {
	COPY_TEST_URL,
	eventsSubtitle,
	setupNotice,
	triggerPanel,
} from '../shared/n8n/editor/editor-texts';
import { outputsExpression } from '../shared/n8n/editor/outputs';
import {
	eventsParameter,
	noEventsHint,
	optionsParameter,
	otherOutputHint,
} from '../shared/n8n/editor/parameters';
import { receiveDelivery } from '../shared/n8n/receive/receive-delivery';
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
			'Put the Production URL into ChakraHQ in place of the Test URL (WhatsApp Setup → More), and click Save. From then on its events start this workflow.',
		hints: [noEventsHint, otherOutputHint('ChakraHQ Trigger', provider)],
		triggerPanel: triggerPanel({
			displayName: provider.displayName,
			sendTest: '<b>send a WhatsApp message</b> to your number',
			whileBuilding: 'ChakraHQ has the Test URL',
			goLive: ', change the URL in ChakraHQ to the Production URL and click Save (top right)',
			tryChange:
				'put the Test URL into ChakraHQ for a moment and click Save. Click Execute step, then send a WhatsApp message to your number. Afterwards put the Production URL back and click Save. ChakraHQ documents no retries: what it sends to the Test URL meanwhile, and n8n does not take, is lost.',
		}),
		properties: [
			setupNotice([
				COPY_TEST_URL,
				'In ChakraHQ open WhatsApp Setup → More and paste it into "pass-through webhook url for Meta events". For messages, statuses and echoes only, turn on "Enable Chakra Webhooks" instead, paste it into "Chakra webhook url" and click the events to send. Click Save (top right).',
				'Under Admin → Team → Secrets set an HMAC secret, and enter the same in the credential above: without it ChakraHQ signs nothing, and everything is refused. That it signs the pass-through webhook is not confirmed; if the test is refused, use the Chakra webhook.',
				'Click Execute step, and send a WhatsApp message to your number. When that works, publish this workflow. In ChakraHQ change the URL to the Production URL and click Save (top right).',
			]),
			eventsParameter(provider),
			optionsParameter,
		],
	};

	methods = {
		credentialTest: {
			// A secret at ChakraHQ is of its owner's making, so it may well be 64 hex digits.
			chakraHqWebhookApiTest: secretFormTest(provider, [
				checkPadding,
				checkNotMasked,
				checkNotUrl,
				checkNotPrefixedSignature,
			]),
		},
	};

	webhookMethods = { default: manualWebhook };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveDelivery(this, provider);
	}
}
