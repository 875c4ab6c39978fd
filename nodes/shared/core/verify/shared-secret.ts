import { createHash, timingSafeEqual } from 'crypto';
import type { CredentialData } from './delivery';
import { readHeader, type Verifier } from './verifier';
import { secretsOf, verifyWithSecrets } from './secrets';
import { reject } from './verification';

/**
 * The verifier for a provider that sends a shared secret as it is, in a header. It proves who sent a
 * delivery and covers nothing of its body.
 *
 * @param options.header the header that carries it unless the credential names another
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

			const given = sha256(carried.value);
			// Of equal length for every secret, so that the comparison does not tell the secret's.
			return verifyWithSecrets(credential, (secret) => timingSafeEqual(given, sha256(secret)));
		},
	};
}

function sha256(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
