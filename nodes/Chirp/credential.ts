import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import {
	checkNotMasked,
	checkNotPrefixedSignature,
	checkPadding,
	checkPrintableAscii,
	firstFinding,
	type SecretCheck,
} from '../shared/core/secret-checks';
import { ChirpFault } from './api';
import { baseUrlFrom } from './base-url';
import { DEFAULT_SECRET_HEADER } from './chirp';
import { findingInHeaderName } from './header-name';

/** What a webhook secret has to pass, in the test of the credential and when a workflow is published. */
export const SECRET_CHECKS: readonly SecretCheck[] = [
	checkPadding,
	checkNotMasked,
	checkPrintableAscii,
	checkNotPrefixedSignature,
];

/**
 * The header that Chirp is to send along with every delivery. Throws a {@link ChirpFault} for one that
 * no delivery could carry.
 */
export function secretHeaderOf(credential: ICredentialDataDecryptedObject): Record<string, string> {
	const secret = text(credential.webhookSecret);
	if (secret.trim() === '') {
		throw new ChirpFault(
			'The credential holds no webhook secret',
			'Enter one as Webhook Secret: a long random text of your own. Chirp then sends it along with every delivery.',
		);
	}
	const finding = firstFinding(SECRET_CHECKS, secret, 'Webhook Secret');
	if (finding) throw new ChirpFault('The webhook secret in the credential cannot be used', finding);
	return { [headerNameOf(credential)]: secret };
}

/** The name of that header. Throws a {@link ChirpFault} for one that cannot carry a secret. */
export function headerNameOf(credential: ICredentialDataDecryptedObject): string {
	const name = text(credential.headerName).trim() || DEFAULT_SECRET_HEADER;
	const finding = findingInHeaderName(name);
	if (finding) throw new ChirpFault('The header name in the credential cannot be used', finding);
	return name;
}

/** The app key, or an empty text. Throws a {@link ChirpFault} for one that no request could carry. */
export function appKeyOf(credential: ICredentialDataDecryptedObject): string {
	const key = text(credential.apiKey).trim();
	const finding = checkPrintableAscii(key, 'App Key');
	if (finding) throw new ChirpFault('The app key in the credential cannot be used', finding);
	return key;
}

/** Where Chirp's API is. Throws a {@link ChirpFault} where the app key must not be sent. */
export function baseUrlOf(credential: ICredentialDataDecryptedObject): string {
	return baseUrlFrom(text(credential.baseUrl));
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
