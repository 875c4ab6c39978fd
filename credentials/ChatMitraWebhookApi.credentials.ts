import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { provider } from '../nodes/ChatMitra/provider';
import {
	secondWebhookSecretField,
	webhookSecretField,
} from '../nodes/shared/n8n/editor/credential-properties';

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
	];
}
