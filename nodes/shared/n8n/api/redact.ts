import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { ApiAccess } from './access';

/** Shorter values may be ordinary words of a message. */
const SHORTEST_SECRET = 6;

/** The fields that aren't secret, whatever the provider. */
const PUBLIC_FIELDS: readonly string[] = ['baseUrl', 'headerName'];

const REDACTED = '•••';

/**
 * A text without the secrets of a credential: some APIs quote the key they reject.
 *
 * @returns the text with `•••` in place of each secret, and for the beginning of one if the text was cut
 */
export function withoutSecrets(
	text: string,
	credential: ICredentialDataDecryptedObject,
	{ publicFields = [] }: Pick<ApiAccess, 'publicFields'>,
): string {
	const shown = new Set([...PUBLIC_FIELDS, ...publicFields]);
	const secrets = Object.entries(credential)
		.map(([field, value]) => (typeof value === 'string' && !shown.has(field) ? value.trim() : ''))
		.filter((secret) => secret.length >= SHORTEST_SECRET)
		// One secret may begin with another.
		.sort((one, other) => other.length - one.length);
	let redacted = text;
	for (const secret of secrets) {
		redacted = redacted.replaceAll(secret, REDACTED);
		// Less than half of a key may be a documented prefix, which advice may mention.
		for (let length = secret.length - 1; length >= secret.length / 2; length--) {
			redacted = redacted.replaceAll(`${secret.slice(0, length)}…`, `${REDACTED}…`);
		}
	}
	return redacted;
}
