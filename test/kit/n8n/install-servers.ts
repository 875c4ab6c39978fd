import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const DEBIAN_POSTGRES = '/usr/lib/postgresql';
const PROGRAMS = ['initdb', 'postgres', 'pg_isready', 'psql', 'redis-server', 'redis-cli'];

/**
 * Sees to it that PostgreSQL and Redis are installed: as root on a Debian they are installed now.
 *
 * @returns what to install where this cannot be done from here, else null
 */
export function installServers(): string | null {
	if (missingPrograms().length === 0) return null;
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
		return `install PostgreSQL and Redis (not found: ${missingPrograms().join(', ')})`;
	}
	const { status } = spawnSync('sh', [join(__dirname, 'install-servers.sh')], {
		stdio: ['ignore', process.stderr, process.stderr],
	});
	if (status !== 0 || missingPrograms().length > 0) {
		throw new Error('PostgreSQL and Redis could not be installed; what apt-get said is above');
	}
	return null;
}

const missingPrograms = () =>
	PROGRAMS.filter(
		(program) => spawnSync(program, ['--version'], { env: serverEnvironment() }).status !== 0,
	);

/** The environment in which the servers' programs are found: Debian keeps some where no PATH leads. */
export function serverEnvironment(): NodeJS.ProcessEnv {
	const versions = existsSync(DEBIAN_POSTGRES) ? readdirSync(DEBIAN_POSTGRES) : [];
	const newest = versions.sort((a, b) => Number(b) - Number(a)).slice(0, 1);
	const folders = newest.map((version) => join(DEBIAN_POSTGRES, version, 'bin'));
	return { ...process.env, PATH: [process.env.PATH, ...folders].join(delimiter) };
}
