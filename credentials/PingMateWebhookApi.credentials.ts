import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { provider } from '../nodes/PingMate/provider';
import {
	secondWebhookSecretField,
	webhookSecretField,
} from '../nodes/shared/n8n/editor/credential-properties';

export class PingMateWebhookApi implements ICredentialType {
	name = 'pingMateWebhookApi';

	displayName = 'PingMate Webhook API';

	icon: Icon = {
		light: 'file:../nodes/PingMate/icon.svg',
		dark: 'file:../nodes/PingMate/icon.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-whatsapp-triggers/n8n-nodes-whatsapp-triggers/blob/main/nodes/PingMate/README.md';

	properties: INodeProperties[] = [
		webhookSecretField(
			provider,
			'The signing secret of the endpoint, with its whsec_ prefix',
			'In PingMate: Dashboard → Webhook → open the endpoint → Signing secret. It begins with whsec_.',
		),
		secondWebhookSecretField,
	];
}
