import { readJson } from './body';
import { MOST_ITEMS, MOST_VALUES, MOST_VALUES_OF_ITEMS, sizeOf } from '../values/bounds';
import { createItem } from '../item/create-item';
import type { CredentialData, Delivery } from '../verify/delivery';
import type { Draft } from '../item/draft';
import { hashKey } from '../item/event-key';
import type { Item } from '../item/item';
import type { JsonObject } from '../values/json';
import type { Provider } from './provider';
import { firstTimeOf } from '../values/time';
import type { RejectionReason } from '../verify/verification';

/** The result of reading a delivery. */
type DeliveryResult =
	/** Not authentic: nothing in it may be used. */
	| { kind: 'rejected'; reason: RejectionReason }
	/** Authentic bytes that aren't what the provider sends. */
	| { kind: 'not an object' }
	/**
	 * Authentic; at least one item, in payload order. `deliveryId` is the same for every delivery one
	 * signature fits; null if it fits only one.
	 */
	| { kind: 'items'; items: Item[]; deliveryId: string | null };

/**
 * Verifies a delivery over its received bytes, then reads and normalizes it. Pure; never throws, whatever
 * the request contains.
 *
 * @param credential the credential to verify it with
 */
export function readDelivery(
	provider: Provider,
	delivery: Delivery,
	credential: CredentialData,
): DeliveryResult {
	const verification = provider.verifier.verify(delivery, credential);
	if (!verification.ok) return { kind: 'rejected', reason: verification.reason };

	const items = readItems(provider, delivery);
	if (!items) return { kind: 'not an object' };
	const signed = provider.signedText?.(delivery);
	const deliveryId = signed === undefined ? null : `${provider.id}:delivery:${hashKey(signed)}`;
	return { kind: 'items', items, deliveryId };
}

/**
 * The items of an authentic delivery, at least one; null if its body isn't what the provider sends. A body
 * the normalizer can't read is still an item.
 */
export function readItems(provider: Provider, delivery: Delivery): Item[] | null {
	const read = (provider.readBody ?? readJson)(delivery);
	if (!read) return null;
	const body = provider.redact?.(read) ?? read;
	try {
		const items = itemsOf(provider, delivery, body);
		if (items.length > 0) return items;
	} catch {
		// An authentic event must not be lost because its shape is new.
	}
	return [createItem(provider, draftOfWhole(provider, body), body)];
}

/** An item for each draft. Beyond the bounds, one more item holds the whole body. */
function itemsOf(provider: Provider, delivery: Delivery, body: JsonObject): Item[] {
	const items: Item[] = [];
	let values = 0;
	for (const draft of provider.normalize(body, delivery)) {
		if (items.length === MOST_ITEMS || values > MOST_VALUES_OF_ITEMS) {
			const rest: Draft = {
				...draftOfWhole(provider, body),
				// Cheaper than hashing the parsed body.
				key: hashKey(delivery.rawBody),
				text: `More events than n8n can take at once: these items are the first ${items.length}, and raw has all of them`,
			};
			return [...items, createItem(provider, rest, jsonText(provider, delivery) ?? body)];
		}
		items.push(createItem(provider, draft, body));
		values += Math.min(sizeOf(draft.raw ?? body), MOST_VALUES);
	}
	return items;
}

/**
 * A body as it was received, if it's JSON and all of it may be stored: cheaper than serializing it again.
 */
function jsonText({ readBody, redact }: Provider, { rawBody }: Delivery): string | null {
	return readBody || redact ? null : Buffer.from(rawBody).toString('utf8');
}

/** A whole delivery as one unknown event. */
function draftOfWhole(provider: Provider, body: JsonObject): Draft {
	return {
		event: 'other',
		providerEvent: provider.nameOfEvent(body) ?? 'unknown',
		key: null,
		occurredAt: firstTimeOf(body.timestamp, body.created_at),
	};
}
