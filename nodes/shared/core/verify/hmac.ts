import { createHmac, timingSafeEqual } from 'crypto';
import type { Delivery, Headers } from './delivery';
import { readHeader, type Verifier } from './verifier';
import { secretsOf, verifyWithSecrets } from './secrets';
import { reject } from './verification';

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
	/**
	 * Takes the trimmed header apart; null when it isn't in the provider's form. A time that is in a
	 * header of its own is in `headers`, see {@link headerText}.
	 */
	parse?: (header: string, headers: Headers) => SignatureHeader | null;
	/** The key that a secret stands for, where that isn't its text. An empty one verifies nothing. */
	key?: (secret: string) => Buffer;
	/** What is signed. More than one where several spellings of it are right; none where nothing is. */
	content?: (delivery: Delivery, timestamp: string) => readonly (string | Uint8Array)[];
	/** How far the signed time may be from now; any time where there is none. */
	tolerance?: {
		/** As long as the provider may still retry, unless its documents say that it signs each retry again. */
		pastSeconds: number;
		/** For clocks that differ. */
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
				// Anyone could sign with an empty one.
				if (keyBytes.length === 0) return false;
				return contents.some((signed) => {
					const digest = createHmac(algorithm, keyBytes).update(signed).digest();
					return signatures.some((signature) => timingSafeEqual(signature, digest));
				});
			});
			if (!verification.ok || !tolerance) return verification;
			// Judged after the signature, so that only the provider learns how late it is.
			const age = delivery.receivedAt / 1000 - Number(said.timestamp);
			const isInTime = age <= tolerance.pastSeconds && age >= -tolerance.futureSeconds;
			return isInTime ? verification : reject('timestamp_expired');
		},
	};
}

/**
 * Whether a header arrived more than once: Node.js joins the values with a comma and a space. No encoding
 * of a signature has a comma; where the form has one, each part has to be a header by itself.
 */
function isRepeated(value: string, headers: Headers, parse: HmacOptions['parse']): boolean {
	if (!parse) return value.includes(',');
	const parts = value.split(', ');
	return parts.length > 1 && parts.every((part) => parse(part, headers) !== null);
}

/** A header's text without white space around it; null where there is none, or more than one. */
export function headerText(headers: Headers, name: string): string | null {
	const read = readHeader(headers, name);
	return 'value' in read ? read.value : null;
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
