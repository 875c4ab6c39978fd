import { withoutPlus } from '../shared/core/item/conversation';
import type { Provider } from '../shared/core/read/provider';
import { HEADER_SECRET_RULES } from '../shared/core/verify/secret-checks';
import { DEFAULT_SECRET_HEADER, sharedSecret } from '../shared/core/verify/shared-secret';
import { withoutApiKey } from './api-key';
import { nameOfEvent, normalize } from './normalize';

/**
 * Evolution API, version 2, as its "Webhooks" page documents it and its source has it: a self-hosted server
 * with an unofficial WhatsApp Web engine.
 *
 * Signature: none. The webhook of an instance may be given headers, which go along with every delivery; one
 * of them carries a shared secret, in `X-Webhook-Secret` or a header of the user's choice. The header
 * `jwt_key`, which makes Evolution send a JWT of ten minutes, isn't used: it isn't bound to the body, so it
 * verifies no more than the secret does, and a retry may have a new or an old one.
 *
 * Not covered: the body. Evolution puts the instance's API key into it in clear text, so it's removed
 * before anything else reads it. Evolution tries a delivery ten times, but only once if the response is
 * 400, 401, 403, 404, or 422. It waits 30 seconds for a response.
 */
export const provider: Provider = {
	id: 'evolution',
	displayName: 'Evolution API',
	credentialType: 'evolutionWebhookApi',
	emits: [
		'message.received',
		'message.sent',
		'message.delivered',
		'message.read',
		'message.failed',
		'other',
		'message.echo',
		'account.updated',
		'contact.updated',
	],
	chats: {
		ourSide: ({ accountId }) => accountId,
		hasGroups: true,
		// Evolution mistakes the ID of a channel for a group or a number.
		recipientOf: ({ kind, address }) =>
			kind === 'channel' || kind === null ? null : withoutPlus(address),
	},
	verifier: sharedSecret({ header: DEFAULT_SECRET_HEADER, headerField: 'headerName' }),
	responseTimeoutMs: 30_000,
	secret: {
		label: 'Webhook Secret',
		location: "Evolution API (the headers of the instance's webhook)",
		ifEmpty: 'Enter a long random text of your own.',
		rules: HEADER_SECRET_RULES,
	},
	retries: "doesn't retry it, so its event is lost",
	advice: {
		secret_missing:
			'Make up a long random text, enter it as Webhook Secret in the credential, then unpublish the workflow and publish it again',
		header_missing:
			'If it came from Evolution API, the webhook of the instance has no header of this name, or it is the global webhook, which sends none. With automatic setup unpublish the workflow and publish it again; with manual setup add the header. Evolution API does not send this delivery again',
		header_mismatch:
			'If it came from Evolution API, the webhook of the instance holds another secret than the credential. With automatic setup unpublish the workflow and publish it again; with manual setup change the value of the header. Evolution API does not send this delivery again',
	},
	redact: withoutApiKey,
	normalize,
	nameOfEvent,
};
