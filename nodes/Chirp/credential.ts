import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { headerNameProblem } from '../shared/core/verify/header-name';
import { firstProblem } from '../shared/core/verify/secret-checks';
import type { SetupAccess } from '../shared/n8n/api/access';
import { ApiFault } from '../shared/n8n/api/fault';
import { fieldOf } from '../shared/n8n/api/credential-fields';
import { secretProblem } from '../shared/n8n/api/secret-problem';
import { provider } from './provider';

/** How a credential opens Chirp's API. */
export const access: SetupAccess = {
	kind: 'setup',
	displayName: provider.displayName,
	credentialType: provider.credentialType,
	keyField: 'apiKey',
	keyLabel: 'App Key',
	keyName: 'app key',
	keyLocation:
		'Copy it from your application in Chirp. It begins with sk_live_app_ or sk_test_app_.',
	keyHeaders: (key) => ({ Authorization: `Bearer ${key}` }),
	defaultBaseUrl: 'https://api.buildwithchirp.com',
	// Chirp, or with manual setup a person, enters the header there, so it must be one that can be sent.
	check(credential) {
		secretHeaderOf(credential);
	},
};

/** The problem with the secrets a credential verifies with, as a sentence, or null. */
export function credentialProblem(data: ICredentialDataDecryptedObject): string | null {
	return secretProblem(provider, data) ?? headerNameProblem(provider.verifier.header(data));
}

/**
 * The header that Chirp should send with every delivery. Throws an {@link ApiFault} for one that
 * no delivery could carry.
 */
export function secretHeaderOf(credential: ICredentialDataDecryptedObject): Record<string, string> {
	const secret = fieldOf(credential, 'webhookSecret');
	if (secret.trim() === '') {
		throw new ApiFault(
			'The Webhook Secret in the credential is empty',
			'Make up a long random text. Chirp then sends it with every delivery.',
		);
	}
	const problem = firstProblem(provider.secret.rules, secret, provider.secret.label);
	if (problem) throw new ApiFault("The Webhook Secret in the credential can't be used", problem);
	return { [headerNameOf(credential)]: secret };
}

/** The name of that header. Throws an {@link ApiFault} for one that can't carry a secret. */
function headerNameOf(credential: ICredentialDataDecryptedObject): string {
	const name = provider.verifier.header(credential);
	const problem = headerNameProblem(name);
	if (problem) throw new ApiFault("The header name in the credential can't be used", problem);
	return name;
}
