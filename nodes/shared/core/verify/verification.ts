/** Why a delivery isn't authentic. */
export type RejectionReason =
	/** The credential holds no secret. */
	| 'secret_missing'
	/** The signature or the shared secret doesn't match, and a secret in the credential starts or ends with whitespace. */
	| 'secret_padded'
	/** The header with the signature or the shared secret is missing. */
	| 'header_missing'
	/** That header arrived more than once. */
	| 'header_repeated'
	/** That header isn't in the documented format. */
	| 'header_malformed'
	/** That header is well formed, but its signature or shared secret doesn't match. */
	| 'header_mismatch'
	/** The signature matches, but the signed time is too far from now. */
	| 'timestamp_expired'
	/** There are no bytes to verify. */
	| 'bytes_missing';

/** Why a handshake is rejected. */
export type HandshakeRejectionReason =
	/** The credential holds no verify token. */
	| 'token_missing'
	/** The handshake has another token than the credential, or none. */
	| 'token_mismatch';

/** The outcome of a verification. */
export type Verification = { ok: true } | { ok: false; reason: RejectionReason };

/** A verification that failed. */
export function reject(reason: RejectionReason): Verification {
	return { ok: false, reason };
}
