import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { headerNameProblem } from '../shared/core/verify/header-name';
import { DEFAULT_SECRET_HEADER } from '../shared/core/verify/shared-secret';
import type { SetupAccess } from '../shared/n8n/api/access';
import { fieldOf, assertUsable } from '../shared/n8n/api/credential-fields';
import { secretProblem } from '../shared/n8n/api/secret-problem';
import { provider } from './provider';

/** How a credential opens Evolution API. */
export const access: SetupAccess = {
	kind: 'setup',
	displayName: provider.displayName,
	credentialType: provider.credentialType,
	keyField: 'apiKey',
	keyLabel: 'API Key',
	keyName: 'API key',
	keyLocation: "It is the instance's key in the manager, or the global AUTHENTICATION_API_KEY.",
	keyHeaders: (key) => ({ apikey: key }),
	// By the container's name, in the same Docker network.
	defaultBaseUrl: 'http://evolution:8080',
	isSelfHosted: true,
	check(credential) {
		assertUsable(credentialProblem(credential));
	},
};

/** The problem with the secrets a credential verifies with, as a sentence, or null. */
export function credentialProblem(data: ICredentialDataDecryptedObject): string | null {
	return (
		secretProblem(provider, data) ??
		headerProblem(provider.verifier.header(data)) ??
		reuseProblem(data)
	);
}

/** Evolution turns a header of this name into a JWT. */
function headerProblem(name: string): string | null {
	return name.toLowerCase() === 'jwt_key'
		? `With the Header Name jwt_key Evolution API sends a JWT instead of the secret. Use ${DEFAULT_SECRET_HEADER}.`
		: headerNameProblem(name);
}

/** Every delivery contains the instance's API key, so it can't verify anything. */
function reuseProblem(credential: ICredentialDataDecryptedObject): string | null {
	const apiKey = fieldOf(credential, 'apiKey').trim();
	return apiKey !== '' && apiKey === credential.webhookSecret
		? 'The Webhook Secret is the API key, which Evolution API writes into every delivery. Enter another long random text.'
		: null;
}

/** The header Evolution should send with every delivery. */
export function secretHeaderOf(credential: ICredentialDataDecryptedObject): Record<string, string> {
	return { [provider.verifier.header(credential)]: fieldOf(credential, 'webhookSecret') };
}
