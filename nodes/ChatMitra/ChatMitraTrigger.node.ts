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
} from '../shared/core/secret-checks';
import { secretTest } from '../shared/n8n/credential-test';
import { deliveryWebhook } from '../shared/n8n/delivery-webhook';
import { manualWebhook } from '../shared/n8n/manual-webhook';
import { outputsExpression } from '../shared/n8n/outputs';
import { eventsParameter, noEventsHint, optionsParameter } from '../shared/n8n/parameters';
import { receiveDelivery } from '../shared/n8n/receive-delivery';
import { CHATMITRA } from './chatmitra';

export class ChatMitraTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'ChatMitra Trigger',
		name: 'chatMitraTrigger',
		icon: { light: 'file:chatMitra.svg', dark: 'file:chatMitra.dark.svg' },
		group: ['trigger'],
		version: 2,
		subtitle:
			'={{ ($parameter.events || []).join(", ").replaceAll("message.", "") || "no event selected" }}',
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
		webhooks: [deliveryWebhook],
		eventTriggerDescription: 'Waiting for ChatMitra to send an event to the test URL',
		activationMessage: 'ChatMitra events sent to the production URL now start this workflow.',
		hints: [noEventsHint],
		triggerPanel: {
			header: 'Receive events from ChatMitra',
			executionsHelp: {
				inactive:
					'<b>While you build:</b> click Execute step, then click Test Webhook in ChatMitra for the webhook that has the Test URL of this node.<br /><br /><b>When it works:</b> publish the workflow, add a webhook with the Production URL in ChatMitra, and put its secret into the credential: every webhook has its own. From then on events start the workflow by themselves and appear in the list of executions, not here.',
				active:
					'<b>While you build:</b> add a webhook of its own in ChatMitra with the Test URL of this node, click Execute step, then click Test Webhook in ChatMitra. Every webhook has its own secret: enter that of the second one as Previous Webhook Secret.<br /><br /><b>This workflow is published:</b> events that ChatMitra sends to the Production URL start it, and appear in the <a data-key="executions">list of executions</a>, not here.',
			},
			activationHint:
				'When the workflow works, publish it and add a webhook with the production URL in ChatMitra: Dashboard → Settings → API & Integrations → Webhooks',
		},
		properties: [
			{
				displayName:
					'In ChatMitra open Dashboard → Settings → API & Integrations → Webhooks → Add Webhook and paste the URL from Webhook URLs above: the Test URL while you build, the Production URL once this workflow is published. Choose all events and click Create Webhook. Copy the secret into the credential above at once: ChatMitra shows it only this time.',
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
				checkNotMasked,
				checkNoWhiteSpace,
				checkNotSignature,
			]),
		},
	};

	webhookMethods = { default: manualWebhook };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveDelivery(this, CHATMITRA, 'chatMitraWebhookApi');
	}
}
