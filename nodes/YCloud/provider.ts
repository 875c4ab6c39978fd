import { EVENT_NAMES } from '../shared/core/events';
import { hmac, type SignatureHeader } from '../shared/core/hmac';
import type { Provider } from '../shared/core/provider';
import { nameOfEvent, normalize } from './normalize';

/**
 * YCloud, as its webhook pages, its OpenAPI document and the receiver contract of its Developer Kit
 * describe it.
 *
 * Signature: `YCloud-Signature: t=<seconds>,s=<hex>`, where `s` is HMAC-SHA256 over the time, a full
 * stop and the raw body, in lower case only. The key is the endpoint's secret as it stands, its `whsec_`
 * included. Some older pages put a second full stop behind the body; the kit's test vectors refuse it.
 *
 * The time is signed. How old a delivery may be is the receiver's choice: 300 seconds either way, as in
 * the kit. Whether a repetition is signed anew is not documented.
 *
 * An answer is waited for 6 seconds; anything but 2xx is tried again seven times, over about six hours.
 */
export const provider: Provider = {
	id: 'ycloud',
	displayName: 'YCloud',
	credentialType: 'yCloudWebhookApi',
	emits: EVENT_NAMES,
	proof: hmac({
		header: 'YCloud-Signature',
		encoding: 'lower-case hex',
		parse: readSignature,
		content: ({ rawBody }, timestamp) => [Buffer.concat([Buffer.from(`${timestamp}.`), rawBody])],
		toleranceSeconds: 300,
	}),
	answerTimeoutMs: 6_000,
	secretLabel: 'Signing Secret',
	secretLocation: 'YCloud (Developers → Webhook → the endpoint → its signing secret)',
	normalize,
	nameOfEvent,
};

function readSignature(header: string): SignatureHeader | null {
	const [, timestamp, signature] = /^t=([1-9]\d*),s=([^,]+)$/.exec(header) ?? [];
	return timestamp === undefined || signature === undefined
		? null
		: { timestamp, signatures: [signature] };
}
