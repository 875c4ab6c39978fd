import { withoutPlus } from '../shared/core/item/conversation';
import type { Provider } from '../shared/core/read/provider';
import {
	checkNoWhiteSpace,
	checkNotMasked,
	checkNotSignature,
	checkPadding,
	checkPrefix,
} from '../shared/core/verify/secret-checks';
import { hmac } from '../shared/core/verify/hmac';
import { nameOfEvent, normalize } from './normalize';

/**
 * PingMate, as its "Webhooks" page documents it (a pre-launch preview: "behaviour and payload schema may
 * change").
 *
 * Signature: the header `x-webhook-signature` carries HMAC-SHA256 of the raw body as hex, without a prefix;
 * the key is the endpoint's signing secret whole, its `whsec_` included. Regenerating the secret
 * invalidates the old one right away.
 *
 * Not covered: no time is signed with the body, so an old delivery can be replayed; the event's `id` shows
 * that it isn't new. Failed deliveries are retried; how often, and whether a retry keeps the event's `id`
 * ("the unique ID of the event"), isn't documented.
 */
export const provider: Provider = {
	id: 'pingmate',
	displayName: 'PingMate',
	credentialType: 'pingMateWebhookApi',
	emits: [
		'message.received',
		'message.sent',
		'message.delivered',
		'message.read',
		'message.failed',
		'other',
		'form.submitted',
	],
	chats: {
		// A report doesn't name our number.
		ourSide: () => '',
		hasGroups: false,
		recipientOf: ({ address }) => withoutPlus(address),
	},
	verifier: hmac({ header: 'X-Webhook-Signature' }),
	secret: {
		label: 'Signing Secret',
		location: 'PingMate (Dashboard → Webhook → open the endpoint → Signing secret)',
		rules: [
			checkPadding,
			checkNotMasked,
			checkNoWhiteSpace,
			checkNotSignature,
			checkPrefix('whsec_'),
		],
	},
	retries: "retries it; how often isn't documented",
	normalize,
	nameOfEvent,
};
