import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { access } from '../nodes/Waha/credential';
import { provider } from '../nodes/Waha/provider';
import {
	apiKeyField,
	baseUrlField,
	secondOwnSecretField,
	webhookSecretField,
} from '../nodes/shared/n8n/editor/credential-properties';
import { authenticateWith } from '../nodes/shared/n8n/api/authenticate';

export class WahaWebhookApi implements ICredentialType {
	name = 'wahaWebhookApi';

	displayName = 'WAHA Webhook API';

	icon: Icon = {
		light: 'file:../nodes/Waha/icon.svg',
		dark: 'file:../nodes/Waha/icon.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-whatsapp-triggers/n8n-nodes-whatsapp-triggers/blob/main/nodes/Waha/README.md';

	properties: INodeProperties[] = [
		webhookSecretField(
			provider,
			"WAHA signs every delivery with it. In WAHA's API, it's the webhook's hmac.key.",
			'Make up a long random text, such as a password manager makes. If you change it, unpublish and publish again.',
		),
		secondOwnSecretField,
		apiKeyField(access, 'The value of WAHA_API_KEY. If your WAHA has no key, enter any text.'),
		{
			...baseUrlField(
				access,
				'The address of your WAHA, as n8n reaches it. Within your own network, http:// is enough.',
			),
			hint: "In Docker, the container's name and port, as here",
		},
	];

	authenticate = authenticateWith(access);
}
