import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { SetupAccess } from '../shared/n8n/api/access';
import { assertUsable } from '../shared/n8n/api/credential-fields';
import { secretProblem } from '../shared/n8n/api/secret-problem';
import { provider } from './provider';

/** How a credential opens WAHA's API. */
export const access: SetupAccess = {
	kind: 'setup',
	displayName: provider.displayName,
	credentialType: provider.credentialType,
	keyField: 'apiKey',
	keyLabel: 'API Key',
	keyName: 'API key',
	keyLocation: "Copy it from WAHA's setting WAHA_API_KEY. If your WAHA has no key, enter any text.",
	keyHeaders: (key) => ({ 'X-Api-Key': key }),
	// By the container's name, in the same Docker network.
	defaultBaseUrl: 'http://waha:3000',
	isSelfHosted: true,
	check(credential) {
		assertUsable(hmacKeyProblem(credential));
	},
};

/** The problem with the key WAHA signs with, as a sentence, or null. */
export function hmacKeyProblem(data: ICredentialDataDecryptedObject): string | null {
	return secretProblem(provider, data);
}
