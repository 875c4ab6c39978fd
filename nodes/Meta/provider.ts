import { metaChats } from '../shared/meta/chat';
import { EVENT_NAMES } from '../shared/core/item/events';
import { hmac } from '../shared/core/verify/hmac';
import { firstText } from '../shared/core/values/json';
import type { Provider } from '../shared/core/read/provider';
import {
	checkNoWhiteSpace,
	checkNotMasked,
	checkNotSignature,
	checkNotUrl,
	checkPadding,
} from '../shared/core/verify/secret-checks';
import { normalizeMeta } from '../shared/meta/normalize';
import { handshake } from './handshake';

/**
 * Meta's Cloud API without a middleman, as "Webhooks" of the WhatsApp Business Platform and of the Graph
 * API document it.
 *
 * Signature: the header `X-Hub-Signature-256` carries `sha256=` and HMAC-SHA256 of the raw body as hex; the
 * key is the app's App Secret. Meta escapes non-ASCII characters in the body, and signs the escaped body.
 *
 * Not covered: no time and no nonce are signed with the body, and all accounts and numbers of the app share
 * one App Secret. A delivery without a 200 response is retried.
 */
export const provider: Provider = {
	id: 'meta',
	displayName: 'Meta',
	credentialType: 'metaWebhookApi',
	emits: EVENT_NAMES,
	chats: metaChats,
	verifier: hmac({ header: 'X-Hub-Signature-256' }),
	secret: {
		label: 'App Secret',
		location: "Meta's App Dashboard (App settings → Basic → App secret → Show)",
		// 32 hex digits today, which Meta doesn't document.
		rules: [checkPadding, checkNotMasked, checkNotUrl, checkNoWhiteSpace, checkNotSignature],
	},
	retries: 'retries it for up to 7 days',
	advice: {
		header_mismatch:
			'If it came from Meta, another app sent it, or its App secret was reset: copy it again from the App Dashboard (App settings → Basic → App secret → Show) of the app that has this URL, and check that no proxy in front of n8n changes the body',
		token_missing:
			'Make up a long random text. Enter it as Verify Token in the credential, and in the App Dashboard (WhatsApp → Configuration → Verify token), then click Verify and save',
		token_mismatch:
			"If it was you, copy the credential's Verify Token to the App Dashboard (WhatsApp → Configuration → Verify token), then click Verify and save again",
	},
	handshake,
	normalize: normalizeMeta,
	nameOfEvent: (body) => firstText(body, 'field', 'object'),
};
