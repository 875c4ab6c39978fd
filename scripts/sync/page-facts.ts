import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DiscoveredProvider } from '../../test/kit/providers';

const PROJECT = join(__dirname, '..', '..');

/** The rows that "At a glance" on every provider's page has: what no code knows of a provider. */
const ROWS = [
	'The webhook is added',
	'A delivery proves itself by',
	'Who makes the secret',
	'One secret is for',
	'Without a secret there',
	'When n8n does not answer',
] as const;

type Fact = (typeof ROWS)[number];

/** Where the page of a provider is, from the project's folder. */
export function pageOf({ folder }: Pick<DiscoveredProvider, 'folder'>): string {
	return `nodes/${folder}/README.md`;
}

/**
 * What a provider's page says at a glance, by the first cell of the row.
 *
 * @param page where the page is, seen from the document that shows its facts: links within the page
 * lead there
 */
export function factsOf(provider: DiscoveredProvider, page: string): Record<Fact, string> {
	const text = readFileSync(join(PROJECT, pageOf(provider)), 'utf8');
	const section = /^## At a glance\n([\s\S]*?)^## /m.exec(text)?.[1] ?? '';
	const found = new Map(
		Array.from(section.matchAll(/^\| +(.+?) +\| +(.+?) +\|$/gm), ([, name = '', fact = '']) => [
			name,
			fact.replaceAll('](#', `](${page}#`),
		]),
	);
	const missing = ROWS.filter((row) => !found.has(row));
	if (missing.length > 0) {
		throw new Error(`${pageOf(provider)}: "At a glance" has no row "${missing.join('", "')}".`);
	}
	return Object.fromEntries(found) as Record<Fact, string>;
}
