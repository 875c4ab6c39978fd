import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { nodeForN8n } from './installation';

const RUN = `const { DatabaseSync } = require('node:sqlite');
	const [, file, statement, isQuery] = process.argv;
	const database = new DatabaseSync(file, { timeout: 10_000 });
	if (isQuery) console.log(JSON.stringify(database.prepare(statement).all()));
	else database.exec(statement);`;

const LOCK = `const { DatabaseSync } = require('node:sqlite');
	const database = new DatabaseSync(process.argv[1], { timeout: 10_000 });
	database.exec('BEGIN EXCLUSIVE');
	console.log('locked');
	process.stdin.on('end', () => database.exec('ROLLBACK')).resume();`;

/**
 * Runs SQL on n8n's own database, with the SQLite that n8n's Node.js brings.
 *
 * @param folder n8n's user folder
 */
export function runSql(folder: string, statement: string): void {
	run(folder, statement);
}

/** Asks n8n's own database; returns the rows, by the names of their columns. */
export function querySql(folder: string, statement: string): Record<string, unknown>[] {
	return JSON.parse(run(folder, statement, 'query')) as Record<string, unknown>[];
}

/**
 * Locks n8n's own database from another process, so that n8n cannot write.
 *
 * @returns lets go of it
 */
export async function lockDatabase(folder: string): Promise<() => Promise<void>> {
	const child = spawn(nodeForN8n().node, ['--no-warnings', '-e', LOCK, fileIn(folder)], {
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	await Promise.race([
		once(child.stdout, 'data'),
		once(child, 'exit').then(() => Promise.reject(new Error('The database could not be locked'))),
	]);
	return async () => {
		const ended = once(child, 'exit');
		child.stdin.end();
		await ended;
	};
}

const fileIn = (folder: string) => join(folder, '.n8n', 'database.sqlite');

function run(folder: string, ...args: string[]): string {
	const file = fileIn(folder);
	const { status, stdout, stderr } = spawnSync(
		nodeForN8n().node,
		['--no-warnings', '-e', RUN, file, ...args],
		{ encoding: 'utf8' },
	);
	if (status !== 0) throw new Error(stderr);
	return stdout;
}
