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
import { secretTest } from '../shared/n8n/credential-test';
import { deliveryWebhook } from '../shared/n8n/delivery-webhook';
import { manualWebhook } from '../shared/n8n/manual-webhook';
import { outputsExpression } from '../shared/n8n/outputs';
import { eventsParameter, noEventsHint, optionsParameter } from '../shared/n8n/parameters';
import { receiveDelivery } from '../shared/n8n/receive-delivery';
import { CHAKRAHQ } from './chakrahq';

export class ChakraHqTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'ChakraHQ Trigger',
		name: 'chakraHqTrigger',
		icon: { light: 'file:chakraHq.svg', dark: 'file:chakraHq.dark.svg' },
		group: ['trigger'],
		version: 2,
		subtitle:
			'={{ ($parameter.events || []).map((event) => event.replace("message.", "").split(".")[0]).join(", ") || "no event selected" }}',
		description:
			'Starts the workflow when ChakraHQ reports a WhatsApp message, status, form or account change',
		defaults: { name: 'ChakraHQ Trigger' },
		inputs: [],
		outputs: outputsExpression(CHAKRAHQ),
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
		triggerPanel: {
			header: 'Receive events from ChakraHQ',
			executionsHelp: {
				inactive:
					'<b>While you build:</b> ChakraHQ has the Test URL. Each click on Execute step takes one delivery, and shows it whether its events are selected or not.<br /><br /><b>When it works:</b> publish the workflow, change the URL in ChakraHQ to the Production URL and click Save. From then on events start the workflow by themselves and appear in the list of executions, not here; so does what had to be refused, in red.',
				active:
					'<b>To try a change:</b> put the Test URL into ChakraHQ for a moment and click Save, click Execute step, then send a WhatsApp message to your number. Put the Production URL back afterwards, and Save. ChakraHQ documents no retries: what it sends to the Test URL meanwhile, and n8n does not take, is lost.',
			},
			activationHint: {
				inactive:
					'Click Execute step, then <b>send a WhatsApp message</b> to your number. When the workflow works, publish it, put the Production URL into ChakraHQ (WhatsApp Setup → More) and click Save.',
				active:
					'This workflow is published: events that ChakraHQ sends to the Production URL start it, and appear in the <a data-key="executions">list of executions</a>, not here.',
			},
		},
		properties: [
			{
				displayName:
					'<ul><li>In ChakraHQ open WhatsApp Setup → More.</li><li>For everything that WhatsApp reports paste the Test URL from Webhook URLs above into "pass-through webhook url for Meta events". For messages, statuses and echoes only, turn on "Enable Chakra Webhooks", paste it into "Chakra webhook url" and click the events to send. Click Save at the top right.</li><li>Set a secret under Admin → Team → Secrets and copy it into the credential above: without it ChakraHQ signs nothing, and nothing is accepted.</li><li>Once this workflow is published, change the URL in ChakraHQ to the Production URL and click Save. After the first event look at Executions: that ChakraHQ signs the pass-through webhook is not confirmed, and what is not signed is refused.</li></ul>',
				name: 'setupNotice',
				type: 'notice',
				default: '',
			},
			eventsParameter(CHAKRAHQ),
			optionsParameter,
		],
	};

	methods = {
		credentialTest: {
			// A secret at ChakraHQ is of its owner's making, so it may well be 64 hex digits.
			chakraHqWebhookApiTest: secretTest(CHAKRAHQ.secretLocation, [
				checkPadding,
				checkNotMasked,
				checkNotPrefixedSignature,
			]),
		},
	};

	webhookMethods = { default: manualWebhook };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveDelivery(this, CHAKRAHQ, 'chakraHqWebhookApi');
	}
}
