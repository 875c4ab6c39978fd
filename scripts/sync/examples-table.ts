import { PROVIDERS } from '../../test/kit/providers';
import { examples } from './examples';
import { table } from './markdown';

/** Which flow there is for which provider, with a link to each file, for the page beside them. */
export function examplesTable(): string {
	const all = examples();
	const flows = [...new Set(all.map(({ flow }) => flow))];
	const rows = PROVIDERS.map(({ id, displayName }) => [
		displayName,
		...flows.map((flow) =>
			all.some((example) => example.flow === flow && example.provider.id === id)
				? `[${id}.json](${flow}/${id}.json)`
				: 'no form and no ad is documented',
		),
	]);
	return table(['', ...flows], rows);
}
