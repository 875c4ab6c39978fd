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
import { secretFormTest } from '../shared/n8n/credential-test';
import { deliveryWebhook } from '../shared/n8n/delivery-webhook';
import { manualWebhook } from '../shared/n8n/manual-webhook';
import { eventsSubtitle, setupNotice, triggerPanel } from '../shared/n8n/editor-texts';
import { outputsExpression } from '../shared/n8n/outputs';
import { eventsParameter, noEventsHint, optionsParameter } from '../shared/n8n/parameters';
import { receiveDelivery } from '../shared/n8n/receive-delivery';
import { provider } from './provider';

export class PingMateTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'PingMate Trigger',
		name: 'pingMateTrigger',
		icon: { light: 'file:icon.svg', dark: 'file:icon.dark.svg' },
		group: ['trigger'],
		version: 2,
		subtitle: eventsSubtitle,
		description: 'Starts the workflow when PingMate reports a WhatsApp message, status or form',
		defaults: { name: 'PingMate Trigger' },
		inputs: [],
		outputs: outputsExpression(provider),
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
		triggerPanel: triggerPanel({
			displayName: provider.displayName,
			sendTest: '<b>Send Test Event</b> on the endpoint in PingMate',
			whileBuilding: 'the endpoint in PingMate has the Test URL',
			goLive: {
				short:
					' and put the Production URL into PingMate: Dashboard → Webhook → the endpoint → Endpoint URL, then Save Changes (top right)',
				full: ', change the Endpoint URL in PingMate to the Production URL and click Save Changes (top right)',
			},
			tryChange:
				'add an endpoint of its own in PingMate with the Test URL, enter its secret as Second Webhook Secret, click Execute step, then click Send Test Event on that endpoint.',
		}),
		properties: [
			setupNotice([
				'In PingMate open Dashboard → Webhook and click Add Endpoint.',
				'Paste the Test URL from Webhook URLs above, enter a description, tick all Event Types and click Create Endpoint.',
				'Open the endpoint and copy its Signing secret (whsec_…) into the credential above.',
				'Once this workflow is published, change the Endpoint URL to the Production URL and click Save Changes (top right).',
			]),
			eventsParameter(provider),
			optionsParameter,
		],
	};

	methods = {
		credentialTest: {
			pingMateWebhookApiTest: secretFormTest(provider.secretLocation, [
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
		return await receiveDelivery(this, provider);
	}
}
