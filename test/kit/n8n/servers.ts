import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, createWriteStream, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endProcess, stopProcess } from './server';
import { until } from '../until';
import { serverEnvironment } from './install-servers';

const READY_WITHIN_MS = 60_000;

interface SystemUser {
	uid: number;
	gid: number;
}

/** A PostgreSQL of the test's own, on loopback. Its user needs no password. */
export class Postgres {
	readonly user = 'n8n';
	readonly database = 'postgres';
	/** Not within another folder of root's, which would be closed to the user that it runs as. */
	private readonly folder = mkdtempSync(join(tmpdir(), 'whatsapp-triggers-postgres-'));
	private child: ChildProcess | undefined;

	constructor(readonly port: number) {}

	/** The process that the others of it belong to. */
	get pid(): number {
		return this.child?.pid ?? NaN;
	}

	/** Starts it with its data, where it has run before. */
	async start(): Promise<void> {
		const owner = unprivilegedUser();
		if (owner) chownSync(this.folder, owner.uid, owner.gid);
		const data = join(this.folder, 'data');
		if (!existsSync(data)) {
			run(
				'initdb',
				['-D', data, '-U', this.user, '--auth=trust', '--no-sync', '-E', 'UTF8', '--locale=C'],
				{ cwd: this.folder, ...owner },
			);
		}
		const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'];
		this.child = start(
			'postgres',
			['-D', data, '-p', String(this.port), ...settings.flatMap((setting) => ['-c', setting])],
			this.folder,
			owner,
		);
		await untilReady(this.child, 'pg_isready', ['-q', '-h', '127.0.0.1', '-p', String(this.port)]);
	}

	/**
	 * @param database another one than n8n's own
	 * @returns the rows, a line each, with `|` between the columns
	 */
	sql(statement: string, database = this.database): string {
		const server = ['-h', '127.0.0.1', '-p', String(this.port), '-U', this.user, database];
		return run('psql', [...server, '-qAt', '-v', 'ON_ERROR_STOP=1', '-c', statement]).trimEnd();
	}

	/** Ends it at once, with the sessions that there are, and keeps its data. */
	async halt(): Promise<void> {
		if (this.child) await endProcess(this.child, 'SIGINT');
	}

	async stop(): Promise<void> {
		if (this.child) await stopProcess(this.child);
		rmSync(this.folder, { recursive: true, force: true });
	}
}

/** A Redis of the test's own, on loopback. It keeps every write in its folder, over a restart too. */
export class Redis {
	private child: ChildProcess | undefined;

	constructor(
		private readonly folder: string,
		readonly port: number,
	) {}

	get pid(): number {
		return this.child?.pid ?? NaN;
	}

	async start(): Promise<void> {
		mkdirSync(this.folder, { recursive: true });
		const settings = ['--bind', '127.0.0.1', '--port', String(this.port), '--appendonly', 'yes'];
		this.child = start('redis-server', [...settings, '--dir', this.folder], this.folder);
		await untilReady(this.child, 'redis-cli', ['-p', String(this.port), '-e', 'ping']);
	}

	command(...command: string[]): void {
		run('redis-cli', ['-p', String(this.port), '-e', ...command]);
	}

	async stop(): Promise<void> {
		if (this.child) await stopProcess(this.child);
	}
}

/** PostgreSQL rejects to run as root; the user that its package creates is there for it. */
function unprivilegedUser(): SystemUser | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const id = (option: string) => Number(run('id', [option, 'postgres']));
	return { uid: id('-u'), gid: id('-g') };
}

function run(program: string, args: string[], options: { cwd?: string } = {}): string {
	const { status, stdout, stderr } = spawnSync(program, args, {
		env: serverEnvironment(),
		encoding: 'utf8',
		...options,
	});
	if (status !== 0) throw new Error(`${program} failed: ${stderr}${stdout}`);
	return stdout;
}

function start(program: string, args: string[], folder: string, user?: SystemUser): ChildProcess {
	const child = spawn(program, args, {
		env: serverEnvironment(),
		cwd: folder,
		stdio: ['ignore', 'pipe', 'pipe'],
		...user,
	});
	const log = createWriteStream(join(folder, `${program}.log`), { flags: 'a' });
	child.stdout.pipe(log);
	child.stderr.pipe(log);
	return child;
}

async function untilReady(child: ChildProcess, probe: string, args: string[]): Promise<void> {
	try {
		await until(() => {
			if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended at its start`);
			return spawnSync(probe, args, { env: serverEnvironment() }).status === 0;
		}, READY_WITHIN_MS);
	} catch (error) {
		await stopProcess(child);
		throw new Error(`${child.spawnfile} did not start`, { cause: error });
	}
}
