import type { DeliveryCase } from './delivery-cases';

/** By what n8n's log tells the reasons apart for which a delivery is rejected. */
export const CAUSES: Partial<Record<DeliveryCase['expected'], RegExp>> = {
	secret_missing: /: the credential has no \w/,
	secret_padded:
		/: the (signature|shared secret) doesn't match, and a secret in the credential starts or ends/,
	header_missing: /: there is no \S+ header\./,
	header_repeated: /: the \S+ header arrived more than once/,
	header_malformed: /: the \S+ header isn't a signature/,
	header_mismatch: /: the (signature|shared secret) doesn't match\./,
	'not an object': /: it's authentic, but its body isn't/,
};
