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

export class YCloudTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'YCloud Trigger',
		name: 'yCloudTrigger',
		icon: { light: 'file:icon.svg', dark: 'file:icon.dark.svg' },
		group: ['trigger'],
		version: 2,
		subtitle: eventsSubtitle,
		description:
			'Starts the workflow when YCloud reports a WhatsApp message, an SMS, a status, a template or a contact',
		defaults: { name: 'YCloud Trigger' },
		inputs: [],
		outputs: outputsExpression(provider),
		credentials: [
			{
				name: 'yCloudWebhookApi',
				required: true,
				testedBy: 'yCloudWebhookApiTest',
			},
		],
		webhooks: [deliveryWebhook],
		eventTriggerDescription: 'Now send a WhatsApp message to your number',
		activationMessage:
			'From now on YCloud events start this workflow, once the endpoint in YCloud has the Production URL in place of the Test URL.',
		hints: [noEventsHint],
		triggerPanel: triggerPanel({
			displayName: provider.displayName,
			sendTest: '<b>send a WhatsApp message</b> to your number',
			whileBuilding: 'the endpoint in YCloud has the Test URL',
			goLive: {
				short:
					' and put the Production URL into YCloud: Developers → Webhooks → the endpoint, in place of the Test URL',
				full: ', then change the URL of the endpoint in YCloud to the Production URL',
			},
			tryChange:
				'add an endpoint of its own in YCloud with the Test URL, enter its secret as Second Webhook Secret, click Execute step, then send a WhatsApp message to your number.',
		}),
		properties: [
			setupNotice([
				'In YCloud open Developers → Webhooks and click Add Endpoint.',
				'Paste the Test URL from Webhook URLs above, and select the events, those that begin with whatsapp at least.',
				"Save the endpoint, and copy the endpoint's secret (whsec_…) whole into the credential above.",
				'Once this workflow is published, change the URL of the endpoint to the Production URL.',
			]),
			eventsParameter(provider),
			optionsParameter,
		],
	};

	methods = {
		credentialTest: {
			yCloudWebhookApiTest: secretFormTest(provider.secretLocation, [
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
