import type {
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { checkNotSignature, checkPadding, checkPrefix } from '../shared/core/secret-checks';
import { secretTest } from '../shared/n8n/credential-test';
import { manualWebhook } from '../shared/n8n/manual-webhook';
import { outputsExpression } from '../shared/n8n/outputs';
import { eventsParameter, optionsParameter } from '../shared/n8n/parameters';
import { receiveDelivery } from '../shared/n8n/receive-delivery';
import { PINGMATE } from './pingmate';

export class PingMateTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'PingMate Trigger',
		name: 'pingMateTrigger',
		icon: { light: 'file:pingMate.svg', dark: 'file:pingMate.dark.svg' },
		group: ['trigger'],
		version: 2,
		subtitle: '={{ ($parameter.events || []).join(", ") }}',
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
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: 'noData',
				path: 'webhook',
			},
		],
		eventTriggerDescription: 'Waiting for PingMate to send an event to the test URL',
		activationMessage: 'PingMate events sent to the production URL now start this workflow.',
		triggerPanel: {
			header: 'Receive events from PingMate',
			executionsHelp: {
				inactive:
					'<b>While you build</b>, choose <b>Test URL</b> under Webhook URLs and copy it. In PingMate open Dashboard → Webhook, click Add Endpoint (or open the endpoint) and paste it as the URL. Click Listen here, then click Send Test Event in PingMate.<br /><br /><b>When it works</b>, publish the workflow, copy the <b>Production URL</b> and paste it in the same place in PingMate. From then on events appear in the list of executions, not here.',
				active:
					'<b>While you build</b>, choose <b>Test URL</b> under Webhook URLs and copy it into an endpoint of its own in PingMate (Dashboard → Webhook → Add Endpoint). Click Listen here, then click Send Test Event in PingMate.<br /><br /><b>This workflow is published</b>: events that PingMate sends to the <b>Production URL</b> start it, and appear in the <a data-key="executions">list of executions</a>, not here.',
			},
			activationHint:
				'When the workflow works, publish it and put the production URL into PingMate: Dashboard → Webhook → the endpoint → Endpoint URL',
		},
		properties: [
			{
				displayName:
					'Set up in PingMate: (1) Dashboard → Webhook → Add Endpoint. (2) Paste the Webhook URL from above as its URL: the test URL while you build, the production URL once this workflow is published. (3) Under Event Types tick message.incoming, message.report and form.submitted. (4) Open the endpoint, copy its Signing secret (it begins with whsec_) and paste it into the credential here.',
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
