import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { headerNameProblem } from '../shared/core/header-name';
import {
	checkNotMasked,
	checkNotPrefixedSignature,
	checkPadding,
	checkPrintableAscii,
	type SecretRule,
} from '../shared/core/secret-checks';
import { ApiFault } from '../shared/n8n/api';
import { baseUrlFrom } from '../shared/n8n/base-url';
import { secretProblem } from '../shared/n8n/credential-test';
import { DEFAULT_BASE_URL } from './api';
import { DEFAULT_SECRET_HEADER } from './provider';

const SECRET_RULES: readonly SecretRule[] = [
	checkPadding,
	checkNotMasked,
	checkPrintableAscii,
	checkNotPrefixedSignature,
];

/** What is wrong with what a credential verifies by, as a sentence, or null. */
export function credentialProblem(data: ICredentialDataDecryptedObject): string | null {
	return (
		secretProblem({ data }, 'Enter a long random text of your own.', SECRET_RULES) ??
		headerProblem(headerNameOf(data)) ??
		reuseProblem(data)
	);
}

/** Of a header of this name Evolution makes a JWT. */
function headerProblem(name: string): string | null {
	return name.toLowerCase() === 'jwt_key'
		? `With the Header Name jwt_key Evolution API sends a JWT instead of the secret. Use ${DEFAULT_SECRET_HEADER}.`
		: headerNameProblem(name);
}

/** Every delivery has the API key of the instance in it, so it proves nothing. */
function reuseProblem({ webhookSecret, apiKey }: ICredentialDataDecryptedObject): string | null {
	return text(apiKey).trim() !== '' && text(apiKey).trim() === webhookSecret
		? 'The Webhook Secret is the API key, which Evolution API writes into every delivery. Enter another long random text.'
		: null;
}

/**
 * The header that Evolution is to send along with every delivery. Throws an {@link ApiFault} for a
 * credential by which nothing can be verified.
 */
export function secretHeaderOf(credential: ICredentialDataDecryptedObject): Record<string, string> {
	const problem = credentialProblem(credential);
	if (problem) throw new ApiFault('The credential cannot be used', problem);
	return { [headerNameOf(credential)]: text(credential.webhookSecret) };
}

/** The API key, or an empty text. Throws an {@link ApiFault} for one that no request could carry. */
export function apiKeyOf(credential: ICredentialDataDecryptedObject): string {
	const key = text(credential.apiKey).trim();
	const problem = checkNotMasked(key, 'API Key') ?? checkPrintableAscii(key, 'API Key');
	if (problem) throw new ApiFault('The API key in the credential cannot be used', problem);
	return key;
}

/** Where Evolution API is. Throws an {@link ApiFault} where the API key must not be sent. */
export function baseUrlOf(credential: ICredentialDataDecryptedObject): string {
	return baseUrlFrom(text(credential.baseUrl), DEFAULT_BASE_URL, { isSelfHosted: true });
}

function headerNameOf({ headerName }: ICredentialDataDecryptedObject): string {
	return text(headerName).trim() || DEFAULT_SECRET_HEADER;
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
