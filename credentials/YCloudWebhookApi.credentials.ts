import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { access } from '../nodes/YCloud/credential';
import { provider } from '../nodes/YCloud/provider';
import {
	requestKeyField,
	secondWebhookSecretField,
	webhookSecretField,
} from '../nodes/shared/n8n/editor/credential-properties';
import { authenticateWith } from '../nodes/shared/n8n/api/authenticate';

export class YCloudWebhookApi implements ICredentialType {
	name = 'yCloudWebhookApi';

	displayName = 'YCloud Webhook API';

	icon: Icon = {
		light: 'file:../nodes/YCloud/icon.svg',
		dark: 'file:../nodes/YCloud/icon.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-whatsapp-triggers/n8n-nodes-whatsapp-triggers/blob/main/nodes/YCloud/README.md';

	properties: INodeProperties[] = [
		webhookSecretField(
			provider,
			'The signing secret of the endpoint, with its whsec_ prefix',
			'In YCloud: Developers → Webhook → the signing secret of the endpoint. It begins with whsec_.',
		),
		secondWebhookSecretField,
		requestKeyField(access, 'The API key of your account. In YCloud: Developers → API Keys.'),
	];

	authenticate = authenticateWith(access);
}
