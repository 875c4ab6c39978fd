import { createItem } from './create-item';
import type { CredentialData, Delivery } from './delivery';
import { hashKey, rawKey } from './event-key';
import type { Item } from './item';
import { readJson } from './body';
import type { JsonObject } from './json';
import type { Provider } from './provider';
import { firstTimeOf } from './time';
import type { RefusalReason } from './verification';

/** What a delivery turned out to be. */
export type DeliveryResult =
	/** Not authentic: nothing in it may be used. */
	| { kind: 'refused'; reason: RefusalReason }
	/** Authentic bytes that are not what the provider sends. */
	| { kind: 'not an object' }
	/** Authentic; at least one item, in payload order. */
	| { kind: 'items'; items: Item[] };

/**
 * Verifies a delivery over its received bytes, then reads and normalizes it. Pure; never throws for
 * what a sender can put in a request.
 *
 * @param credential what the delivery is verified with
 */
export function readDelivery(
	provider: Provider,
	delivery: Delivery,
	credential: CredentialData,
): DeliveryResult {
	const verification = provider.proof.verify(delivery, credential);
	if (!verification.ok) return { kind: 'refused', reason: verification.reason };

	const items = readItems(provider, delivery);
	return items ? { kind: 'items', items } : { kind: 'not an object' };
}

/**
 * The items of an authentic delivery, at least one; null where its body is not what the provider
 * sends. A body that the provider's normalizer cannot make sense of is still an item.
 */
export function readItems(provider: Provider, delivery: Delivery): Item[] | null {
	const read = (provider.readBody ?? readJson)(delivery);
	if (!read) return null;
	const body = provider.redact?.(read) ?? read;
	try {
		const items = provider
			.normalize(body, delivery)
			.map((draft) => createItem(provider.id, draft, body));
		if (items.length > 0) return items;
	} catch {
		// An authentic event must not be lost to a shape that nobody has seen yet.
	}
	const providerEvent = provider.nameOfEvent(body) ?? 'unknown';
	const occurredAt = firstTimeOf(body.timestamp, body.created_at);
	const key = keyOf(body, delivery.rawBody);
	return [createItem(provider.id, { event: 'other', providerEvent, key, occurredAt }, body)];
}

/** The hash of a body's content; of its bytes where the body is nested too deep to be written again. */
function keyOf(body: JsonObject, rawBody: Uint8Array): string {
	try {
		return rawKey(body);
	} catch {
		return hashKey(rawBody);
	}
}
