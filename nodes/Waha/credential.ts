import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { OWN_SECRET_RULES } from '../shared/core/secret-checks';
import type { ApiAccess } from '../shared/n8n/setup/api-access';
import { assertUsable } from '../shared/n8n/setup/credential-fields';
import { secretProblem } from '../shared/n8n/setup/credential-test';
import { provider } from './provider';

/** How a credential opens WAHA's API. */
export const access: ApiAccess = {
	displayName: provider.displayName,
	credentialType: provider.credentialType,
	keyField: 'apiKey',
	keyLabel: 'API Key',
	keyName: 'API key',
	keyLocation: "It is WAHA's setting WAHA_API_KEY.",
	keyHeaders: (key) => ({ 'X-Api-Key': key }),
	// By the container's name, in the same Docker network.
	defaultBaseUrl: 'http://waha:3000',
	isSelfHosted: true,
	check(credential) {
		assertUsable(hmacKeyProblem(credential));
	},
};

/** What is wrong with the key by which WAHA is to sign, as a sentence, or null. */
export function hmacKeyProblem(data: ICredentialDataDecryptedObject): string | null {
	const ifEmpty = 'Enter a long random text of your own: WAHA signs with it.';
	return secretProblem({ data }, ifEmpty, OWN_SECRET_RULES, 'HMAC Key');
}
