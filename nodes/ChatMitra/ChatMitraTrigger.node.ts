import type {
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { checkNotSignature, checkPadding } from '../shared/core/secret-checks';
import { secretTest } from '../shared/n8n/credential-test';
import { manualWebhook } from '../shared/n8n/manual-webhook';
import { outputsExpression } from '../shared/n8n/outputs';
import { eventsParameter, optionsParameter } from '../shared/n8n/parameters';
import { receiveDelivery } from '../shared/n8n/receive-delivery';
import { CHATMITRA } from './chatmitra';

export class ChatMitraTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'ChatMitra Trigger',
		name: 'chatMitraTrigger',
		icon: { light: 'file:chatMitra.svg', dark: 'file:chatMitra.dark.svg' },
		group: ['trigger'],
		version: 2,
		subtitle: '={{ ($parameter.events || []).join(", ") }}',
		description: 'Starts the workflow when ChatMitra reports a WhatsApp message or status',
		defaults: { name: 'ChatMitra Trigger' },
		inputs: [],
		outputs: outputsExpression(CHATMITRA),
		credentials: [
			{
				name: 'chatMitraWebhookApi',
				required: true,
				testedBy: 'chatMitraWebhookApiTest',
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
		eventTriggerDescription: 'Waiting for ChatMitra to send an event to the test URL',
		activationMessage: 'ChatMitra events sent to the production URL now start this workflow.',
		triggerPanel: {
			header: 'Receive events from ChatMitra',
			executionsHelp: {
				inactive:
					'<b>While you build</b>, choose <b>Test URL</b> under Webhook URLs and copy it. In ChatMitra open Dashboard → Settings → API & Integrations → Webhooks, click Add Webhook and paste it. Click Listen here, then click Test Webhook in ChatMitra.<br /><br /><b>When it works</b>, publish the workflow and add a second webhook in ChatMitra with the <b>Production URL</b>; its secret is a new one, so put it into the credential. From then on events appear in the list of executions, not here.',
				active:
					'<b>While you build</b>, choose <b>Test URL</b> under Webhook URLs and copy it into a webhook of its own in ChatMitra (Dashboard → Settings → API & Integrations → Webhooks → Add Webhook). Click Listen here, then click Test Webhook in ChatMitra.<br /><br /><b>This workflow is published</b>: events that ChatMitra sends to the <b>Production URL</b> start it, and appear in the <a data-key="executions">list of executions</a>, not here.',
			},
			activationHint:
				'When the workflow works, publish it and add a webhook with the production URL in ChatMitra: Dashboard → Settings → API & Integrations → Webhooks',
		},
		properties: [
			{
				displayName:
					'Set up in ChatMitra: (1) Dashboard → Settings → API & Integrations → Webhooks → Add Webhook. (2) Paste the Webhook URL from above: the test URL while you build, the production URL once this workflow is published. (3) Choose the events message.received, message.sent, message.failed and message.status.updated. (4) Click Create Webhook, copy the webhook secret at once (ChatMitra shows it only this time) and paste it into the credential here.',
				name: 'setupNotice',
				type: 'notice',
				default: '',
			},
			eventsParameter(CHATMITRA),
			optionsParameter,
		],
	};

	methods = {
		credentialTest: {
			chatMitraWebhookApiTest: secretTest(CHATMITRA.secretLocation, [
				checkPadding,
				checkNotSignature,
			]),
		},
	};

	webhookMethods = { default: manualWebhook };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveDelivery(this, CHATMITRA, 'chatMitraWebhookApi');
	}
}
