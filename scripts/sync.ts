// Writes the documents that are generated from the code; with --check only tells whether they are in
// step with it.
//
//   npm run docs [-- --check]

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { itemPage } from './item-docs/item-page';
import { itemJsonSchema } from './item-docs/json-schema';
import { sampleItemsPage } from './item-docs/sample-items-page';

const PROJECT = join(__dirname, '..');

/** What each generated file is made by. */
const CONTENT_BY_FILE = {
	'docs/item.md': itemPage,
	'docs/item.schema.json': () => JSON.stringify(itemJsonSchema()),
	'docs/sample-items.md': sampleItemsPage,
};

async function main(): Promise<void> {
	const isCheck = process.argv.includes('--check');
	for (const [file, content] of Object.entries(CONTENT_BY_FILE)) {
		const path = join(PROJECT, file);
		const text = await format(content(), { ...(await resolveConfig(path)), filepath: path });
		if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
		if (isCheck) {
			console.error(`✖ ${file} is out of step with the code. Run: npm run docs`);
			process.exitCode = 1;
		} else {
			writeFileSync(path, text);
			console.log(`✔ ${file} written`);
		}
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
