import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Item } from '../../nodes/shared/core/item';

const FOLDER = join(__dirname, '..', 'fixtures');

/** A sample delivery with the items that it must become, which were written by hand. */
export interface Fixture {
	name: string;
	rawBody: Buffer;
	items: Item[];
}

/** The fixtures of a provider, by the name of its folder. */
export function fixturesOf(provider: string): Fixture[] {
	const folder = join(FOLDER, provider);
	return readdirSync(folder)
		.filter((file) => file.endsWith('.json') && !file.endsWith('.items.json'))
		.map((file) => file.slice(0, -'.json'.length))
		.map((name) => ({
			name,
			rawBody: readFileSync(join(folder, `${name}.json`)),
			items: JSON.parse(readFileSync(join(folder, `${name}.items.json`), 'utf8')) as Item[],
		}));
}
