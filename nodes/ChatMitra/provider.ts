import { withoutPlus } from '../shared/core/item/conversation';
import type { Provider } from '../shared/core/read/provider';
import {
	checkNoWhiteSpace,
	checkNotMasked,
	checkNotSignature,
	checkNotUrl,
	checkPadding,
} from '../shared/core/verify/secret-checks';
import { hmac } from '../shared/core/verify/hmac';
import { nameOfEvent, normalize } from './normalize';

/**
 * ChatMitra, as its webhook guide documents it.
 *
 * Signature: the header `X-Webhook-Signature` carries HMAC-SHA256 of the request body as hex, without a
 * prefix; the key is the webhook's secret as it was shown when the webhook was created. One of the guide's
 * samples hashes re-serialized JSON; the others hash the raw body, which is correct.
 *
 * Not covered: no time is signed with the body, so an old delivery can be replayed. A delivery without a
 * 2xx response within 30 seconds is retried: 3 attempts, perhaps 4. The guide says "up to 3 times total"
 * and "3 Attempts", but also "We retry failed webhooks up to 3 times".
 */
export const provider: Provider = {
	id: 'chatmitra',
	displayName: 'ChatMitra',
	credentialType: 'chatMitraWebhookApi',
	emits: [
		'message.received',
		'message.sent',
		'message.delivered',
		'message.read',
		'message.failed',
		'other',
	],
	chats: {
		ourSide: ({ phone }) => phone,
		hasGroups: false,
		recipientOf: ({ address }) => withoutPlus(address),
	},
	verifier: hmac({ header: 'X-Webhook-Signature' }),
	responseTimeoutMs: 30_000,
	secret: {
		label: 'Webhook Secret',
		location:
			'ChatMitra (Dashboard → Settings → API & Integrations → Webhooks; it is shown only once, when the webhook is created, so add a new webhook if it is lost)',
		rules: [checkPadding, checkNotMasked, checkNotUrl, checkNoWhiteSpace, checkNotSignature],
	},
	retries: 'retries it: 3 attempts in all, perhaps 4',
	advice: {
		header_mismatch:
			'If it came from ChatMitra, the credential has the secret of another webhook: each has its own. Paste that of this one as Webhook Secret or as Second Webhook Secret. If it is lost, add a new webhook in ChatMitra',
	},
	normalize,
	nameOfEvent,
};
