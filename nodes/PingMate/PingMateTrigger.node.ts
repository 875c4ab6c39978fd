import type {
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import {
	checkNotMasked,
	checkNotSignature,
	checkNoWhiteSpace,
	checkPadding,
	checkPrefix,
} from '../shared/core/secret-checks';
import { secretTest } from '../shared/n8n/credential-test';
import { deliveryWebhook } from '../shared/n8n/delivery-webhook';
import { manualWebhook } from '../shared/n8n/manual-webhook';
import { outputsExpression } from '../shared/n8n/outputs';
import { eventsParameter, noEventsHint, optionsParameter } from '../shared/n8n/parameters';
import { receiveDelivery } from '../shared/n8n/receive-delivery';
import { PINGMATE } from './pingmate';

export class PingMateTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'PingMate Trigger',
		name: 'pingMateTrigger',
		icon: { light: 'file:pingMate.svg', dark: 'file:pingMate.dark.svg' },
		group: ['trigger'],
		version: 2,
		subtitle:
			'={{ ($parameter.events || []).join(", ").replaceAll("message.", "") || "no event selected" }}',
		description: 'Starts the workflow when PingMate reports a WhatsApp message, status or form',
		defaults: { name: 'PingMate Trigger' },
		inputs: [],
		outputs: outputsExpression(PINGMATE),
		credentials: [
			{
				name: 'pingMateWebhookApi',
				required: true,
				testedBy: 'pingMateWebhookApiTest',
			},
		],
		webhooks: [deliveryWebhook],
		eventTriggerDescription: 'Waiting for PingMate to send an event to the test URL',
		activationMessage: 'PingMate events sent to the production URL now start this workflow.',
		hints: [noEventsHint],
		triggerPanel: {
			header: 'Receive events from PingMate',
			executionsHelp: {
				inactive:
					'<b>While you build:</b> click Execute step, then click Send Test Event on the endpoint in PingMate, which has to have the Test URL of this node.<br /><br /><b>When it works:</b> publish the workflow, and change the endpoint in PingMate to the Production URL. From then on events start the workflow by themselves and appear in the list of executions, not here.',
				active:
					'<b>While you build:</b> add an endpoint of its own in PingMate with the Test URL of this node, click Execute step, then click Send Test Event on that endpoint.<br /><br /><b>This workflow is published:</b> events that PingMate sends to the Production URL start it, and appear in the <a data-key="executions">list of executions</a>, not here.',
			},
			activationHint:
				'When the workflow works, publish it and put the production URL into PingMate: Dashboard → Webhook → the endpoint → Endpoint URL',
		},
		properties: [
			{
				displayName:
					'In PingMate open Dashboard → Webhook → Add Endpoint and paste the URL from Webhook URLs above: the Test URL while you build, the Production URL once this workflow is published. Tick all Event Types and create the endpoint. Then open it and copy its Signing secret (whsec_…) into the credential above.',
				name: 'setupNotice',
				type: 'notice',
				default: '',
			},
			eventsParameter(PINGMATE),
			optionsParameter,
		],
	};

	methods = {
		credentialTest: {
			pingMateWebhookApiTest: secretTest(PINGMATE.secretLocation, [
				checkPadding,
				checkNotMasked,
				checkNoWhiteSpace,
				checkNotSignature,
				checkPrefix('whsec_'),
			]),
		},
	};

	webhookMethods = { default: manualWebhook };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveDelivery(this, PINGMATE, 'pingMateWebhookApi');
	}
}
