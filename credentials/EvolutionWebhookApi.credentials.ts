import type { IAuthenticateGeneric, Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { provider } from '../nodes/Evolution/provider';
import { secondOwnSecretField, webhookSecretField } from '../nodes/shared/n8n/editor/secret-fields';

export class EvolutionWebhookApi implements ICredentialType {
	name = 'evolutionWebhookApi';

	displayName = 'Evolution Webhook API';

	icon: Icon = {
		light: 'file:../nodes/Evolution/icon.svg',
		dark: 'file:../nodes/Evolution/icon.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-whatsapp-triggers/n8n-nodes-whatsapp-triggers/blob/main/nodes/Evolution/README.md';

	properties: INodeProperties[] = [
		webhookSecretField(
			provider,
			'Evolution API sends it with every delivery, in the header below. Not the API key, which is in every delivery.',
			'Make up a long random text, such as a password manager makes. If you change it, unpublish and publish again.',
		),
		secondOwnSecretField,
		{
			displayName: 'Header Name',
			name: 'headerName',
			type: 'string',
			default: 'X-Webhook-Secret',
			description:
				'The header that carries the Webhook Secret. Not a standard one such as Authorization, and not jwt_key.',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				"The instance's key, or the global AUTHENTICATION_API_KEY. Unpublish the workflows that use this credential before you change it.",
			hint: 'Required for automatic setup (the default). Leave empty for manual setup.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'http://evolution:8080',
			description:
				'The address of your Evolution API, as n8n reaches it. Within your own network, http:// is enough.',
			hint: "In Docker, the container's name and port, as here",
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { apikey: '={{$credentials.apiKey}}' } },
	};
}
