import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { access } from '../nodes/Twilio/credential';
import { provider } from '../nodes/Twilio/provider';
import {
	requestKeyField,
	secondWebhookSecretField,
	webhookSecretField,
} from '../nodes/shared/n8n/editor/credential-properties';
import { authenticateWith } from '../nodes/shared/n8n/api/authenticate';

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
		requestKeyField(
			access,
			"Twilio's API takes it together with the Auth Token above. In the Twilio Console: Account Dashboard → Account Info → Account SID. It begins with AC.",
			{ isPublic: true },
		),
	];

	authenticate = authenticateWith(access);
}
