import { readForm, readJson } from '../shared/core/read/body';
import { hmac } from '../shared/core/verify/hmac';
import type { Provider } from '../shared/core/read/provider';
import {
	checkNoWhiteSpace,
	checkNotMasked,
	checkNotSignature,
	checkNotUrl,
	checkPadding,
} from '../shared/core/verify/secret-checks';
import { checkNotBase64Signature, checkNotSid } from './auth-token';
import { nameOfEvent, normalize } from './normalize';
import { isJson, signedText, signedTexts } from './signature';

/** What to do when a signature doesn't match: it covers the URL, which a proxy may hide. */
const URL_ADVICE =
	"If it came from Twilio, Twilio called a URL that n8n doesn't recognize as its own. Set N8N_WEBHOOK_URL (WEBHOOK_URL in older versions) to n8n's public address. Then compare the URL in the Twilio Console with the one under Webhook URLs, character by character. If they're the same, copy the primary Auth Token again from the Console's Account Dashboard";

/** "To receive a message and send no reply" (Twilio, "TwiML for Programmable Messaging"). */
const EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>';

/**
 * Twilio, as documented on its pages on webhook security, incoming messages, and status callbacks.
 *
 * Signature: `X-Twilio-Signature` carries HMAC-SHA1 as base64 over the URL as Twilio called it, with its
 * query, and every field of the form behind it. The key is the account's primary Auth Token. A JSON body
 * has its SHA-256 at the end of that URL instead. n8n knows its URL from its own settings.
 *
 * Not covered: where a field's name ends and its value begins, since both are signed without anything in
 * between, and so is the URL. One signature fits every form that makes the same text. So a message's ID
 * counts only in the documented form, and each signed text is accepted once. No time and no nonce either,
 * and nothing in the body says when it was sent.
 *
 * Twilio waits 15 seconds for a response. It sends nothing again unless the URL asks for it. It reads the
 * body of a response as instructions (TwiML), and logs an error for any other type, so every response is a
 * TwiML document that says to do nothing.
 */
export const provider: Provider = {
	id: 'twilio',
	displayName: 'Twilio',
	credentialType: 'twilioWebhookApi',
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
		recipientOf: ({ address }, channel) => (channel === 'sms' ? address : `whatsapp:${address}`),
	},
	verifier: hmac({
		header: 'X-Twilio-Signature',
		algorithm: 'sha1',
		encoding: 'base64',
		content: signedTexts,
	}),
	responseTimeoutMs: 15_000,
	response: { contentType: 'text/xml', body: EMPTY_TWIML },
	secret: {
		label: 'Auth Token',
		location: 'the Twilio Console (Account Dashboard → Account Info → Auth Token)',
		rules: [
			checkPadding,
			checkNotMasked,
			checkNotUrl,
			checkNoWhiteSpace,
			checkNotSignature,
			checkNotBase64Signature,
			checkNotSid,
		],
	},
	retries:
		'retries it only if the URL asks for that, as with #rc=3&rp=all. Otherwise its event is lost',
	advice: { header_mismatch: URL_ADVICE },
	signedText,
	readBody: (delivery) => (isJson(delivery) ? readJson(delivery) : readForm(delivery)),
	normalize,
	nameOfEvent,
};
