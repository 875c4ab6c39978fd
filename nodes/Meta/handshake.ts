import { createHash, timingSafeEqual } from 'crypto';
import type { CredentialData } from '../shared/core/delivery';
import { textOf, type JsonObject } from '../shared/core/json';
import type { HandshakeAnswer } from '../shared/core/provider';

/**
 * Answers the request by which Meta makes sure that a callback URL is ours, before it saves one: with
 * `hub.challenge` as it came, if `hub.verify_token` is the Verify Token of the credential (Graph API,
 * "Webhooks", verification requests). A credential without a token answers none.
 */
export function handshake(query: JsonObject, credential: CredentialData): HandshakeAnswer {
	const { verifyToken } = credential;
	const token = query['hub.verify_token'];
	const challenge = textOf(query['hub.challenge']);
	if (query['hub.mode'] !== 'subscribe' || challenge === null) return null;
	if (typeof verifyToken !== 'string' || verifyToken.trim() === '') return null;
	return typeof token === 'string' && isEqual(token, verifyToken.trim()) ? challenge : null;
}

/** Compares in constant time, without telling the length. */
function isEqual(given: string, expected: string): boolean {
	return timingSafeEqual(sha256(given.trim()), sha256(expected));
}

function sha256(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
