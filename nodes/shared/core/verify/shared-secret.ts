import { isSameInConstantTime } from './constant-time';
import type { CredentialData } from './delivery';
import { readHeader, type Verifier } from './verifier';
import { secretsOf, verifyWithSecrets } from './secrets';
import { reject } from './verification';

/** The header that carries a shared secret unless the credential names another. */
export const DEFAULT_SECRET_HEADER = 'X-Webhook-Secret';

/**
 * The verifier for a provider that sends a shared secret in a header. It verifies who sent a delivery, and
 * nothing about the body.
 *
 * @param options.header the header with the secret, unless the credential names another
 * @param options.headerField the credential's field for the header's name
 */
export function sharedSecret({
	header,
	headerField,
}: {
	header: string;
	headerField: string;
}): Verifier {
	const headerName = (credential: CredentialData) => {
		const name = credential[headerField];
		return (typeof name === 'string' && name.trim()) || header;
	};
	return {
		kind: () => 'shared secret',
		header: headerName,
		verify({ headers }, credential) {
			if (secretsOf(credential).length === 0) return reject('secret_missing');

			const carried = readHeader(headers, headerName(credential).toLowerCase());
			if ('reason' in carried) return reject(carried.reason);

			return verifyWithSecrets(credential, (secret) => isSameInConstantTime(carried.value, secret));
		},
	};
}
