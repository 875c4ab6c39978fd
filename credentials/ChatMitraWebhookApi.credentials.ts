import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

export class ChatMitraWebhookApi implements ICredentialType {
	name = 'chatMitraWebhookApi';

	displayName = 'ChatMitra Webhook API';

	icon: Icon = {
		light: 'file:../nodes/ChatMitra/chatMitra.svg',
		dark: 'file:../nodes/ChatMitra/chatMitra.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-whatsapp-triggers/n8n-nodes-whatsapp-triggers#readme';

	properties: INodeProperties[] = [
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'The secret of the webhook. ChatMitra shows it once, when you click Create Webhook under Dashboard → Settings → API & Integrations → Webhooks.',
		},
		{
			displayName: 'Previous Webhook Secret',
			name: 'previousWebhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'The old secret, while you change to a new one: deliveries signed with either are accepted. Empty it afterwards.',
		},
	];
}
