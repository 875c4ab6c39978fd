import { checkNoWhiteSpace } from '../shared/core/verify/secret-checks';
import type { ApiAccess } from '../shared/n8n/api/access';
import { provider } from './provider';

/** How a credential opens ChatMitra's API ("API reference": a Bearer token). */
export const access: ApiAccess = {
	kind: 'requests only',
	displayName: provider.displayName,
	credentialType: provider.credentialType,
	keyField: 'apiKey',
	keyLabel: 'API Token',
	keyName: 'API token',
	keyLocation: 'Copy it from ChatMitra: Dashboard → Settings → API & Integrations.',
	keyRules: [checkNoWhiteSpace],
	keyHeaders: (token) => ({ Authorization: `Bearer ${token}` }),
	defaultBaseUrl: 'https://backend.chatmitra.com',
};
