import { phoneOf } from '../shared/core/values/phone';
import { EVENT_NAMES } from '../shared/core/item/events';
import type { Provider } from '../shared/core/read/provider';
import { HEADER_SECRET_RULES } from '../shared/core/verify/secret-checks';
import { DEFAULT_SECRET_HEADER, sharedSecret } from '../shared/core/verify/shared-secret';
import { nameOfEvent, normalize } from './normalize';

/**
 * Chirp, as its webhook pages document it.
 *
 * Signature: none. A webhook may be given custom headers, which Chirp sends along with every delivery; one
 * of them carries a shared secret, in `X-Webhook-Secret` or a header of the user's choice.
 *
 * Not covered: the body. Whoever learns the secret can write any event; HTTPS keeps it from being read on
 * the way. The only time to detect a replay by is the one in the body. A delivery without a 200 response
 * within 5 seconds is retried, 5 attempts in total.
 */
export const provider: Provider = {
	id: 'chirp',
	displayName: 'Chirp',
	credentialType: 'chirpApi',
	emits: EVENT_NAMES,
	chats: {
		ourSide: ({ phone }) => phone,
		hasGroups: false,
		// Numbers are all that Chirp documents.
		recipientOf: ({ address }) => phoneOf(address),
	},
	verifier: sharedSecret({ header: DEFAULT_SECRET_HEADER, headerField: 'headerName' }),
	responseTimeoutMs: 5_000,
	secret: {
		label: 'Webhook Secret',
		location: "Chirp (the webhook's custom headers, on your application's Webhooks page)",
		ifEmpty: 'Make up a long random text.',
		rules: HEADER_SECRET_RULES,
	},
	retries: 'retries it: 5 attempts in all, perhaps 6',
	advice: {
		secret_missing:
			'Make up a long random text, enter it as Webhook Secret in the credential, then unpublish the workflow and publish it again',
		header_missing:
			'If it came from Chirp, its webhook has no custom header of this name. With automatic setup unpublish the workflow and publish it again; with manual setup add the header',
		header_mismatch:
			'If it came from Chirp, its webhook holds another secret than the credential. With automatic setup unpublish the workflow and publish it again; with manual setup change the value of the custom header',
	},
	normalize,
	nameOfEvent,
};
