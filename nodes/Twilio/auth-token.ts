import type { SecretRule } from '../shared/core/secret-checks';

/**
 * The id of an account (`AC…`) or of an API key (`SK…`), which stand beside the Auth Token in the Console.
 * Nor does the secret of an API key serve: Twilio signs with the Auth Token only.
 */
export const checkNotSid: SecretRule = (secret, label) =>
	/^(AC|SK)[0-9a-f]{32}$/i.test(secret.trim())
		? `The ${label} is the SID of an account or of an API key. Copy the Auth Token, which stands below the Account SID.`
		: null;
