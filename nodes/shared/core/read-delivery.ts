import { parseBody } from './body';
import { createItem } from './create-item';
import { hashKey, rawKey } from './event-key';
import type { Item } from './item';
import type { JsonObject } from './json';
import type { Provider } from './provider';
import type { RefusalReason, SignedDelivery, VerificationSecrets } from './signature';
import { firstTimeOf } from './time';

/** What a delivery turned out to be. */
export type Reading =
	/** Not authentic: nothing in it may be used. */
	| { kind: 'refused'; reason: RefusalReason }
	/** Authentic bytes that hold no JSON object. */
	| { kind: 'unreadable' }
	/** Authentic; at least one item, in payload order. */
	| { kind: 'items'; items: Item[] };

/**
 * Verifies a delivery over its received bytes, then parses and normalises it. Pure; never throws
 * for what a sender can put in a request.
 *
 * @param secrets what the delivery is verified with
 */
export function readDelivery(
	provider: Provider,
	delivery: SignedDelivery,
	secrets: VerificationSecrets,
): Reading {
	const verification = provider.verify(delivery, secrets);
	if (!verification.ok) return { kind: 'refused', reason: verification.reason };

	const body = parseBody(delivery.rawBody);
	if (!body) return { kind: 'unreadable' };

	return { kind: 'items', items: itemsOf(provider, body, delivery.rawBody) };
}

/** The items of an authentic body. One that the provider's normaliser cannot read is still an item. */
function itemsOf(provider: Provider, body: JsonObject, rawBody: Uint8Array): Item[] {
	try {
		const items = provider.normalise(body);
		if (items.length > 0) return items;
	} catch {
		// An authentic event must not be lost to a shape that nobody has seen yet.
	}
	return [
		createItem({
			event: 'other',
			provider: provider.id,
			providerEvent: provider.providerEventOf(body) ?? 'unknown',
			key: keyOf(body, rawBody),
			occurredAt: firstTimeOf(body.timestamp, body.created_at),
			raw: body,
		}),
	];
}

/** The hash of a body's content; of its bytes where the body is nested too deep to be written again. */
function keyOf(body: JsonObject, rawBody: Uint8Array): string {
	try {
		return rawKey(body);
	} catch {
		return hashKey(rawBody);
	}
}
