import type { CredentialData, Delivery, Headers } from './delivery';
import type { RejectionReason, Verification } from './verification';

/** Decides whether a delivery comes from the provider. */
export interface Verifier {
	/** Used in messages: "the signature doesn't match". */
	kind(credential: CredentialData): 'signature' | 'shared secret';
	/** The header that carries it, as the provider writes it. */
	header(credential: CredentialData): string;
	/** Verifies a delivery over the received bytes. Never throws, whatever the delivery contains. */
	verify(delivery: Delivery, credential: CredentialData): Verification;
}

/**
 * A header's trimmed value, or why there is none.
 *
 * @param name in lowercase
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
