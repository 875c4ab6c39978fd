import type { IAuthenticateGeneric, Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { provider } from '../nodes/Chirp/provider';
import { secondOwnSecretField, webhookSecretField } from '../nodes/shared/n8n/editor/secret-fields';

export class ChirpApi implements ICredentialType {
	name = 'chirpApi';

	displayName = 'Chirp API';

	icon: Icon = {
		light: 'file:../nodes/Chirp/icon.svg',
		dark: 'file:../nodes/Chirp/icon.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-whatsapp-triggers/n8n-nodes-whatsapp-triggers/blob/main/nodes/Chirp/README.md';

	properties: INodeProperties[] = [
		{
			displayName: 'App Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				"Your application's key in Chirp. It begins with sk_live_app_ or sk_test_app_. Unpublish the workflows that use this credential before you change it.",
			hint: 'Required for automatic setup (the default). Leave empty for manual setup.',
		},
		webhookSecretField(
			provider,
			'Chirp sends it with every delivery, in the header below',
			'Make up a long random text, such as a password manager makes. If you change it, unpublish and publish again.',
		),
		secondOwnSecretField,
		{
			displayName: 'Header Name',
			name: 'headerName',
			type: 'string',
			default: 'X-Webhook-Secret',
			description:
				'The header that carries the Webhook Secret. Not a standard one such as Authorization.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.buildwithchirp.com',
			description: "The address of Chirp's API",
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.apiKey}}' } },
	};
}
