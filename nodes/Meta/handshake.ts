import { isSameInConstantTime } from '../shared/core/verify/constant-time';
import type { CredentialData } from '../shared/core/verify/delivery';
import { textOf, type JsonObject } from '../shared/core/values/json';
import type { HandshakeReply } from '../shared/core/read/provider';

/**
 * Replies to the verification request that Meta sends before it saves a callback URL: `hub.challenge` as
 * it came, if `hub.verify_token` is the Verify Token of the credential (Graph API, "Webhooks",
 * verification requests). Meta sends mode, token, and challenge always, so a GET without mode or
 * challenge is somebody else's.
 */
export function handshake(query: JsonObject, credential: CredentialData): HandshakeReply {
	const challenge = textOf(query['hub.challenge']);
	if (query['hub.mode'] !== 'subscribe' || challenge === null) return null;
	const { verifyToken } = credential;
	if (typeof verifyToken !== 'string' || verifyToken.trim() === '') {
		return { ok: false, reason: 'token_missing' };
	}
	const token = query['hub.verify_token'];
	return typeof token === 'string' && isSameInConstantTime(token.trim(), verifyToken.trim())
		? { ok: true, challenge }
		: { ok: false, reason: 'token_mismatch' };
}
