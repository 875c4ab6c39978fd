import type { Item } from '../../nodes/shared/core/item/item';
import type { JsonObject } from '../../nodes/shared/core/values/json';
import type { Provider } from '../../nodes/shared/core/read/provider';
import { readItems } from '../../nodes/shared/core/read/read-delivery';

/** The items of an authentic delivery with this JSON body, which is given as text where digits matter. */
export function itemsOf(provider: Provider, body: JsonObject | string): Item[] {
	const rawBody = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
	const items = readItems(provider, { rawBody, headers: {}, url: '', receivedAt: 0 });
	if (!items) throw new Error('the body is not what the provider sends');
	return items;
}

/** The only item of such a delivery. */
export function itemOf(provider: Provider, body: JsonObject | string): Item {
	const [item, ...more] = itemsOf(provider, body);
	if (!item || more.length > 0) throw new Error(`${more.length + 1} items instead of one`);
	return item;
}
