import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import {
	checkNotMasked,
	checkNotUrl,
	checkNotSignature,
	checkNoWhiteSpace,
	checkPadding,
	checkPrintableAscii,
	firstProblem,
	type SecretRule,
} from '../shared/core/verify/secret-checks';
import type { ApiAccess } from '../shared/n8n/setup/api-access';
import { fieldOf, assertUsable } from '../shared/n8n/setup/credential-fields';
import { secretProblem } from '../shared/n8n/setup/credential-test';
import { provider } from './provider';

/** How a credential opens the Graph API. */
export const access: ApiAccess = {
	displayName: provider.displayName,
	credentialType: provider.credentialType,
	keyField: 'accessToken',
	keyLabel: 'Access Token',
	keyName: 'Access Token',
	keyLocation:
		'Make one for a system user in Meta Business Suite: Settings → System users → Generate token.',
	keyRules: [checkNoWhiteSpace],
	keyHeaders: (token) => ({ Authorization: `Bearer ${token}` }),
	defaultBaseUrl: 'https://graph.facebook.com',
	check(credential) {
		assertUsable(credentialProblem(credential));
	},
};

/** What an App Secret has to pass: 32 hex digits today, which Meta does not document. */
const SECRET_RULES: readonly SecretRule[] = [
	checkPadding,
	checkNotMasked,
	checkNotUrl,
	checkNoWhiteSpace,
	checkNotSignature,
];

const VERIFY_TOKEN_RULES: readonly SecretRule[] = [
	checkPadding,
	checkNotMasked,
	checkNotUrl,
	checkPrintableAscii,
];

/** What is wrong with what a credential verifies by, as a sentence, or null. */
export function credentialProblem(data: ICredentialDataDecryptedObject): string | null {
	const ifEmpty = "Copy it from Meta's App Dashboard: App settings → Basic → App secret → Show.";
	const verifyToken = fieldOf(data, 'verifyToken');
	return (
		secretProblem({ data }, ifEmpty, SECRET_RULES, 'App Secret') ??
		(verifyToken.trim() === ''
			? 'The Verify Token is empty. Make up a long random text, and enter the same one at Meta, next to the Callback URL.'
			: firstProblem(VERIFY_TOKEN_RULES, verifyToken, 'Verify Token'))
	);
}
