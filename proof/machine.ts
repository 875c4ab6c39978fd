import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { N8N_MODULES, nodeForN8n } from '../playground/install';
import { serverEnvironment } from '../test/queue/install-servers';

/** The machine and the versions of a run, in one line. */
export function machine(): string {
	const [cpu] = cpus();
	const gibibytes = Math.round(totalmem() / 2 ** 30);
	const load = (loadavg()[0] ?? NaN).toFixed(1);
	const hardware = `${cpu ? cpu.model.trim() : 'unknown processor'}, ${cpus().length} cores, ${gibibytes} GiB, ${platform()} ${release().split('-')[0]}, load ${load} at the end`;
	return `${hardware}; ${versions().join(', ')}.`;
}

function versions(): string[] {
	const programs = [
		['Node.js', nodeForN8n().node],
		['PostgreSQL', 'postgres'],
		['Redis', 'redis-server'],
	] as const;
	const n8n = JSON.parse(readFileSync(join(N8N_MODULES, 'n8n', 'package.json'), 'utf8')) as {
		version: string;
	};
	return [
		`n8n ${n8n.version}`,
		...programs.flatMap(([name, program]) => {
			const { status, stdout } = spawnSync(program, ['--version'], {
				env: serverEnvironment(),
				encoding: 'utf8',
			});
			const version = status === 0 ? /\d+(\.\d+)+/.exec(stdout)?.[0] : undefined;
			return version ? [`${name} ${version}`] : [];
		}),
	];
}
