/** Why a delivery is not authentic. */
export type RejectionReason =
	/** The credential holds no secret. */
	| 'secret_missing'
	/** The proof does not match, and a secret in the credential begins or ends with white space. */
	| 'secret_padded'
	/** The header that carries the proof is not there. */
	| 'header_missing'
	/** That header arrived more than once. */
	| 'header_repeated'
	/** That header is not in the documented form. */
	| 'header_malformed'
	/** The proof is well formed and does not match. */
	| 'header_mismatch'
	/** The proof matches, and the time that was signed with it is too far from now. */
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
