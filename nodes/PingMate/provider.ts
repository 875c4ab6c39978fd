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
 * PingMate, as its "Webhooks" page documents it (a pre-launch preview: "behaviour and payload schema
 * may change").
 *
 * Signature: the header `x-webhook-signature` carries HMAC-SHA256 of the raw body as hex, without a
 * prefix; the key is the endpoint's signing secret whole, its `whsec_` included. Regenerating the
 * secret ends the old one at once.
 *
 * Not covered: no time is signed beside the body, so an old delivery can be replayed; the event's
 * `id` tells it from a new one. Failed deliveries are sent again; how often, and whether a repetition
 * keeps the event's `id` ("the unique ID of the event"), is not documented.
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
	normalize,
	nameOfEvent,
};
