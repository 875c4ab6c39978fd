import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { headerNameProblem } from '../shared/core/header-name';
import {
	checkNotMasked,
	checkNotPrefixedSignature,
	checkPadding,
	checkPrintableAscii,
	firstProblem,
	type SecretRule,
} from '../shared/core/secret-checks';
import { ApiFault } from '../shared/n8n/api';
import { baseUrlFrom } from '../shared/n8n/base-url';
import { DEFAULT_BASE_URL } from './api';
import { DEFAULT_SECRET_HEADER, provider } from './provider';

/** What a webhook secret has to pass, in the test of the credential and when a workflow is published. */
export const SECRET_RULES: readonly SecretRule[] = [
	checkPadding,
	checkNotMasked,
	checkPrintableAscii,
	checkNotPrefixedSignature,
];

/**
 * The header that Chirp is to send along with every delivery. Throws an {@link ApiFault} for one that
 * no delivery could carry.
 */
export function secretHeaderOf(credential: ICredentialDataDecryptedObject): Record<string, string> {
	const secret = text(credential.webhookSecret);
	if (secret.trim() === '') {
		throw new ApiFault(
			'The credential holds no Webhook Secret',
			'Enter a long random text of your own. Chirp then sends it along with every delivery.',
		);
	}
	const problem = firstProblem(SECRET_RULES, secret, provider.secretLabel);
	if (problem) throw new ApiFault('The Webhook Secret in the credential cannot be used', problem);
	return { [headerNameOf(credential)]: secret };
}

/** The name of that header. Throws an {@link ApiFault} for one that cannot carry a secret. */
export function headerNameOf(credential: ICredentialDataDecryptedObject): string {
	const name = text(credential.headerName).trim() || DEFAULT_SECRET_HEADER;
	const problem = headerNameProblem(name);
	if (problem) throw new ApiFault('The header name in the credential cannot be used', problem);
	return name;
}

/** The app key, or an empty text. Throws an {@link ApiFault} for one that no request could carry. */
export function appKeyOf(credential: ICredentialDataDecryptedObject): string {
	const key = text(credential.apiKey).trim();
	const problem = checkPrintableAscii(key, 'App Key');
	if (problem) throw new ApiFault('The app key in the credential cannot be used', problem);
	return key;
}

/** Where Chirp's API is. Throws an {@link ApiFault} where the app key must not be sent. */
export function baseUrlOf(credential: ICredentialDataDecryptedObject): string {
	return baseUrlFrom(text(credential.baseUrl), DEFAULT_BASE_URL);
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
