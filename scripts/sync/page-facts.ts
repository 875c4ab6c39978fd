import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DiscoveredProvider } from '../../test/kit/providers';

const PROJECT = join(__dirname, '..', '..');

/** The rows of the table at the top of every provider's page: facts that no code knows of a provider. */
const ROWS = [
	'Setup',
	'Verified by',
	'Secret created by',
	'One secret covers',
	'Without a secret',
	"If n8n doesn't respond",
] as const;

type Facts = Record<(typeof ROWS)[number], string> & {
	/** On the pages of those that control WhatsApp Web. */
	Unofficial?: string;
};

/** Where the page of a provider is, from the project's folder. */
export function pageOf({ folder }: Pick<DiscoveredProvider, 'folder'>): string {
	return `nodes/${folder}/README.md`;
}

/**
 * The facts at the top of a provider's page, by the first cell of the row.
 *
 * @param page where the page is, seen from the document that shows its facts: links within the page
 * lead there
 */
export function factsOf(provider: DiscoveredProvider, page: string): Facts {
	const text = readFileSync(join(PROJECT, pageOf(provider)), 'utf8');
	const [top = ''] = text.split(/^## /m);
	const found = new Map(
		Array.from(top.matchAll(/^\| +(.+?) +\| +(.+?) +\|$/gm), ([, name = '', fact = '']) => [
			name,
			fact.replaceAll('](#', `](${page}#`),
		]),
	);
	const missing = ROWS.filter((row) => !found.has(row));
	if (missing.length > 0) {
		throw new Error(
			`${pageOf(provider)}: the table at the top has no row "${missing.join('", "')}".`,
		);
	}
	return Object.fromEntries(found) as Facts;
}
