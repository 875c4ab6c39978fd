import type { CredentialData } from './delivery';
import { reject, type Verification } from './verification';

/**
 * The fields of a credential that hold secrets. Both count equally: during a rotation, one of them is new.
 */
const SECRET_FIELDS = ['webhookSecret', 'secondWebhookSecret'];

/**
 * Verifies with each secret of a credential. Blank ones are skipped: an HMAC with an empty key, or an empty
 * header, would let anyone in.
 *
 * @param matches whether the signature or the shared secret matches this secret, which is used unchanged
 */
export function verifyWithSecrets(
	credential: CredentialData,
	matches: (secret: string) => boolean,
): Verification {
	const secrets = secretsOf(credential);
	if (secrets.some(matches)) return { ok: true };
	const isPadded = secrets.some((secret) => secret !== secret.trim());
	return reject(isPadded ? 'secret_padded' : 'header_mismatch');
}

/** The usable secrets of a credential. */
export function secretsOf(credential: CredentialData): string[] {
	return SECRET_FIELDS.flatMap((field) => {
		const secret = credential[field];
		return typeof secret === 'string' && secret.trim() !== '' ? [secret] : [];
	});
}
