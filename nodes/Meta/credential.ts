import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import {
	checkNotMasked,
	checkNotUrl,
	checkNoWhiteSpace,
	checkPadding,
	checkPrintableAscii,
	firstProblem,
	type SecretRule,
} from '../shared/core/verify/secret-checks';
import type { SetupAccess } from '../shared/n8n/api/access';
import { fieldOf, assertUsable } from '../shared/n8n/api/credential-fields';
import { secretProblem } from '../shared/n8n/api/secret-problem';
import { provider } from './provider';

/** How a credential opens the Graph API. */
export const access: SetupAccess = {
	kind: 'setup',
	displayName: provider.displayName,
	credentialType: provider.credentialType,
	keyField: 'accessToken',
	keyLabel: 'Access Token',
	keyName: 'Access Token',
	keyLocation:
		'Make one for a system user in Meta Business Suite: Settings → System users → Generate token.',
	keyRules: [checkNoWhiteSpace],
	keyHeaders: (token) => ({ Authorization: `Bearer ${token}` }),
	publicFields: ['appId'],
	defaultBaseUrl: 'https://graph.facebook.com',
	check(credential) {
		assertUsable(credentialProblem(credential));
	},
};

const VERIFY_TOKEN_RULES: readonly SecretRule[] = [
	checkPadding,
	checkNotMasked,
	checkNotUrl,
	checkPrintableAscii,
];

/** The problem with the secrets a credential verifies with, as a sentence, or null. */
export function credentialProblem(data: ICredentialDataDecryptedObject): string | null {
	const verifyToken = fieldOf(data, 'verifyToken');
	return (
		secretProblem(provider, data) ??
		(verifyToken.trim() === ''
			? 'The Verify Token is empty. Make up a long random text, and enter the same one at Meta, next to the Callback URL.'
			: firstProblem(VERIFY_TOKEN_RULES, verifyToken, 'Verify Token'))
	);
}
