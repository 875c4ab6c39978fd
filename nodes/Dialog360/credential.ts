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
import { DEFAULT_SECRET_HEADER, isSigned } from './provider';

const SECRET_RULES: readonly SecretRule[] = [
	checkPadding,
	checkNotMasked,
	checkPrintableAscii,
	checkNotPrefixedSignature,
];

/** What is wrong with what a credential verifies by, as a sentence, or null. */
export function credentialProblem(data: ICredentialDataDecryptedObject): string | null {
	const ifEmpty = isSigned(data)
		? "Copy the Platform Secret from 360dialog's Partner Hub."
		: 'Enter a long random text of your own.';
	return (
		secretProblem({ data }, ifEmpty, SECRET_RULES) ??
		(isSigned(data) ? null : headerProblem(headerNameOf(data)))
	);
}

/** 360dialog takes no underscore, neither in an address nor in a header ("Multiple webhooks"). */
function headerProblem(name: string): string | null {
	return name.includes('_')
		? `The Header Name ${name} has an underscore in it, which 360dialog does not send. Use ${DEFAULT_SECRET_HEADER}.`
		: headerNameProblem(name);
}

/**
 * The headers that 360dialog is to send along with every delivery. Throws an {@link ApiFault} for a
 * credential by which nothing can be verified.
 */
export function headersOf(credential: ICredentialDataDecryptedObject): Record<string, string> {
	const problem = credentialProblem(credential);
	if (problem) throw new ApiFault('The credential cannot be used', problem);
	return isSigned(credential) ? {} : { [headerNameOf(credential)]: text(credential.webhookSecret) };
}

/** The API key, or an empty text. Throws an {@link ApiFault} for one that no request could carry. */
export function apiKeyOf(credential: ICredentialDataDecryptedObject): string {
	const key = text(credential.apiKey).trim();
	const problem = checkNotMasked(key, 'API Key') ?? checkPrintableAscii(key, 'API Key');
	if (problem) throw new ApiFault('The API key in the credential cannot be used', problem);
	return key;
}

/** Where 360dialog's API is. Throws an {@link ApiFault} where the API key must not be sent. */
export function baseUrlOf(credential: ICredentialDataDecryptedObject): string {
	return baseUrlFrom(text(credential.baseUrl), DEFAULT_BASE_URL);
}

function headerNameOf({ headerName }: ICredentialDataDecryptedObject): string {
	return text(headerName).trim() || DEFAULT_SECRET_HEADER;
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
