// Measures this package in a real n8n, and writes what it found to RESULTS.md.
//
//   npm run proof [-- <part>…]

import { program } from 'commander';
import { bodies } from './bodies';
import { cost } from './cost';
import { faults } from './faults/faults';
import { floods } from './floods/floods';
import { writeSection, type Findings } from './page';
import { step } from './progress';
import { speed } from './speed';

/** In the order in which they run. */
const PARTS: Record<string, () => Promise<Findings>> = { speed, cost, bodies, floods, faults };
const names = Object.keys(PARTS).join(', ');

program
	.name('npm run proof --')
	.description('Measures this package in a real n8n, and writes proof/RESULTS.md.')
	.argument('[parts...]', `${names}; all of them unless named`)
	.action(prove);

async function prove(wanted: string[]): Promise<void> {
	const unknown = wanted.filter((name) => !(name in PARTS));
	if (unknown.length > 0) {
		throw new Error(`There is no part "${unknown.join('", "')}". Choose from: ${names}.`);
	}
	for (const [name, part] of Object.entries(PARTS)) {
		if (wanted.length > 0 && !wanted.includes(name)) continue;
		step(name);
		const startedAt = new Date();
		const { text, hasHeld } = await part();
		await writeSection(name, text, startedAt);
		step(`${name}: written to proof/RESULTS.md`);
		// A part that found a fault is written down all the same.
		if (!hasHeld) process.exitCode = 1;
	}
}

program.parseAsync().catch((error: unknown) => {
	console.error(`✖ ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
	process.exitCode = 1;
});
