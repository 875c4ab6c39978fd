import type { IAuthenticateGeneric, Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { provider } from '../nodes/Dialog360/provider';
import { secondOwnSecretField, webhookSecretField } from '../nodes/shared/n8n/editor/secret-fields';

export class Dialog360WebhookApi implements ICredentialType {
	name = 'dialog360WebhookApi';

	displayName = '360dialog Webhook API';

	icon: Icon = {
		light: 'file:../nodes/Dialog360/icon.svg',
		dark: 'file:../nodes/Dialog360/icon.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-whatsapp-triggers/n8n-nodes-whatsapp-triggers/blob/main/nodes/Dialog360/README.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Verify By',
			name: 'verifyBy',
			type: 'options',
			options: [
				{
					name: 'Custom Header',
					value: 'header',
					description: 'For direct clients: 360dialog sends your secret in a header',
				},
				{
					name: 'Signature (Partners)',
					value: 'signature',
					description: 'For partners: 360dialog signs with the Platform Secret',
				},
			],
			default: 'header',
			description: 'How a delivery proves that it is from 360dialog',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'The API key of the number, from the 360dialog Hub. Unpublish the workflows that use this credential before you change it.',
			hint: 'Required for automatic setup (the default). Leave empty for manual setup.',
		},
		webhookSecretField(
			provider,
			'360dialog sends it with every delivery, in the header below. For partners, it is the Platform Secret.',
			'Make up a long random text. Partners: copy the Platform Secret from the Partner Hub.',
		),
		secondOwnSecretField,
		{
			displayName: 'Header Name',
			name: 'headerName',
			type: 'string',
			default: 'X-Webhook-Secret',
			description:
				'The header that carries the Webhook Secret. Not a standard one such as Authorization.',
			displayOptions: { show: { verifyBy: ['header'] } },
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://waba-v2.360dialog.io',
			description: "The address of 360dialog's Messaging API",
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { 'D360-API-KEY': '={{$credentials.apiKey}}' } },
	};
}
