import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second wherever Node.js runs. */
const TICKS_A_SECOND = 100;

interface Process {
	pid: number;
	parent: number;
	/** Of itself, and of those below it that have ended; in ticks. */
	ticks: number;
}

/**
 * The processor time that a process and all below it have used so far, in seconds, as Linux's `/proc`
 * has it.
 */
export function cpuTime(pid: number): number {
	const all = processes();
	const family = new Set([pid]);
	for (let before = 0; before !== family.size;) {
		before = family.size;
		for (const { pid: child, parent } of all) if (family.has(parent)) family.add(child);
	}
	const ticks = all.reduce((sum, { pid: one, ticks }) => sum + (family.has(one) ? ticks : 0), 0);
	return ticks / TICKS_A_SECOND;
}

function processes(): Process[] {
	return readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.flatMap((name) => {
			try {
				const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
				// The second field is the program's name in brackets, which may hold anything.
				const fields = stat
					.slice(stat.lastIndexOf(')') + 2)
					.split(' ')
					.map(Number);
				const [, parent = 0] = fields;
				const ticks = fields.slice(11, 15).reduce((sum, part) => sum + part, 0);
				return [{ pid: Number(name), parent, ticks }];
			} catch {
				// It has ended meanwhile.
				return [];
			}
		});
}
