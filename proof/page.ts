import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { N8N_MODULES, nodeForN8n } from '../test/kit/n8n/installation';
import { serverEnvironment } from '../test/kit/n8n/install-servers';

const PAGE = join(__dirname, 'RESULTS.md');

/** What a part of the proof has found. */
export interface Findings {
	/** Markdown for its section in RESULTS.md, without the heading. */
	text: string;
	/** Whether everything that it demands of the package was so. Speed is not demanded. */
	hasHeld: boolean;
}

/** Writes a section anew; the rest of the page stays. */
export async function writeSection(name: string, text: string, startedAt: Date): Promise<void> {
	const minutes = Math.max(1, Math.round((Date.now() - startedAt.getTime()) / 60_000));
	const day = startedAt.toISOString().slice(0, 10);
	const head = `\`npm run proof -- ${name}\`, ${day}, ${minutes} min. ${machine()}`;
	const before = readFileSync(PAGE, 'utf8');
	const section = new RegExp(`(<!-- proof:begin ${name} -->\n)[\\s\\S]*?(<!-- proof:end -->)`);
	if (!section.test(before)) throw new Error(`${PAGE} has no section "${name}".`);
	const after = before.replace(
		section,
		(_, begin: string, end: string) => `${begin}\n${head}\n\n${text.trim()}\n\n${end}`,
	);
	const options = { ...(await resolveConfig(PAGE)), filepath: PAGE };
	writeFileSync(PAGE, await format(after, options));
}

/** The machine and the versions of a run, in one line. */
function machine(): string {
	const [cpu] = cpus();
	const gibibytes = Math.round(totalmem() / 2 ** 30);
	const load = (loadavg()[0] ?? NaN).toFixed(1);
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
	return `${cpu?.model.trim() ?? 'Unknown processor'}, ${cpus().length} cores, ${gibibytes} GiB, ${platform()} ${release().split('-')[0]}, load ${load} at the end; ${[`n8n ${n8n.version}`, ...versions].join(', ')}.`;
}

/** A Markdown table. */
export function table(
	head: readonly string[],
	rows: readonly (readonly (string | number)[])[],
): string {
	const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
