import type { SecretRule } from '../shared/core/verify/secret-checks';

/**
 * The id of an account (`AC…`) or of an API key (`SK…`), which stand beside the Auth Token in the Console.
 * Nor does the secret of an API key serve: Twilio signs with the Auth Token only.
 */
export const checkNotSid: SecretRule = (secret, label) =>
	/^(AC|SK)[0-9a-f]{32}$/i.test(secret.trim())
		? `The ${label} is the SID of an account or of an API key. Copy the Auth Token, which stands below the Account SID.`
		: null;

/** An HMAC-SHA1 as base64, as it stands in the header and in the Console's Request Inspector. */
export const checkNotBase64Signature: SecretRule = (secret, label) =>
	/^[\w+/]{27}=$/.test(secret.trim())
		? `The ${label} looks like a signature, not like an Auth Token. Copy the Auth Token itself.`
		: null;
