import { provider } from '../../nodes/PingMate/provider';
import { idsOf, newItems } from '../../nodes/shared/core/remember/claims';
import { createItem } from '../../nodes/shared/core/item/create-item';
import { LONGEST_RETENTION } from '../../nodes/shared/core/remember/retention';

const itemOf = (key: string | null) =>
	createItem(provider, { event: 'other', providerEvent: 'x', key }, { key });

const items = [itemOf('1'), itemOf('1'), itemOf('2'), itemOf(null)];
const [first, , second, hashed] = items.map(({ eventId }) => eventId) as [
	string,
	string,
	string,
	string,
];

it('claims each item by its id, and the delivery by its own where it has one', () => {
	expect([...idsOf({ items, deliveryId: null })]).toEqual([
		[first, LONGEST_RETENTION],
		[second, LONGEST_RETENTION],
		[hashed, 60 * 60_000],
	]);
	expect(idsOf({ items, deliveryId: 'x:delivery:1' }).get('x:delivery:1')).toBe(LONGEST_RETENTION);
	expect(idsOf({ items: [], deliveryId: 'x:delivery:1' }).size).toBe(1);
});

it('keeps the items that are new, both of one id in the same delivery', () => {
	expect(newItems({ items, deliveryId: null }, new Set([first]))).toEqual(items.slice(0, 2));
	expect(newItems({ items, deliveryId: null }, new Set())).toEqual([]);
});

it('keeps none of a delivery that was accepted in another form', () => {
	const claimed = { items, deliveryId: 'x:delivery:1' };

	expect(newItems(claimed, new Set([first, second, hashed]))).toEqual([]);
	expect(newItems(claimed, new Set([second, 'x:delivery:1']))).toEqual([items[2]]);
});
