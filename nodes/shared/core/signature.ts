import { createHash, createHmac, timingSafeEqual } from 'crypto';

/** HTTP headers as Node.js gives them: names in lower case, a repeated one as a list or joined with commas. */
export type Headers = { [name: string]: string | string[] | undefined };

/** What a signature is verified over: the bytes as they were received, before any parsing. */
export interface SignedDelivery {
	rawBody: Uint8Array;
	headers: Headers;
}

/** What deliveries are verified with. */
export interface VerificationSecrets {
	/** The secrets that are accepted, current and previous. */
	secrets: readonly string[];
	/** The header that carries the proof, where the user chooses it. */
	headerName?: string;
}

/** Why a delivery is not authentic. */
export type RefusalReason =
	/** The credential holds no secret. */
	| 'secret_missing'
	/** The signature does not match, and a secret in the credential begins or ends with white space. */
	| 'secret_padded'
	/** The signature header is not there. */
	| 'signature_missing'
	/** The signature header arrived more than once. */
	| 'signature_repeated'
	/** The signature header is not in the documented form. */
	| 'signature_malformed'
	/** The signature is well formed and does not match the body. */
	| 'signature_mismatch'
	/** The body could not be read, so there is nothing to verify. */
	| 'body_unreadable';

/** The outcome of a verification. */
export type Verification = { ok: true } | { ok: false; reason: RefusalReason };

/** A decoder from the text of a signature header to the 32 bytes of an HMAC-SHA256, or null. */
export type SignatureDecoder = (text: string) => Buffer | null;

/** Decodes 64 hex digits in either case; an optional `sha256=` before them is passed over. */
export function decodeHexSignature(text: string): Buffer | null {
	const hex = text.replace(/^sha256=/i, '');
	return /^[0-9a-f]{64}$/i.test(hex) ? Buffer.from(hex, 'hex') : null;
}

/**
 * Decodes a signature whose encoding is not documented: hex as above, else base64 or base64url, with
 * or without padding, of exactly 32 bytes.
 */
export function decodeSignatureOfAnyEncoding(text: string): Buffer | null {
	const encoded = text.replace(/^sha256=/i, '');
	// Node.js reads both alphabets, and passes over what is in neither: so the form is checked here.
	const isBase64 = /^[\w+/-]{43}=?$/.test(encoded);
	return decodeHexSignature(text) ?? (isBase64 ? Buffer.from(encoded, 'base64') : null);
}

/**
 * Verifies an HMAC-SHA256 over the raw body. Never throws for what a sender can put in a request.
 *
 * @param headerName the signature header's name in lower case
 * @param secrets the secrets that are accepted, current and previous; each is the HMAC's key exactly
 *   as it stands, and blank ones are passed over (an HMAC over an empty key would let anyone in)
 */
export function verifyHmacSha256(
	{ rawBody, headers }: SignedDelivery,
	headerName: string,
	secrets: readonly string[],
	decode: SignatureDecoder = decodeHexSignature,
): Verification {
	const usable = usableSecrets(secrets);
	if (usable.length === 0) return refuse('secret_missing');

	const header = headers[headerName];
	if (header === undefined || header.length === 0) return refuse('signature_missing');
	// Node.js joins repeated headers with commas; no encoding of a signature has one.
	if (typeof header !== 'string' || header.includes(',')) return refuse('signature_repeated');
	if (header.trim() === '') return refuse('signature_missing');

	const signature = decode(header.trim());
	if (!signature) return refuse('signature_malformed');

	return verdict(usable, (secret) =>
		// A plain comparison stops at the first byte that differs, and its timing tells where.
		timingSafeEqual(signature, createHmac('sha256', secret).update(rawBody).digest()),
	);
}

/**
 * Verifies a shared secret that a header carries as it is. It proves who sent the delivery and covers
 * nothing of the body. Never throws for what a sender can put in a request.
 *
 * @param headerName the header's name in lower case
 */
export function verifySharedSecret(
	{ headers }: SignedDelivery,
	headerName: string,
	secrets: readonly string[],
): Verification {
	const usable = usableSecrets(secrets);
	if (usable.length === 0) return refuse('secret_missing');

	const header = headers[headerName];
	if (header === undefined || header.length === 0) return refuse('signature_missing');
	if (typeof header !== 'string') return refuse('signature_repeated');
	if (header.trim() === '') return refuse('signature_missing');

	const given = sha256(header.trim());
	// Of equal length for every secret, so that the comparison does not tell the secret's.
	return verdict(usable, (secret) => timingSafeEqual(given, sha256(secret)));
}

function usableSecrets(secrets: readonly string[]): string[] {
	return secrets.filter((secret) => secret.trim() !== '');
}

function sha256(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}

function verdict(secrets: readonly string[], matches: (secret: string) => boolean): Verification {
	if (secrets.some(matches)) return { ok: true };
	const isPadded = secrets.some((secret) => secret !== secret.trim());
	return refuse(isPadded ? 'secret_padded' : 'signature_mismatch');
}

function refuse(reason: RefusalReason): Verification {
	return { ok: false, reason };
}
