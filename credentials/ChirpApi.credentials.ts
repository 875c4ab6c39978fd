import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { access } from '../nodes/Chirp/credential';
import { provider } from '../nodes/Chirp/provider';
import {
	apiKeyField,
	baseUrlField,
	headerNameField,
	secondOwnSecretField,
	webhookSecretField,
} from '../nodes/shared/n8n/editor/credential-properties';
import { authenticateWith } from '../nodes/shared/n8n/api/authenticate';

export class ChirpApi implements ICredentialType {
	name = 'chirpApi';

	displayName = 'Chirp API';

	icon: Icon = {
		light: 'file:../nodes/Chirp/icon.svg',
		dark: 'file:../nodes/Chirp/icon.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-whatsapp-triggers/n8n-nodes-whatsapp-triggers/blob/main/nodes/Chirp/README.md';

	properties: INodeProperties[] = [
		apiKeyField(
			access,
			"Your application's key in Chirp. It begins with sk_live_app_ or sk_test_app_.",
		),
		webhookSecretField(
			provider,
			'Chirp sends it with every delivery, in the header below',
			'Make up a long random text, such as a password manager makes. If you change it, unpublish and publish again.',
		),
		secondOwnSecretField,
		headerNameField,
		baseUrlField(access, "The address of Chirp's API"),
	];

	authenticate = authenticateWith(access);
}
