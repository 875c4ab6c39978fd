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
			'={{ ($parameter.events || []).map((event) => event.replace("message.", "").split(".")[0]).join(", ") || "no event selected" }}',
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
		eventTriggerDescription: 'Now click Test Webhook in ChatMitra',
		activationMessage:
			'From now on ChatMitra events start this workflow, once ChatMitra has a webhook with the Production URL, the credential has its secret, and you have clicked Test Webhook on it.',
		hints: [noEventsHint],
		triggerPanel: {
			header: 'Receive events from ChatMitra',
			executionsHelp: {
				inactive:
					'<b>While you build:</b> ChatMitra has a webhook with the Test URL. Each click on Execute step takes one delivery, and shows it whether its event is selected or not.<br /><br /><b>When it works:</b> publish the workflow and add a webhook with the Production URL in ChatMitra. It has a secret of its own: paste it as Second Webhook Secret, then click Test Webhook on this one too. From then on events start the workflow by themselves and appear in the list of executions, not here; so does what had to be refused, in red.',
				active:
					'<b>To try a change:</b> click Execute step, then Test Webhook on the webhook in ChatMitra that has the Test URL. If there is none, add one, and paste its secret into the field of the credential that is free.',
			},
			activationHint: {
				inactive:
					'Click Execute step, then <b>Test Webhook</b> in ChatMitra. When the workflow works, publish it, add a webhook with the Production URL in ChatMitra (Dashboard → Settings → API & Integrations → Webhooks), and click Test Webhook on that one too.',
				active:
					'This workflow is published: events that ChatMitra sends to the Production URL start it, and appear in the <a data-key="executions">list of executions</a>, not here.',
			},
		},
		properties: [
			{
				displayName:
					'<ul><li>In ChatMitra open Dashboard → Settings → API & Integrations → Webhooks and click Add Webhook.</li><li>Paste the Test URL from Webhook URLs above, choose all events and click Create Webhook.</li><li>Copy the secret into the credential above at once: ChatMitra shows it only this time.</li><li>Once this workflow is published, add a webhook with the Production URL. It has a secret of its own: paste it as Second Webhook Secret. Then click Test Webhook on this one too: ChatMitra sends events once a webhook was tested.</li></ul>',
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
