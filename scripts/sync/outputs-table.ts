import { EVENTS } from '../../nodes/shared/core/item/events';
import { PROVIDERS } from '../../test/kit/providers';
import { table } from './markdown';

/** Every output with its event, and the providers that have it. */
export function outputsTable(): string {
	const rows = EVENTS.map(({ event, label, description }, index) => {
		const having = PROVIDERS.filter(({ provider }) => provider.emits.includes(event));
		const names =
			having.length === PROVIDERS.length
				? 'all'
				: having.map(({ displayName }) => displayName).join(', ');
		return [String(index), label, `\`${event}\``, description, names];
	});
	return table(['Index', 'Output', 'Event', 'Meaning', 'Providers'], rows);
}
