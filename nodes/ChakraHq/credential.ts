import { checkNoWhiteSpace } from '../shared/core/verify/secret-checks';
import type { ApiAccess } from '../shared/n8n/api/access';
import { provider } from './provider';

/** How a credential opens ChakraHQ's API ("API Keys": the access token of a key, as a Bearer token). */
export const access: ApiAccess = {
	kind: 'requests only',
	displayName: provider.displayName,
	credentialType: provider.credentialType,
	keyField: 'apiKey',
	keyLabel: 'Access Token',
	keyName: 'access token',
	keyLocation:
		'In ChakraHQ, create a key under API Keys, open it, and copy the token under Access Tokens.',
	keyRules: [checkNoWhiteSpace],
	keyHeaders: (token) => ({ Authorization: `Bearer ${token}` }),
	defaultBaseUrl: 'https://api.chakrahq.com',
};
