import type { SecretRule } from '../shared/core/verify/secret-checks';

/**
 * The ID of an account (`AC…`) or of an API key (`SK…`), which the Console shows next to the Auth Token.
 * The secret of an API key doesn't work either: Twilio signs with the Auth Token only.
 */
export const checkNotSid: SecretRule = (secret, label) =>
	/^(AC|SK)[0-9a-f]{32}$/i.test(secret.trim())
		? `The ${label} is the SID of an account or an API key. Copy the Auth Token, which the Twilio Console shows below the Account SID.`
		: null;

/** An HMAC-SHA1 as base64, as the header and the Console's Request Inspector show it. */
export const checkNotBase64Signature: SecretRule = (secret, label) =>
	/^[\w+/]{27}=$/.test(secret.trim())
		? `The ${label} looks like a signature, not an Auth Token. Copy the Auth Token itself.`
		: null;

/** The ID of an account. An API key has another, and its own secret. */
export const checkAccountSid: SecretRule = (sid, label) =>
	sid === '' || /^AC[0-9a-f]{32}$/i.test(sid)
		? null
		: `The ${label} isn't AC and 32 hex digits. Copy it from the Twilio Console: Account Dashboard → Account Info.`;
