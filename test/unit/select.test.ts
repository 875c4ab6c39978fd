import { provider } from '../../nodes/PingMate/provider';
import { createItem } from '../../nodes/shared/core/item/create-item';
import type { Item } from '../../nodes/shared/core/item/item';
import type { EventName } from '../../nodes/shared/core/item/events';
import { NO_FILTERS } from '../../nodes/shared/core/read/filters';
import { routeItems, selectItems, type Selection } from '../../nodes/shared/core/read/select';

const NOW = Date.parse('2026-01-15T12:00:00.000Z');

function item(event: EventName, key: string, occurredAt: string | null = null) {
	return createItem(provider, { event, key, occurredAt, providerEvent: 'x' }, {});
}

const selected = (items: Item[], selection: Partial<Selection>) =>
	selectItems(
		items,
		{ events: [], maxEventAgeMinutes: 0, filters: NO_FILTERS, ...selection },
		provider.chats.ourSide,
		NOW,
	);

describe('selectItems', () => {
	it('keeps the events that are selected', () => {
		const items = [item('message.received', '1'), item('other', '2'), item('message.read', '3')];

		expect(selected(items, { events: ['message.read', 'other'] })).toEqual([items[1], items[2]]);
	});

	it('drops what is older than the limit, and keeps what has no time', () => {
		const items = [
			item('other', 'too old', '2026-01-15T11:54:59.999Z'),
			item('other', 'just young enough', '2026-01-15T11:55:00.000Z'),
			item('other', 'from the future', '2026-01-15T13:00:00.000Z'),
			item('other', 'without a time', null),
		];

		expect(selected(items, { events: ['other'], maxEventAgeMinutes: 5 })).toEqual(items.slice(1));
	});

	it('knows no age without a limit', () => {
		const items = [item('other', 'old', '1999-01-01T00:00:00.000Z')];

		expect(selected(items, { events: ['other'] })).toEqual(items);
	});
});

describe('routeItems', () => {
	it('sends each item to the output of its event, in payload order', () => {
		const items = [item('other', '1'), item('message.read', '2'), item('other', '3')];

		expect(routeItems(items, 6)).toEqual([[], [], [], [items[1]], [], [items[0], items[2]]]);
	});
});
