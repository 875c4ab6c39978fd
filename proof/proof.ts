// Measures what the package holds on whole n8n, and writes it down.
//
//   npm run proof [-- <part>…]

import { program } from 'commander';
import { writeSection } from './page';
import type { Part } from './part';
import { bodies } from './parts/bodies';
import { copies } from './parts/copies';
import { cost } from './parts/cost';
import { faults } from './parts/faults';
import { floods } from './parts/floods';
import { node } from './parts/node';
import { soak } from './parts/soak';
import { speed } from './parts/speed';
import { time } from './parts/time';
import { versions } from './parts/versions';
import { step } from './progress';

const PARTS: readonly Part[] = [
	speed,
	time,
	cost,
	copies,
	bodies,
	floods,
	faults,
	soak,
	versions,
	node,
];

program
	.name('npm run proof --')
	.description('Measures this package in a real n8n, and writes docs/proof.md.')
	.argument('[parts...]', `${PARTS.map(({ name }) => name).join(', ')}; all of them unless named`)
	.action(prove);

async function prove(names: string[]): Promise<void> {
	const unknown = names.filter((name) => !PARTS.some((part) => part.name === name));
	if (unknown.length > 0) {
		const known = PARTS.map(({ name }) => name).join(', ');
		throw new Error(`There is no part "${unknown.join('", "')}". Choose of: ${known}.`);
	}
	for (const part of PARTS) {
		if (names.length > 0 && !names.includes(part.name)) continue;
		step(part.name);
		const startedAt = new Date();
		const { text, hasHeld } = await part.run();
		await writeSection(part, text, startedAt);
		step(`${part.name}: written to docs/proof.md`);
		// A part that found a fault is written down all the same.
		if (!hasHeld) process.exitCode = 1;
	}
}

program.parseAsync().catch((error: unknown) => {
	console.error(`✖ ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
	process.exitCode = 1;
});
