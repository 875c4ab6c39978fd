import { checkNoWhiteSpace } from '../shared/core/verify/secret-checks';
import type { ApiAccess } from '../shared/n8n/api/access';
import { provider } from './provider';

/** How a credential opens YCloud's API ("Authentication": the header `X-API-Key`, without `Bearer`). */
export const access: ApiAccess = {
	kind: 'requests only',
	displayName: provider.displayName,
	credentialType: provider.credentialType,
	keyField: 'apiKey',
	keyLabel: 'API Key',
	keyName: 'API key',
	keyLocation: 'Copy it from YCloud: Developers → API Keys.',
	keyRules: [checkNoWhiteSpace],
	keyHeaders: (key) => ({ 'X-API-Key': key }),
	defaultBaseUrl: 'https://api.ycloud.com',
};
