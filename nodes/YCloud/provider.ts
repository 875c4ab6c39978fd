import { EVENT_NAMES } from '../shared/core/item/events';
import { hmac, type SignatureHeader } from '../shared/core/verify/hmac';
import type { Provider } from '../shared/core/read/provider';
import {
	checkNoWhiteSpace,
	checkNotMasked,
	checkNotSignature,
	checkPadding,
	checkPrefix,
} from '../shared/core/verify/secret-checks';
import { nameOfEvent, normalize } from './normalize';

/**
 * YCloud, as its webhook pages, its OpenAPI document and the receiver contract of its Developer Kit
 * describe it.
 *
 * Signature: `YCloud-Signature: t=<seconds>,s=<hex>`, where `s` is HMAC-SHA256 over the time, a period, and
 * the raw body, in lowercase only. The key is the endpoint's whole secret, including its `whsec_`. Some
 * older pages add a second period after the body; the kit's test vectors reject it.
 *
 * The time is signed. How old a delivery may be is the receiver's choice; the kit's five minutes are "not a
 * YCloud retry deadline". Whether a retry is signed again isn't documented, so a delivery may be as old as
 * the last retry; the event's ID, which is signed too, drops replays.
 *
 * YCloud waits 6 seconds for a response; anything but 2xx is tried again seven times, over less than six
 * hours.
 */
export const provider: Provider = {
	id: 'ycloud',
	displayName: 'YCloud',
	credentialType: 'yCloudWebhookApi',
	emits: EVENT_NAMES,
	chats: {
		ourSide: ({ phone }) => phone,
		hasGroups: true,
		// Whether the API sends to groups, YCloud's own documents contradict each other.
		recipientOf: ({ kind, address }) => (kind === 'group' ? null : address),
	},
	verifier: hmac({
		header: 'YCloud-Signature',
		encoding: 'lower-case hex',
		parse: readSignature,
		content: ({ rawBody }, timestamp) => [Buffer.concat([Buffer.from(`${timestamp}.`), rawBody])],
		// Its schedule of retries ends after 5 h 36 min, and a pause of 3 minutes may come before each.
		tolerance: { pastSeconds: 7 * 60 * 60, futureSeconds: 300 },
	}),
	responseTimeoutMs: 6_000,
	secret: {
		label: 'Signing Secret',
		location: 'YCloud (Developers → Webhook → the endpoint → its signing secret)',
		rules: [
			checkPadding,
			checkNotMasked,
			checkNoWhiteSpace,
			checkNotSignature,
			checkPrefix('whsec_'),
		],
	},
	retries: 'retries it 7 times within six hours',
	normalize,
	nameOfEvent,
};

function readSignature(header: string): SignatureHeader | null {
	const [, timestamp, signature] = /^t=([1-9]\d*),s=([^,]+)$/.exec(header) ?? [];
	return timestamp === undefined || signature === undefined
		? null
		: { timestamp, signatures: [signature] };
}
