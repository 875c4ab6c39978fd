import type { CredentialData, Delivery, Headers } from './delivery';
import type { RejectionReason, Verification } from './verification';

/** Decides whether a delivery is the provider's own. */
export interface Verifier {
	/** Used in messages: "the signature doesn't match". */
	kind(credential: CredentialData): 'signature' | 'shared secret';
	/** The header that carries it, as the provider writes it. */
	header(credential: CredentialData): string;
	/** Decides over the received bytes whether a delivery is authentic. Never throws for input. */
	verify(delivery: Delivery, credential: CredentialData): Verification;
}

/**
 * What a header says, without white space around it, or why it says nothing.
 *
 * @param name in lower case
 */
export function readHeader(
	headers: Headers,
	name: string,
): { value: string } | { reason: RejectionReason } {
	const value = headers[name];
	if (value === undefined || value.length === 0) return { reason: 'header_missing' };
	if (typeof value !== 'string') return { reason: 'header_repeated' };
	return value.trim() === '' ? { reason: 'header_missing' } : { value: value.trim() };
}
