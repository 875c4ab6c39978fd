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
			'={{ ($parameter.events || []).map((event) => event.replace("message.", "").split(".")[0]).join(", ") || "no event selected" }}',
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
		eventTriggerDescription: 'Now click Send Test Event on the endpoint in PingMate',
		activationMessage:
			'From now on PingMate events start this workflow, once the endpoint in PingMate has the Production URL in place of the Test URL.',
		hints: [noEventsHint],
		triggerPanel: {
			header: 'Receive events from PingMate',
			executionsHelp: {
				inactive:
					'<b>While you build:</b> the endpoint in PingMate has the Test URL. Each click on Execute step takes one delivery, and shows it whether its event is selected or not.<br /><br /><b>When it works:</b> publish the workflow, change the Endpoint URL in PingMate to the Production URL and click Save Changes (top right). From then on events start the workflow by themselves and appear in the list of executions, not here; so does what had to be refused, in red.',
				active:
					'<b>To try a change:</b> add an endpoint of its own in PingMate with the Test URL, enter its secret as Second Webhook Secret, click Execute step, then click Send Test Event on that endpoint.',
			},
			activationHint: {
				inactive:
					'Click Execute step, then <b>Send Test Event</b> on the endpoint in PingMate. When the workflow works, publish it and put the Production URL into PingMate: Dashboard → Webhook → the endpoint → Endpoint URL, then Save Changes (top right).',
				active:
					'This workflow is published: events that PingMate sends to the Production URL start it, and appear in the <a data-key="executions">list of executions</a>, not here.',
			},
		},
		properties: [
			{
				displayName:
					'<ul><li>In PingMate open Dashboard → Webhook and click Add Endpoint.</li><li>Paste the Test URL from Webhook URLs above, enter a description, tick all Event Types and click Create Endpoint.</li><li>Open the endpoint and copy its Signing secret (whsec_…) into the credential above.</li><li>Once this workflow is published, change the Endpoint URL to the Production URL and click Save Changes (top right).</li></ul>',
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
