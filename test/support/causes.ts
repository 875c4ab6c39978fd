import type { DeliveryCase } from './delivery-cases';

/** By what n8n's log tells the reasons apart for which a delivery is turned away. */
export const CAUSES: Partial<Record<DeliveryCase['expected'], RegExp>> = {
	secret_missing: /: the credential holds no \w/,
	secret_padded:
		/: the (signature|shared secret) does not match, and a secret in the credential begins or ends/,
	proof_missing: /: there is no \S+ header\./,
	proof_repeated: /: the \S+ header arrived more than once/,
	proof_malformed: /: the \S+ header is not a signature/,
	proof_mismatch: /: the (signature|shared secret) does not match\./,
	'not an object': /: it is authentic, but its body is not/,
};
