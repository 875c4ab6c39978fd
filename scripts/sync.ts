// Writes the files that follow from the folders under nodes/: package.json's entries, the published names, the generated pages, the
// tables within pages, and the examples for each provider. With --check it only reports what is out of step.
//
//   npm run sync [-- --check]

import { program } from 'commander';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { withBlocks } from './sync/blocks';
import { examples } from './sync/examples';
import { examplesTable } from './sync/examples-table';
import { itemPage } from './sync/item-page';
import { itemJsonSchema } from './sync/json-schema';
import { withPackageEntries } from './sync/package-entries';
import {
	providersInWords,
	providersTable,
	rotationList,
	verificationTable,
} from './sync/provider-tables';
import { publicNames } from './sync/public-names';
import { rejectionsTable } from './sync/rejections-table';
import { sampleItemsPage } from './sync/sample-items-page';

const PROJECT = join(__dirname, '..');

/** What each file is made by, from what it says now. */
const CONTENT_BY_FILE: Record<string, (text: string) => string> = {
	'package.json': withPackageEntries,
	'test/public-names.json': () => JSON.stringify(publicNames()),
	'docs/item.md': itemPage,
	'docs/item.schema.json': () => JSON.stringify(itemJsonSchema()),
	'docs/sample-items.md': sampleItemsPage,
	'README.md': (text) =>
		withBlocks(text, {
			names: `Works with ${providersInWords()}. No code.`,
			table: providersTable('.'),
		}),
	'docs/security.md': (text) =>
		withBlocks(text, { verification: verificationTable('docs'), rotation: rotationList('docs') }),
	'docs/troubleshooting.md': (text) => withBlocks(text, { rejections: rejectionsTable() }),
	'examples/README.md': (text) => withBlocks(text, { family: examplesTable() }),
	...Object.fromEntries(
		examples().map(({ flow, provider, workflow }) => [
			`examples/${flow}/${provider.id}.json`,
			() => JSON.stringify(workflow),
		]),
	),
};

program
	.name('npm run sync --')
	.description('Writes package.json, the published names and the tables in documents.')
	.option('--check', 'write nothing; exit code 1 if anything is out of step')
	.action(sync);

async function sync({ check: isCheck = false }: { check?: boolean }): Promise<void> {
	for (const [file, contentOf] of Object.entries(CONTENT_BY_FILE)) {
		const path = join(PROJECT, file);
		const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
		const options = { ...(await resolveConfig(path)), filepath: path };
		const after = await format(contentOf(before), options);
		if (after === before) continue;
		if (isCheck) {
			console.error(`✖ ${file} is out of step with nodes/. Run: npm run sync`);
			process.exitCode = 1;
		} else {
			mkdirSync(dirname(path), { recursive: true });
			writeFileSync(path, after);
			console.log(`✔ ${file} written`);
		}
	}
}

program.parseAsync().catch((error: unknown) => {
	console.error(`✖ ${error instanceof Error ? error.message : String(error)}`);
	process.exitCode = 1;
});
