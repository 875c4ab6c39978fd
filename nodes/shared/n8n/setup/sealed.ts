import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'crypto';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * A text that only who has the API key can read: what stood at a provider may have secrets in its headers,
 * and what a workflow remembers is stored and exported as it is. Who has the key can read them at
 * the provider anyway.
 */
export function seal(text: string, apiKey: string): string {
	const nonce = randomBytes(NONCE_BYTES);
	const cipher = createCipheriv(CIPHER, keyFrom(apiKey), nonce);
	const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
	return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
}

/** The text, or null where it was sealed with another key or is none. */
export function unseal(sealed: string, apiKey: string): string | null {
	const bytes = Buffer.from(sealed, 'base64');
	const nonce = bytes.subarray(0, NONCE_BYTES);
	const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
	try {
		const decipher = createDecipheriv(CIPHER, keyFrom(apiKey), nonce, {
			authTagLength: TAG_BYTES,
		}).setAuthTag(tag);
		const text = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
		return Buffer.concat([text, decipher.final()]).toString('utf8');
	} catch {
		return null;
	}
}

function keyFrom(apiKey: string): Buffer {
	return Buffer.from(hkdfSync('sha256', apiKey, '', 'the webhook that stood there before', 32));
}
