// Measures this package in a real n8n, and writes what it found to results.json, and of that RESULTS.md
// and the charts of docs/benchmarks.md.
//
//   npm run proof [-- <part>… | page]

import { program } from 'commander';
import { bodies } from './bodies';
import { cost } from './cost';
import { faults } from './faults/faults';
import { floods } from './floods/floods';
import { writeCharts } from './charts';
import { readResults, storeResults, writePage, type Part } from './page';
import { step } from './progress';
import { speed } from './speed';

/** In the order in which they run. */
const PARTS: Record<string, Part> = { speed, cost, bodies, floods, faults };
const names = Object.keys(PARTS).join(', ');

program
	.name('npm run proof --')
	.description('Measures this package in a real n8n, and writes proof/RESULTS.md.')
	.argument(
		'[parts...]',
		`${names}; all of them unless named; page: measure nothing, write page and charts`,
	)
	.action(prove);

async function prove(wanted: string[]): Promise<void> {
	const unknown = wanted.filter((name) => !(name in PARTS) && name !== 'page');
	if (unknown.length > 0) {
		throw new Error(`There is no part "${unknown.join('", "')}". Choose from: ${names}, page.`);
	}
	for (const [name, { measure }] of Object.entries(PARTS)) {
		if (wanted.length > 0 && !wanted.includes(name)) continue;
		step(name);
		const startedAt = new Date();
		const { results, hasHeld } = await measure();
		await storeResults(name, results, startedAt);
		// A part that found a fault is written down all the same.
		if (!hasHeld) process.exitCode = 1;
	}
	await writePage(PARTS);
	writeCharts(readResults());
	step('written to proof/RESULTS.md and docs/images');
}

program.parseAsync().catch((error: unknown) => {
	console.error(`✖ ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
	process.exitCode = 1;
});
