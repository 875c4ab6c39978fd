import { eventsUpTo } from '../shared/core/events';
import { firstText } from '../shared/core/json';
import type { Provider } from '../shared/core/provider';
import { verifyHmacSha256 } from '../shared/core/signature';
import { normalise } from './normalise';

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
export const PINGMATE: Provider = {
	id: 'pingmate',
	displayName: 'PingMate',
	events: eventsUpTo('form.submitted'),
	signatureHeader: 'X-Webhook-Signature',
	proof: 'signature',
	secretLocation: 'PingMate (Dashboard → Webhook → open the endpoint → Signing secret)',
	verify: (delivery, { secrets }) => verifyHmacSha256(delivery, 'x-webhook-signature', secrets),
	normalise,
	providerEventOf: (body) => firstText(body, 'type'),
};
