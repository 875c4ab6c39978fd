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
			'={{ ($parameter.events || []).join(", ").replaceAll("message.", "") || "no event selected" }}',
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
		eventTriggerDescription: 'Waiting for ChakraHQ to send an event to the test URL',
		activationMessage: 'ChakraHQ events sent to the production URL now start this workflow.',
		hints: [noEventsHint],
		triggerPanel: {
			header: 'Receive events from ChakraHQ',
			executionsHelp: {
				inactive:
					'<b>While you build:</b> click Execute step, then send a WhatsApp message to your number. ChakraHQ has to have the Test URL of this node.<br /><br /><b>When it works:</b> publish the workflow, and change the URL in ChakraHQ to the Production URL. From then on events start the workflow by themselves and appear in the list of executions, not here.',
				active:
					'<b>While you build:</b> put the Test URL of this node into ChakraHQ for a moment, click Execute step, then send a WhatsApp message to your number. Put the Production URL back afterwards.<br /><br /><b>This workflow is published:</b> events that ChakraHQ sends to the Production URL start it, and appear in the <a data-key="executions">list of executions</a>, not here.',
			},
			activationHint:
				'When the workflow works, publish it and put the production URL into ChakraHQ: WhatsApp Setup → More',
		},
		properties: [
			{
				displayName:
					'In ChakraHQ open WhatsApp Setup → More and paste the URL from Webhook URLs above: the Test URL while you build, the Production URL once this workflow is published. Paste it into "pass-through webhook url for Meta events" for everything that WhatsApp reports, or turn on "Enable Chakra Webhooks" and paste it into "Chakra webhook url" for messages and statuses only. Click Save. Then set a secret under Admin → Team → Secrets and copy it into the credential above: without it ChakraHQ signs nothing, and nothing is accepted.',
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
