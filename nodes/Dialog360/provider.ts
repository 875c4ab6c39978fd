import type { CredentialData } from '../shared/core/verify/delivery';
import { metaChats } from '../shared/meta/chat';
import { EVENT_NAMES } from '../shared/core/item/events';
import { hmac } from '../shared/core/verify/hmac';
import { firstText } from '../shared/core/values/json';
import type { Verifier } from '../shared/core/verify/verifier';
import type { Provider } from '../shared/core/read/provider';
import { HEADER_SECRET_RULES } from '../shared/core/verify/secret-checks';
import { DEFAULT_SECRET_HEADER, sharedSecret } from '../shared/core/verify/shared-secret';
import { normalizeMeta } from '../shared/meta/normalize';
import { normalizePartner, partnerEventOf } from './partner';

const BY_HEADER = sharedSecret({ header: DEFAULT_SECRET_HEADER, headerField: 'headerName' });

/** The verifier for a partner's webhooks. */
const BY_SIGNATURE = hmac({ header: 'x-360dialog-signature' });

/** Whether a credential is a partner's, whose webhooks 360dialog signs. */
export function isSigned({ verifyBy }: CredentialData): boolean {
	return verifyBy === 'signature';
}

const verifierOf = (credential: CredentialData) =>
	isSigned(credential) ? BY_SIGNATURE : BY_HEADER;

/**
 * The credential decides which of the two it is, never the delivery, whose sender would choose the weaker.
 */
const verifier: Verifier = {
	kind: (credential) => verifierOf(credential).kind(credential),
	header: (credential) => verifierOf(credential).header(credential),
	verify: (delivery, credential) => verifierOf(credential).verify(delivery, credential),
};

/**
 * 360dialog, as its client and partner documents have it. It relays Meta's format unchanged, without Meta's
 * own signature and without a verification request.
 *
 * Verification: of a partner's webhooks the header `x-360dialog-signature` carries HMAC-SHA256 of the raw
 * body as hex under the platform secret ("Signature Validation"). Direct clients have no platform secret;
 * they give the webhook custom headers, which 360dialog sends along with every delivery, and one of them
 * carries a shared secret.
 *
 * Not covered: no time is signed, and a shared secret covers nothing of the body. A delivery without a 200
 * response is retried for up to 7 days with growing pauses.
 */
export const provider: Provider = {
	id: '360dialog',
	displayName: '360dialog',
	credentialType: 'dialog360WebhookApi',
	emits: EVENT_NAMES,
	chats: metaChats,
	verifier,
	secret: {
		label: 'Webhook Secret',
		location:
			"360dialog (direct clients: the headers of the Channel Webhook in the Hub; partners: the Platform Secret in the Partner Hub's Integration settings)",
		rules: HEADER_SECRET_RULES,
	},
	retries: 'retries it for up to 7 days',
	advice: {
		header_missing:
			'If it came from 360dialog, its webhook has no header of this name. With automatic setup unpublish the workflow and publish it again; with manual setup add the header to the Channel Webhook in the Hub. Partners: check Verify By in the credential',
		header_mismatch:
			'If it came from 360dialog, its webhook holds another secret than the credential. With automatic setup unpublish the workflow and publish it again; with manual setup change the header of the Channel Webhook in the Hub. Partners: copy the Platform Secret again from the Partner Hub',
	},
	normalize(body) {
		const event = partnerEventOf(body);
		return event === null ? normalizeMeta(body) : normalizePartner(event, body);
	},
	nameOfEvent: (body) => partnerEventOf(body) ?? firstText(body, 'field', 'object'),
};
