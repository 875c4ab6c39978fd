import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { access } from '../nodes/Dialog360/credential';
import { provider } from '../nodes/Dialog360/provider';
import {
	apiKeyField,
	baseUrlField,
	headerNameField,
	secondOwnSecretField,
	webhookSecretField,
} from '../nodes/shared/n8n/editor/credential-properties';
import { authenticateWith } from '../nodes/shared/n8n/api/authenticate';

export class Dialog360WebhookApi implements ICredentialType {
	name = 'dialog360WebhookApi';

	displayName = '360dialog Webhook API';

	icon: Icon = {
		light: 'file:../nodes/Dialog360/icon.svg',
		dark: 'file:../nodes/Dialog360/icon.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-whatsapp-triggers/n8n-nodes-whatsapp-triggers/blob/main/nodes/Dialog360/README.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Verify By',
			name: 'verifyBy',
			type: 'options',
			options: [
				{
					name: 'Custom Header',
					value: 'header',
					description: 'For direct clients: 360dialog sends your secret in a header',
				},
				{
					name: 'Signature (Partners)',
					value: 'signature',
					description: 'For partners: 360dialog signs with the Platform Secret',
				},
			],
			default: 'header',
			description: 'How a delivery proves that it is from 360dialog',
		},
		apiKeyField(access, 'The API key of the number, from the 360dialog Hub.'),
		webhookSecretField(
			provider,
			'360dialog sends it with every delivery, in the header below. For partners, it is the Platform Secret.',
			'Make up a long random text. Partners: copy the Platform Secret from the Partner Hub.',
		),
		secondOwnSecretField,
		{ ...headerNameField, displayOptions: { show: { verifyBy: ['header'] } } },
		baseUrlField(access, "The address of 360dialog's Messaging API"),
	];

	authenticate = authenticateWith(access);
}
