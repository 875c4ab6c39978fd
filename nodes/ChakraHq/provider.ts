import { metaChats } from '../shared/meta/chat';
import { EVENT_NAMES } from '../shared/core/item/events';
import { firstText } from '../shared/core/values/json';
import type { Provider } from '../shared/core/read/provider';
import {
	checkNotMasked,
	checkNotPrefixedSignature,
	checkNotUrl,
	checkPadding,
} from '../shared/core/verify/secret-checks';
import { hmac } from '../shared/core/verify/hmac';
import { normalize } from './normalize';

/**
 * ChakraHQ, as its "Inbound Events Webhook" page documents it: two webhooks, one that relays Meta's events
 * in Meta's format ("pass-through"), one in ChakraHQ's own, for messages, statuses and echoes.
 *
 * Signature: once a secret is set under Admin > Team > Secrets, the header `X-Chakra-Signature-256` carries
 * HMAC-SHA256 of the raw body, "without a sha256= prefix". Its encoding isn't documented; hex and base64
 * are distinguished by their form. The team has one secret. Not confirmed: that the pass-through webhook is
 * signed, too; the page describes the header after both and names neither.
 *
 * Not covered: without a secret at ChakraHQ there is no header, and nothing is accepted. No time is signed
 * with the body. No retries are documented: "There is no retry mechanism for missed events", says the page
 * on delivery statuses, and nothing is said of the pass-through webhook.
 */
export const provider: Provider = {
	id: 'chakrahq',
	displayName: 'ChakraHQ',
	credentialType: 'chakraHqWebhookApi',
	emits: EVENT_NAMES,
	// ChakraHQ's own format doesn't name our number.
	chats: { ...metaChats, ourSide: ({ phoneNumberId }) => phoneNumberId ?? '' },
	verifier: hmac({ header: 'X-Chakra-Signature-256', encoding: 'hex or base64' }),
	secret: {
		label: 'HMAC Secret',
		location: 'ChakraHQ (Admin > Team > Secrets; without a secret there ChakraHQ signs nothing)',
		// The owner makes up the secret, so it may be 64 hex digits.
		rules: [checkPadding, checkNotMasked, checkNotUrl, checkNotPrefixedSignature],
	},
	retries: "doesn't document retries, so its event may be lost",
	advice: {
		header_missing:
			'If it came from ChakraHQ, set a secret under Admin > Team > Secrets, since ChakraHQ signs nothing without one, and check that no proxy in front of n8n removes the header',
	},
	normalize,
	nameOfEvent: (body) => firstText(body, 'event', 'object'),
};
