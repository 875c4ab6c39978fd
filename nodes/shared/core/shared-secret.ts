import { createHash, timingSafeEqual } from 'crypto';
import type { CredentialData } from './delivery';
import { readProofHeader, type Proof } from './proof';
import { secretsOf, verifyWithSecrets } from './secrets';
import { refuse } from './verification';

/**
 * The proof of a provider that sends a shared secret as it is, in a header. It proves who sent a
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
}): Proof {
	const headerOf = (credential: CredentialData) => {
		const name = credential[headerField];
		return (typeof name === 'string' && name.trim()) || header;
	};
	return {
		kind: () => 'shared secret',
		header: headerOf,
		verify({ headers }, credential) {
			if (secretsOf(credential).length === 0) return refuse('secret_missing');

			const carried = readProofHeader(headers, headerOf(credential).toLowerCase());
			if ('reason' in carried) return refuse(carried.reason);

			const given = sha256(carried.value);
			// Of equal length for every secret, so that the comparison does not tell the secret's.
			return verifyWithSecrets(credential, (secret) => timingSafeEqual(given, sha256(secret)));
		},
	};
}

function sha256(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
