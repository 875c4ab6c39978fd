import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { access } from '../nodes/ChakraHq/credential';
import { provider } from '../nodes/ChakraHq/provider';
import {
	requestKeyField,
	secondWebhookSecretField,
	webhookSecretField,
} from '../nodes/shared/n8n/editor/credential-properties';
import { authenticateWith } from '../nodes/shared/n8n/api/authenticate';

export class ChakraHqWebhookApi implements ICredentialType {
	name = 'chakraHqWebhookApi';

	displayName = 'ChakraHQ Webhook API';

	icon: Icon = {
		light: 'file:../nodes/ChakraHq/icon.svg',
		dark: 'file:../nodes/ChakraHq/icon.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-whatsapp-triggers/n8n-nodes-whatsapp-triggers/blob/main/nodes/ChakraHq/README.md';

	properties: INodeProperties[] = [
		webhookSecretField(
			provider,
			'The HMAC secret of your team, one for all its numbers',
			'Make up a long random text. Enter the same here and in ChakraHQ: Admin → Team → Secrets.',
		),
		secondWebhookSecretField,
		requestKeyField(
			access,
			'The access token of an API key. In ChakraHQ, create a key under API Keys, open it, and copy the token under Access Tokens.',
		),
	];

	authenticate = authenticateWith(access);
}
