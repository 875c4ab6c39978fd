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
import { secretFormTest } from '../shared/n8n/credential-test';
import { deliveryWebhook } from '../shared/n8n/delivery-webhook';
import { manualWebhook } from '../shared/n8n/manual-webhook';
import { eventsSubtitle, setupNotice, triggerPanel } from '../shared/n8n/editor-texts';
import { outputsExpression } from '../shared/n8n/outputs';
import { eventsParameter, noEventsHint, optionsParameter } from '../shared/n8n/parameters';
import { receiveDelivery } from '../shared/n8n/receive-delivery';
import { provider } from './provider';

export class ChatMitraTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'ChatMitra Trigger',
		name: 'chatMitraTrigger',
		icon: { light: 'file:icon.svg', dark: 'file:icon.dark.svg' },
		group: ['trigger'],
		version: 2,
		subtitle: eventsSubtitle,
		description: 'Starts the workflow when ChatMitra reports a WhatsApp message or status',
		defaults: { name: 'ChatMitra Trigger' },
		inputs: [],
		outputs: outputsExpression(provider),
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
		triggerPanel: triggerPanel({
			displayName: provider.displayName,
			sendTest: '<b>Test Webhook</b> in ChatMitra',
			whileBuilding: 'ChatMitra has a webhook with the Test URL',
			goLive: {
				short:
					', add a webhook with the Production URL in ChatMitra (Dashboard → Settings → API & Integrations → Webhooks), and click Test Webhook on that one too',
				full: ' and add a webhook with the Production URL in ChatMitra. It has a secret of its own: paste it as Second Webhook Secret, then click Test Webhook on this one too',
			},
			tryChange:
				'click Execute step, then Test Webhook on the webhook in ChatMitra that has the Test URL. If there is none, add one, and paste its secret into the field of the credential that is free.',
		}),
		properties: [
			setupNotice([
				'In ChatMitra open Dashboard → Settings → API & Integrations → Webhooks and click Add Webhook.',
				'Paste the Test URL from Webhook URLs above, choose all events and click Create Webhook.',
				'Copy the secret into the credential above at once: ChatMitra shows it only this time.',
				'Once this workflow is published, add a webhook with the Production URL. It has a secret of its own: paste it as Second Webhook Secret. Then click Test Webhook on this one too: ChatMitra sends events once a webhook was tested.',
			]),
			eventsParameter(provider),
			optionsParameter,
		],
	};

	methods = {
		credentialTest: {
			chatMitraWebhookApiTest: secretFormTest(provider.secretLocation, [
				checkPadding,
				checkNotMasked,
				checkNoWhiteSpace,
				checkNotSignature,
			]),
		},
	};

	webhookMethods = { default: manualWebhook };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveDelivery(this, provider);
	}
}
