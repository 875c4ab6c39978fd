import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { access } from '../nodes/Meta/credential';
import { provider } from '../nodes/Meta/provider';
import {
	apiKeyField,
	baseUrlField,
	secondWebhookSecretField,
	webhookSecretField,
} from '../nodes/shared/n8n/editor/credential-properties';
import { authenticateWith } from '../nodes/shared/n8n/api/authenticate';

export class MetaWebhookApi implements ICredentialType {
	name = 'metaWebhookApi';

	displayName = 'Meta WhatsApp Webhook API';

	icon: Icon = {
		light: 'file:../nodes/Meta/icon.svg',
		dark: 'file:../nodes/Meta/icon.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-whatsapp-triggers/n8n-nodes-whatsapp-triggers/blob/main/nodes/Meta/README.md';

	properties: INodeProperties[] = [
		webhookSecretField(
			provider,
			'The secret of your app at Meta, which signs every delivery with it',
			'In the App Dashboard: App settings → Basic → App secret → Show',
		),
		secondWebhookSecretField,
		{
			displayName: 'Verify Token',
			name: 'verifyToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Meta sends it when it verifies your Callback URL',
			hint: 'Make up a long random text. With manual setup, enter the same at Meta, next to the Callback URL.',
		},
		apiKeyField(
			access,
			'The token of a system user with the permissions whatsapp_business_management and whatsapp_business_messaging.',
		),
		{
			displayName: 'App ID',
			name: 'appId',
			type: 'string',
			default: '',
			description: 'The ID of your app at Meta: App settings → Basic → App ID',
			hint: 'Required for the automatic setup of a whole account only',
		},
		baseUrlField(access, "The address of Meta's Graph API, without a version"),
	];

	authenticate = authenticateWith(access);
}
