import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { access } from '../nodes/ChatMitra/credential';
import { provider } from '../nodes/ChatMitra/provider';
import {
	requestKeyField,
	secondWebhookSecretField,
	webhookSecretField,
} from '../nodes/shared/n8n/editor/credential-properties';
import { authenticateWith } from '../nodes/shared/n8n/api/authenticate';

export class ChatMitraWebhookApi implements ICredentialType {
	name = 'chatMitraWebhookApi';

	displayName = 'ChatMitra Webhook API';

	icon: Icon = {
		light: 'file:../nodes/ChatMitra/icon.svg',
		dark: 'file:../nodes/ChatMitra/icon.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-whatsapp-triggers/n8n-nodes-whatsapp-triggers/blob/main/nodes/ChatMitra/README.md';

	properties: INodeProperties[] = [
		webhookSecretField(
			provider,
			'The secret of the webhook. Every webhook has its own.',
			'In ChatMitra: Dashboard → Settings → API & Integrations → Webhooks → Add Webhook. It is shown once.',
		),
		secondWebhookSecretField,
		requestKeyField(
			access,
			"The token of ChatMitra's API. In ChatMitra: Dashboard → Settings → API & Integrations.",
			{
				hint: "Optional. For HTTP Request nodes that send replies or get files. n8n can't test it.",
			},
		),
	];

	authenticate = authenticateWith(access);
}
