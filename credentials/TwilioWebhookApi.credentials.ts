import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { provider } from '../nodes/Twilio/provider';
import {
	secondWebhookSecretField,
	webhookSecretField,
} from '../nodes/shared/n8n/editor/credential-properties';

export class TwilioWebhookApi implements ICredentialType {
	name = 'twilioWebhookApi';

	displayName = 'Twilio Webhook API';

	icon: Icon = {
		light: 'file:../nodes/Twilio/icon.svg',
		dark: 'file:../nodes/Twilio/icon.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-whatsapp-triggers/n8n-nodes-whatsapp-triggers/blob/main/nodes/Twilio/README.md';

	properties: INodeProperties[] = [
		webhookSecretField(
			provider,
			'The primary Auth Token of the account or subaccount that the number belongs to. Twilio signs with no other.',
			'In the Twilio Console: Account Dashboard → Account Info → Auth Token. Not an API key.',
		),
		secondWebhookSecretField,
	];
}
