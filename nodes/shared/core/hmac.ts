import { createHmac, timingSafeEqual } from 'crypto';
import type { Delivery } from './delivery';
import { readProofHeader, type Proof } from './proof';
import { secretsOf, verifyWithSecrets } from './secrets';
import { refuse } from './verification';

/** What a signature header says. */
export interface SignatureHeader {
	/** The signatures, still encoded; any of them may match. */
	signatures: readonly string[];
	/** The time that is signed along: seconds since 1970. */
	timestamp?: string;
}

/** How a provider signs. What is not given is HMAC-SHA256 over the raw body as hex. */
export interface HmacOptions {
	/** The header that carries the signature, as the provider writes it. */
	header: string;
	algorithm?: 'sha1' | 'sha256' | 'sha512';
	/** Hex in either case, hex in lower case only, base64 (base64url too), or what the form tells. */
	encoding?: Encoding;
	/** Takes the trimmed header apart; null when it is not in the provider's form. */
	parse?: (header: string) => SignatureHeader | null;
	/** What is signed. More than one where several spellings of it are right; none where nothing is. */
	content?: (delivery: Delivery, timestamp: string) => readonly (string | Uint8Array)[];
	/** How many seconds the signed time may be from now, either way. */
	toleranceSeconds?: number;
}

type Encoding = 'hex' | 'lower-case hex' | 'base64' | 'hex or base64';

const DIGEST_BYTES = { sha1: 20, sha256: 32, sha512: 64 };

/** The proof of a provider that signs with an HMAC under the webhook's secret. */
export function hmac({
	header,
	algorithm = 'sha256',
	encoding = 'hex',
	parse,
	content = ({ rawBody }) => [rawBody],
	toleranceSeconds,
}: HmacOptions): Proof {
	const name = header.toLowerCase();
	const prefix = new RegExp(`^${algorithm}=`, 'i');
	const read = parse ?? ((value: string) => ({ signatures: [value.replace(prefix, '')] }));
	return {
		kind: () => 'signature',
		header: () => header,
		verify(delivery, credential) {
			if (secretsOf(credential).length === 0) return refuse('secret_missing');

			const given = readProofHeader(delivery.headers, name);
			if ('reason' in given) return refuse(given.reason);
			if (isRepeated(given.value, parse)) return refuse('proof_repeated');

			const said: SignatureHeader | null = read(given.value);
			const signatures = (said?.signatures ?? []).flatMap(
				(text) => decode(text, encoding, DIGEST_BYTES[algorithm]) ?? [],
			);
			if (!said || signatures.length === 0) return refuse('proof_malformed');

			const contents = content(delivery, said.timestamp ?? '');
			const verification = verifyWithSecrets(credential, (secret) =>
				contents.some((signed) => {
					const digest = createHmac(algorithm, secret).update(signed).digest();
					return signatures.some((signature) => timingSafeEqual(signature, digest));
				}),
			);
			if (!verification.ok || toleranceSeconds === undefined) return verification;
			// Judged after the signature, so that only the provider learns how late it is.
			const ageMs = Math.abs(delivery.receivedAt - Number(said.timestamp) * 1000);
			return ageMs <= toleranceSeconds * 1000 ? verification : refuse('proof_expired');
		},
	};
}

/**
 * Whether a header arrived more than once: Node.js joins the values with a comma and a space. No encoding
 * of a signature has a comma; where the form has one, each part has to be a header by itself.
 */
function isRepeated(value: string, parse: HmacOptions['parse']): boolean {
	if (!parse) return value.includes(',');
	const parts = value.split(', ');
	return parts.length > 1 && parts.every((part) => parse(part) !== null);
}

/** The bytes of an encoded digest of this length, or null when it is not in this form. */
function decode(text: string, encoding: Encoding, length: number): Buffer | null {
	switch (encoding) {
		case 'hex':
			return isHex(text, length) ? Buffer.from(text, 'hex') : null;
		case 'lower-case hex':
			return isHex(text, length) && text === text.toLowerCase() ? Buffer.from(text, 'hex') : null;
		case 'base64':
			return isBase64(text, length) ? Buffer.from(text, 'base64') : null;
		case 'hex or base64':
			return decode(text, 'hex', length) ?? decode(text, 'base64', length);
	}
}

function isHex(text: string, length: number): boolean {
	return text.length === 2 * length && /^[0-9a-f]*$/i.test(text);
}

/** Node.js reads both alphabets, and passes over what is in neither: so the form is checked here. */
function isBase64(text: string, length: number): boolean {
	const characters = Math.ceil((length * 4) / 3);
	const padding = Math.ceil(length / 3) * 4 - characters;
	return new RegExp(`^[\\w+/-]{${characters}}={0,${padding}}$`).test(text);
}
