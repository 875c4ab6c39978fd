import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** Shorter values are words that a message may hold by chance. */
const SHORTEST_SECRET = 6;

/** Fields of a credential that a message may name. */
const PUBLIC_FIELDS = new Set([
	...['baseUrl', 'headerName', 'appId', 'accountSid'],
	// How deliveries are verified: "header" is a word of many messages.
	...['proof', 'verification', 'verifyBy'],
]);

/**
 * A text without the secrets of a credential: some APIs quote the key that they reject.
 *
 * @returns the text with `•••` in place of each secret
 */
export function withoutSecrets(text: string, credential: ICredentialDataDecryptedObject): string {
	let redacted = text;
	for (const [field, value] of Object.entries(credential)) {
		const secret = typeof value === 'string' ? value.trim() : '';
		if (secret.length < SHORTEST_SECRET || PUBLIC_FIELDS.has(field)) continue;
		redacted = redacted.replaceAll(secret, '•••');
	}
	return redacted;
}
