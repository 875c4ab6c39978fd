import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'crypto';

const CIPHER = 'aes-256-gcm';
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts a text so that only the holder of the API key can read it. A provider's webhook may have secrets
 * in its headers, and n8n stores and exports a workflow's data unencrypted. The key's holder can read the
 * webhook at the provider anyway.
 */
export async function seal(text: string, apiKey: string): Promise<string> {
	const salt = randomBytes(SALT_BYTES);
	const nonce = randomBytes(NONCE_BYTES);
	const cipher = createCipheriv(CIPHER, await keyFrom(apiKey, salt), nonce);
	const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
	return Buffer.concat([salt, nonce, cipher.getAuthTag(), sealed]).toString('base64');
}

/** The text, or null if it was sealed with another key or isn't a sealed text. */
export async function unseal(sealed: string, apiKey: string): Promise<string | null> {
	const bytes = Buffer.from(sealed, 'base64');
	const salt = bytes.subarray(0, SALT_BYTES);
	const nonce = bytes.subarray(SALT_BYTES, SALT_BYTES + NONCE_BYTES);
	const start = SALT_BYTES + NONCE_BYTES + TAG_BYTES;
	const tag = bytes.subarray(SALT_BYTES + NONCE_BYTES, start);
	if (tag.length < TAG_BYTES) return null;
	try {
		const decipher = createDecipheriv(CIPHER, await keyFrom(apiKey, salt), nonce, {
			authTagLength: TAG_BYTES,
		}).setAuthTag(tag);
		const text = decipher.update(bytes.subarray(start));
		return Buffer.concat([text, decipher.final()]).toString('utf8');
	} catch {
		return null;
	}
}

/**
 * Slow on purpose, since a person may have made up the API key: each guess takes 16 MiB and many
 * milliseconds.
 */
async function keyFrom(apiKey: string, salt: Buffer): Promise<Buffer> {
	return await new Promise((resolve, reject) => {
		scrypt(apiKey, salt, 32, (error, key) => {
			if (error) reject(error);
			else resolve(key);
		});
	});
}
