import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { N8N_MODULES, nodeForN8n } from '../test/kit/n8n/installation';
import { serverEnvironment } from '../test/kit/n8n/install-servers';
import { short } from './statistics';

const PAGE = join(__dirname, 'RESULTS.md');
const RESULTS = join(__dirname, 'results.json');

/** A table of the page: numbers in the unit that their column's title names. */
export interface Table {
	head: string[];
	rows: (string | number)[][];
}

/** What a part measured. */
export interface Results {
	/** What its text quotes. */
	figures?: Record<string, number>;
	tables: Record<string, Table>;
	notes?: string[];
}

/** The results of each part, by its name, with when and on what they were measured. */
export type AllResults = Record<string, Results & { run: string }>;

/** A part of the proof. */
export interface Part {
	/** Its heading on the page. */
	title: string;
	/** Measures; `hasHeld` is whether everything it demands of the package was so. Speed isn't demanded. */
	measure: () => Promise<{ results: Results; hasHeld: boolean }>;
	/** Its section of the page, without the heading. */
	text: (results: Results) => string;
}

export function readResults(): AllResults {
	return JSON.parse(readFileSync(RESULTS, 'utf8')) as AllResults;
}

/** Stores what a part measured; the results of the others stay. */
export async function storeResults(name: string, results: Results, startedAt: Date): Promise<void> {
	const minutes = Math.max(1, Math.round((Date.now() - startedAt.getTime()) / 60_000));
	const day = startedAt.toISOString().slice(0, 10);
	const run = `${day}, ${minutes} min, ${machine()}`;
	await write(RESULTS, JSON.stringify({ ...readResults(), [name]: { run, ...results } }));
}

/** Writes RESULTS.md. */
export async function writePage(parts: Record<string, Part>): Promise<void> {
	const results = readResults();
	const sections = Object.entries(parts).flatMap(([name, { title, text }]) => {
		const found = results[name];
		if (!found) return [];
		const notes = (found.notes ?? []).map((note) => `- ${note}`).join('\n');
		return [
			`## ${title}\n\n\`npm run proof -- ${name}\`: ${found.run}.\n\n${text(found)}\n\n${notes}`,
		];
	});
	await write(PAGE, `${INTRODUCTION}\n\n${sections.join('\n\n')}\n`);
}

const INTRODUCTION = `# Results

These are all the measurements of this package in full n8n instances; [benchmarks](../docs/benchmarks.md) is the short version. The
command at the top of a section measures it again. The machine was shared with other work, so compare the rows of
one section, which were measured in turns.`;

async function write(file: string, text: string): Promise<void> {
	writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
}

/** The machine and the versions of a run, in one line. */
function machine(): string {
	const [cpu] = cpus();
	const gibibytes = Math.round(totalmem() / 2 ** 30);
	const n8n = JSON.parse(readFileSync(join(N8N_MODULES, 'n8n', 'package.json'), 'utf8')) as {
		version: string;
	};
	const versions = [
		['Node.js', nodeForN8n().node],
		['PostgreSQL', 'postgres'],
		['Redis', 'redis-server'],
	].flatMap(([name, program = '']) => {
		const options = { env: serverEnvironment(), encoding: 'utf8' } as const;
		const { status, stdout } = spawnSync(program, ['--version'], options);
		const version = status === 0 ? /\d+(\.\d+)+/.exec(stdout)?.[0] : undefined;
		return version ? [`${name} ${version}`] : [];
	});
	return `${cpu?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, ${gibibytes} GiB, ${platform()} ${release().split('-')[0]}; ${[`n8n ${n8n.version}`, ...versions].join(', ')}`;
}

/** A table in Markdown. */
export function table({ tables }: Results, name: string): string {
	const found = tables[name];
	if (!found) return '';
	const { head, rows } = found;
	const line = (cells: readonly (string | number)[]) =>
		`| ${cells.map((cell) => (typeof cell === 'number' ? short(cell) : cell)).join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
