import type { IAuthenticateGeneric, Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { provider } from '../nodes/Waha/provider';
import { secondOwnSecretField, webhookSecretField } from '../nodes/shared/n8n/secret-fields';

export class WahaWebhookApi implements ICredentialType {
	name = 'wahaWebhookApi';

	displayName = 'WAHA Webhook API';

	icon: Icon = {
		light: 'file:../nodes/Waha/icon.svg',
		dark: 'file:../nodes/Waha/icon.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-whatsapp-triggers/n8n-nodes-whatsapp-triggers/blob/main/nodes/Waha/README.md';

	properties: INodeProperties[] = [
		webhookSecretField(
			provider,
			'WAHA signs every delivery with it. In its API this is the key under hmac of the webhook.',
			'Make up a long random text, such as a password manager makes. Changed it? Unpublish, then publish again.',
		),
		secondOwnSecretField,
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'The API key of your WAHA, which it has as WAHA_API_KEY. Unpublish the workflows that use this credential before you change it.',
			hint: 'Needed for automatic setup, the default; empty for manual',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'http://waha:3000',
			description:
				'Where your WAHA is, as n8n reaches it. Within your own network http:// will do.',
			hint: 'In Docker the name of the container and its port, as here',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { 'X-Api-Key': '={{$credentials.apiKey}}' } },
	};
}
