import type {
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { eventsSubtitle, triggerPanel } from '../shared/n8n/editor/editor-texts';
import { deliveryWebhook, handshakeWebhook } from '../shared/n8n/editor/webhooks';
import { manualWebhook } from '../shared/n8n/setup/manual-webhook';
import { triggerDefaults } from '../shared/n8n/editor/trigger-defaults';
import { idParameter } from '../shared/n8n/editor/id-parameter';
import { deliveryParameters } from '../shared/n8n/editor/parameters';
import { receiveDelivery } from '../shared/n8n/receive/receive-delivery';
import { testMetaCredential } from './credential-test';
import { setupChoice } from '../shared/n8n/editor/setup-choice';
import { searchAccounts, searchPhoneNumbers } from './lists';
import { provider } from './provider';
import { metaWebhook } from './webhook';

/** What Meta's IDs look like; a phone number may be typed by mistake. */
const DIGITS = {
	regex: '^\\s*\\d+\\s*$',
	errorMessage: "Meta's ID has digits only. It isn't the phone number itself.",
};

export class MetaTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Meta WhatsApp Trigger',
		name: 'metaTrigger',
		icon: { light: 'file:icon.svg', dark: 'file:icon.dark.svg' },
		...triggerDefaults('Meta WhatsApp Trigger', provider),
		subtitle: eventsSubtitle,
		description:
			"Starts the workflow when Meta's Cloud API reports a WhatsApp message, status, form, or account change",
		credentials: [
			{
				name: 'metaWebhookApi',
				required: true,
				testedBy: 'metaWebhookApiTest',
			},
		],
		// The GET first: n8n publishes a node that failed once without the webhooks before the one that failed.
		webhooks: [handshakeWebhook, deliveryWebhook],
		eventTriggerDescription: 'Now send a WhatsApp message to your number',
		activationMessage:
			'With automatic setup, Meta sends the events to this workflow from now on. With manual setup, enter the Production URL as Callback URL in the App Dashboard and click Verify and save.',
		triggerPanel: triggerPanel({
			displayName: provider.displayName,
			sendTest:
				'<b>send a WhatsApp message</b> to your number, or click <b>Test</b> next to a webhook field in the App Dashboard',
			whileBuilding:
				'with automatic setup, Execute step has Meta send the events of your number to the Test URL; with manual setup, click Execute step first, then enter that URL as Callback URL and click Verify and save',
			goLive:
				'. With automatic setup, Meta then has the Production URL; with manual setup, enter it as Callback URL and click Verify and save',
			tryChange:
				'click Execute step. With automatic setup, Meta sends the events to the Test URL while n8n listens, and to the Production URL again afterwards.',
		}),
		properties: [
			...setupChoice(provider, {
				automatic: {
					description:
						'For several workflows on one app. Needs an Access Token and IDs. While the workflow is published, Meta sends the events of a number or an account here.',
					steps: [
						'For one number and one workflow, Manual needs only two values: App Secret and Verify Token. Automatic is for several workflows on one app, and needs an Access Token and IDs. The app must already have a Callback URL and be subscribed to the webhook field messages: App Dashboard → WhatsApp → Configuration.',
						'In the credential above, enter the App Secret, a Verify Token that you make up, and the Access Token of a system user. Below, choose the number or account.',
						'Click Execute step: Meta sends the events to the Test URL while n8n listens.',
						'When the test works, publish this workflow: Meta then sends them to the Production URL. Unpublishing restores the previous URL. Templates and account changes always go to the Callback URL of the app.',
					],
				},
				manual: {
					description:
						'For one number and one workflow. Needs two values, the App Secret and a Verify Token. You enter the Callback URL of your app in the App Dashboard yourself.',
					steps: [
						'In the credential above, enter the App Secret (App Dashboard → App settings → Basic) and make up a Verify Token, a long random text.',
						'Open Webhook URLs above, copy the Test URL, and click Execute step. Meta calls the URL right away, so n8n must be listening.',
						'In the App Dashboard, open WhatsApp → Configuration. Paste the URL as Callback URL and the same Verify Token, and click Verify and save. Under Webhook fields, subscribe to messages and to whatever else you want to receive.',
						'When the test works, publish this workflow. In the same place, enter the Production URL and click Verify and save.',
					],
				},
			}),
			{
				displayName: 'Receive For',
				name: 'receiveFor',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'One Phone Number',
						value: 'number',
						description: 'Sends its events here, even if the account has another URL',
					},
					{
						name: 'Whole Account',
						value: 'account',
						description: 'The events of all its numbers without their own URL',
					},
				],
				default: 'number',
				description:
					'Whose events Meta sends here. Meta allows one URL for each number and one for the account.',
				displayOptions: { show: { webhookSetup: ['automatic'] } },
			},
			idParameter({
				displayName: 'Phone Number ID',
				name: 'phoneNumberId',
				listMethod: 'searchPhoneNumbers',
				placeholder: 'e.g. 106540352242922',
				pattern: DIGITS,
				description:
					"Choose the number from the list, or enter its ID at Meta, which isn't the phone number itself",
				hint: 'App Dashboard → WhatsApp → API Setup → Phone number ID',
				displayOptions: { show: { webhookSetup: ['automatic'], receiveFor: ['number'] } },
			}),
			idParameter({
				displayName: 'WhatsApp Business Account ID',
				name: 'accountId',
				listMethod: 'searchAccounts',
				placeholder: 'e.g. 102290129340398',
				pattern: DIGITS,
				description:
					'Choose the account that owns the numbers from the list, or enter its ID at Meta',
				hint: 'App Dashboard → WhatsApp → API Setup → WhatsApp Business Account ID',
				displayOptions: { show: { webhookSetup: ['automatic'], receiveFor: ['account'] } },
			}),
			...deliveryParameters(provider),
		],
	};

	methods = {
		credentialTest: { metaWebhookApiTest: testMetaCredential },
		listSearch: { searchPhoneNumbers, searchAccounts },
	};

	// By the GET: Meta calls the URL while it is being registered.
	webhookMethods = { default: manualWebhook, setup: metaWebhook };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveDelivery(this, provider);
	}
}
