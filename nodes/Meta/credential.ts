import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import {
	checkNotMasked,
	checkNotSignature,
	checkNoWhiteSpace,
	checkPadding,
	checkPrintableAscii,
	firstProblem,
	type SecretRule,
} from '../shared/core/secret-checks';
import { ApiFault } from '../shared/n8n/api';
import { baseUrlFrom } from '../shared/n8n/base-url';
import { secretProblem } from '../shared/n8n/credential-test';
import { DEFAULT_BASE_URL } from './api';

/** What an App Secret has to pass: 32 hex digits today, which Meta does not document. */
const SECRET_RULES: readonly SecretRule[] = [
	checkPadding,
	checkNotMasked,
	checkNoWhiteSpace,
	checkNotSignature,
];

const TOKEN_RULES: readonly SecretRule[] = [checkNotMasked, checkPrintableAscii];

/** What is wrong with what a credential verifies by, as a sentence, or null. */
export function credentialProblem(data: ICredentialDataDecryptedObject): string | null {
	const ifEmpty = "Copy it from Meta's App Dashboard: App settings → Basic → App secret → Show.";
	const token = text(data.verifyToken);
	return (
		secretProblem({ data }, ifEmpty, SECRET_RULES, 'App Secret') ??
		(token.trim() === ''
			? 'The Verify Token is empty. Make up a long random text, and enter the same at Meta beside the Callback URL.'
			: firstProblem([checkPadding, ...TOKEN_RULES], token, 'Verify Token'))
	);
}

/** The Verify Token. Throws an {@link ApiFault} for a credential by which nothing can be verified. */
export function verifyTokenOf(credential: ICredentialDataDecryptedObject): string {
	const problem = credentialProblem(credential);
	if (problem) throw new ApiFault('The credential cannot be used', problem);
	return text(credential.verifyToken);
}

/** The Access Token, or an empty text. Throws an {@link ApiFault} for one that no request could carry. */
export function accessTokenOf(credential: ICredentialDataDecryptedObject): string {
	const token = text(credential.accessToken).trim();
	const problem = firstProblem([...TOKEN_RULES, checkNoWhiteSpace], token, 'Access Token');
	if (problem) throw new ApiFault('The Access Token in the credential cannot be used', problem);
	return token;
}

/** The App ID, or an empty text. */
export function appIdOf(credential: ICredentialDataDecryptedObject): string {
	return text(credential.appId).trim();
}

/** Where the Graph API is. Throws an {@link ApiFault} where the token must not be sent. */
export function baseUrlOf(credential: ICredentialDataDecryptedObject): string {
	return baseUrlFrom(text(credential.baseUrl), DEFAULT_BASE_URL);
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
