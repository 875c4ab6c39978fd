import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

export class PingMateWebhookApi implements ICredentialType {
	name = 'pingMateWebhookApi';

	displayName = 'PingMate Webhook API';

	icon: Icon = {
		light: 'file:../nodes/PingMate/pingMate.svg',
		dark: 'file:../nodes/PingMate/pingMate.dark.svg',
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
				'The signing secret of the endpoint, with its whsec_ prefix. In PingMate: Dashboard → Webhook → open the endpoint → Signing secret.',
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
