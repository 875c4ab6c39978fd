import Table from 'cli-table3';
import { Option, program } from 'commander';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readItems } from '../nodes/shared/core/read/read-delivery';
import { PROVIDERS, providerById } from '../test/kit/providers';

program
	.name('npm run inspect --')
	.description('Shows the items that captured deliveries become. Signatures are not looked at.')
	.argument('<folder-or-file>', 'JSON files, each one delivery as the provider sent it')
	.addOption(
		new Option('--provider <provider>', 'whose deliveries they are')
			.choices(PROVIDERS.map(({ id }) => id))
			.makeOptionMandatory(),
	)
	.option('--json', 'print the items whole instead of a table')
	.action(inspect);

function inspect(path: string, options: { provider: string; json?: boolean }): void {
	const { provider } = providerById(options.provider);
	const table = new Table({
		head: ['File', 'Event', 'n', 'Direction', 'Type', 'Contact', 'Text or summary'],
		colWidths: [46, 18, 4, 11, 13, 30, 50],
		style: { head: [], border: [], compact: true },
	});
	for (const file of filesOf(path)) {
		const delivery = { rawBody: readFileSync(file), headers: {}, url: '', receivedAt: Date.now() };
		const items = readItems(provider, delivery);
		const name = basename(file, '.json');
		if (!items) {
			table.push([name, '(no JSON object)', '', '', '', '', '']);
			continue;
		}
		if (options.json) console.log(JSON.stringify({ file: name, items }, null, 2));
		for (const item of items) {
			const { phone, name: person, id } = item.contact;
			table.push([
				name,
				item.event,
				items.length,
				item.direction ?? '',
				item.messageType ?? item.status ?? '',
				[person, phone ?? id].filter(Boolean).join(' '),
				(item.text ?? `(${item.summary})`).replace(/\s+/g, ' '),
			]);
		}
	}
	if (!options.json) console.log(table.toString());
}

function filesOf(path: string): string[] {
	if (!statSync(path).isDirectory()) return [path];
	return readdirSync(path)
		.filter((file) => file.endsWith('.json') && !file.endsWith('.items.json'))
		.map((file) => join(path, file));
}

try {
	program.parse();
} catch (error) {
	console.error(`✖ ${error instanceof Error ? error.message : String(error)}`);
	process.exitCode = 1;
}
