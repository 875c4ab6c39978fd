import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
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

/** What an HMAC key has to pass. Its owner makes it up, so it may look like anything. */
const SECRET_RULES: readonly SecretRule[] = [
	checkPadding,
	checkNotMasked,
	checkNotPrefixedSignature,
];

/** What is wrong with the HMAC key, as a sentence, or null. */
export function hmacKeyProblem(data: ICredentialDataDecryptedObject): string | null {
	const ifEmpty = 'Enter a long random text of your own: WAHA signs with it.';
	return secretProblem({ data }, ifEmpty, SECRET_RULES, 'HMAC Key');
}

/** The key by which WAHA is to sign. Throws an {@link ApiFault} for one that cannot be meant. */
export function hmacKeyOf(credential: ICredentialDataDecryptedObject): string {
	const problem = hmacKeyProblem(credential);
	if (problem) throw new ApiFault('The HMAC key in the credential cannot be used', problem);
	return text(credential.webhookSecret);
}

/** The API key, or an empty text. Throws an {@link ApiFault} for one that no request could carry. */
export function apiKeyOf(credential: ICredentialDataDecryptedObject): string {
	const key = text(credential.apiKey).trim();
	const problem = checkPrintableAscii(key, 'API Key');
	if (problem) throw new ApiFault('The API key in the credential cannot be used', problem);
	return key;
}

/** Where WAHA is. Throws an {@link ApiFault} where the API key must not be sent. */
export function baseUrlOf(credential: ICredentialDataDecryptedObject): string {
	return baseUrlFrom(text(credential.baseUrl), DEFAULT_BASE_URL, { isSelfHosted: true });
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
