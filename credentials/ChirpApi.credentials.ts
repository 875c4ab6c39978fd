import type { IAuthenticateGeneric, Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { secondWebhookSecretField, webhookSecretField } from '../nodes/shared/n8n/secret-fields';

export class ChirpApi implements ICredentialType {
	name = 'chirpApi';

	displayName = 'Chirp API';

	icon: Icon = {
		light: 'file:../nodes/Chirp/chirp.svg',
		dark: 'file:../nodes/Chirp/chirp.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-whatsapp-triggers/n8n-nodes-whatsapp-triggers/blob/main/docs/chirp.md';

	properties: INodeProperties[] = [
		webhookSecretField(
			'Chirp sends it along with every delivery, in the header below',
			'Make up a long random text, for example with a password manager. After a change unpublish the workflow and publish it again, so that Chirp gets the new one.',
		),
		secondWebhookSecretField,
		{
			displayName: 'App Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'The key of your application in Chirp. Automatic setup needs it; manual setup does not.',
			hint: 'In Chirp: your application. It begins with sk_live_app_ or sk_test_app_.',
		},
		{
			displayName: 'Header Name',
			name: 'headerName',
			type: 'string',
			default: 'X-Webhook-Secret',
			description: 'The header that carries the webhook secret',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.buildwithchirp.com',
			description: "Where Chirp's API is",
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.apiKey}}' } },
	};
}
