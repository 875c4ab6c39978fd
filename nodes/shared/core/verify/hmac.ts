import { createHmac, timingSafeEqual } from 'crypto';
import type { Delivery, Headers } from './delivery';
import { readHeader, type Verifier } from './verifier';
import { secretsOf, verifyWithSecrets } from './secrets';
import { reject } from './verification';

/** The contents of a signature header. */
export interface SignatureHeader {
	/** The signatures, still encoded; any of them may match. */
	signatures: readonly string[];
	/** The signed time: seconds since 1970. */
	timestamp?: string;
}

/** How a provider signs. The default is HMAC-SHA256 of the raw body as hex. */
export interface HmacOptions {
	/** The header that carries the signature, as the provider writes it. */
	header: string;
	algorithm?: 'sha1' | 'sha256' | 'sha512';
	/** Hex in either case, lowercase hex only, base64 (also base64url), or whichever the form shows. */
	encoding?: Encoding;
	/**
	 * Parses the trimmed header; null if it isn't in the provider's format. If the time is in a separate
	 * header, read it from `headers` with {@link headerText}.
	 */
	parse?: (header: string, headers: Headers) => SignatureHeader | null;
	/** Decodes a secret into its key, unless the key is the secret's text. An empty key verifies nothing. */
	key?: (secret: string) => Buffer;
	/** The signed content. Several if more than one spelling is valid; none if nothing is. */
	content?: (delivery: Delivery, timestamp: string) => readonly (string | Uint8Array)[];
	/** How far the signed time may be from now. Any time is accepted unless given. */
	tolerance?: {
		/** As long as the provider may retry, unless its documents say it signs each retry again. */
		pastSeconds: number;
		/** For clock differences. */
		futureSeconds: number;
	};
}

type Encoding = 'hex' | 'lower-case hex' | 'base64' | 'hex or base64';

const DIGEST_BYTES = { sha1: 20, sha256: 32, sha512: 64 };

/** The verifier for a provider that signs with an HMAC under the webhook's secret. */
export function hmac({
	header,
	algorithm = 'sha256',
	encoding = 'hex',
	parse,
	key = (secret) => Buffer.from(secret),
	content = ({ rawBody }) => [rawBody],
	tolerance,
}: HmacOptions): Verifier {
	const name = header.toLowerCase();
	const prefix = new RegExp(`^${algorithm}=`, 'i');
	const read = parse ?? ((value: string) => ({ signatures: [value.replace(prefix, '')] }));
	return {
		kind: () => 'signature',
		header: () => header,
		verify(delivery, credential) {
			if (secretsOf(credential).length === 0) return reject('secret_missing');

			const given = readHeader(delivery.headers, name);
			if ('reason' in given) return reject(given.reason);
			const { headers } = delivery;
			if (isRepeated(given.value, headers, parse)) return reject('header_repeated');

			const said: SignatureHeader | null = read(given.value, headers);
			const signatures = (said?.signatures ?? []).flatMap(
				(text) => decode(text, encoding, DIGEST_BYTES[algorithm]) ?? [],
			);
			if (!said || signatures.length === 0) return reject('header_malformed');

			const contents = content(delivery, said.timestamp ?? '');
			const verification = verifyWithSecrets(credential, (secret) => {
				const keyBytes = key(secret);
				// Anyone could sign with an empty key.
				if (keyBytes.length === 0) return false;
				return contents.some((signed) => {
					const digest = createHmac(algorithm, keyBytes).update(signed).digest();
					return signatures.some((signature) => timingSafeEqual(signature, digest));
				});
			});
			if (!verification.ok || !tolerance) return verification;
			// Checked after the signature, so that only the provider learns it's too late.
			const age = delivery.receivedAt / 1000 - Number(said.timestamp);
			const isInTime = age <= tolerance.pastSeconds && age >= -tolerance.futureSeconds;
			return isInTime ? verification : reject('timestamp_expired');
		},
	};
}

/**
 * Whether a header arrived more than once: Node.js joins the values with a comma and a space. No signature
 * encoding contains a comma; if the format does, each part must be a valid header by itself.
 */
function isRepeated(value: string, headers: Headers, parse: HmacOptions['parse']): boolean {
	if (!parse) return value.includes(',');
	const parts = value.split(', ');
	return parts.length > 1 && parts.every((part) => parse(part, headers) !== null);
}

/** A header's trimmed text; null if there is none or more than one. */
export function headerText(headers: Headers, name: string): string | null {
	const read = readHeader(headers, name);
	return 'value' in read ? read.value : null;
}

/** The bytes of an encoded digest of this length, or null if it isn't in this encoding. */
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

/** Node.js accepts both alphabets and ignores other characters, so the form is checked here. */
function isBase64(text: string, length: number): boolean {
	const characters = Math.ceil((length * 4) / 3);
	const padding = Math.ceil(length / 3) * 4 - characters;
	return new RegExp(`^[\\w+/-]{${characters}}={0,${padding}}$`).test(text);
}
