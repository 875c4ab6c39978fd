import { chatIdOf } from './people';
import { hmac } from '../shared/core/verify/hmac';
import type { Provider } from '../shared/core/read/provider';
import { OWN_SECRET_RULES } from '../shared/core/verify/secret-checks';
import { nameOfEvent, normalize } from './normalize';

/**
 * WAHA (WhatsApp HTTP API), as its "Events" page documents it: a self-hosted server with an unofficial
 * WhatsApp Web engine.
 *
 * Signature: once the webhook has an `hmac.key`, the header `X-Webhook-Hmac` carries HMAC-SHA512 of the raw
 * body as hex, without a prefix. `X-Webhook-Hmac-Algorithm` says `sha512` and is ignored: otherwise, the
 * sender of a forged delivery could choose the algorithm.
 *
 * Not covered: `X-Webhook-Timestamp` and `X-Webhook-Request-Id` aren't signed. The time and the ID that
 * count are those in the body. A failed delivery is retried 15 times by default, 2 seconds apart.
 */
export const provider: Provider = {
	id: 'waha',
	displayName: 'WAHA',
	credentialType: 'wahaWebhookApi',
	emits: [
		'message.received',
		'message.sent',
		'message.delivered',
		'message.read',
		'message.failed',
		'other',
		'message.echo',
		'account.updated',
	],
	chats: {
		ourSide: ({ accountId }) => accountId,
		hasGroups: true,
		// The API doesn't send to a broadcast list.
		recipientOf: ({ kind, address }) => (kind === null ? null : chatIdOf(address)),
	},
	verifier: hmac({ header: 'X-Webhook-Hmac', algorithm: 'sha512' }),
	secret: {
		label: 'HMAC Key',
		location: 'WAHA (the HMAC key of the webhook, in the configuration of the session)',
		ifEmpty: 'Make up a long random text: WAHA signs with it.',
		rules: OWN_SECRET_RULES,
	},
	retries: 'retries it, by default 15 times, 2 seconds apart',
	advice: {
		secret_missing:
			'Make up a long random text, enter it as HMAC Key in the credential, then unpublish the workflow and publish it again',
		header_missing:
			'If it came from WAHA, its webhook has no HMAC key. With automatic setup unpublish the workflow and publish it again; with manual setup give the webhook the HMAC Key of the credential',
		header_mismatch:
			'If it came from WAHA, its webhook has another HMAC key than the credential. With automatic setup unpublish the workflow and publish it again; with manual setup change the key of the webhook. Check also that no proxy in front of n8n changes the body',
	},
	normalize,
	nameOfEvent,
};
