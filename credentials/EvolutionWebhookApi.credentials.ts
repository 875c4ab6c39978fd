import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { access } from '../nodes/Evolution/credential';
import { provider } from '../nodes/Evolution/provider';
import {
	apiKeyField,
	baseUrlField,
	headerNameField,
	secondOwnSecretField,
	webhookSecretField,
} from '../nodes/shared/n8n/editor/credential-properties';
import { authenticateWith } from '../nodes/shared/n8n/api/authenticate';

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
			...headerNameField,
			description:
				'The header that carries the Webhook Secret. Not a standard one such as Authorization, and not jwt_key.',
		},
		apiKeyField(access, "The instance's key, or the global AUTHENTICATION_API_KEY."),
		{
			...baseUrlField(
				access,
				'The address of your Evolution API, as n8n reaches it. Within your own network, http:// is enough.',
			),
			hint: "In Docker, the container's name and port, as here",
		},
	];

	authenticate = authenticateWith(access);
}
