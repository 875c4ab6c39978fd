import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { nodeForN8n } from '../../playground/install';

const RUN = `const { DatabaseSync } = require('node:sqlite');
	const [, file, statement, isQuery] = process.argv;
	const database = new DatabaseSync(file, { timeout: 10_000 });
	if (isQuery) console.log(JSON.stringify(database.prepare(statement).all()));
	else database.exec(statement);`;

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

function run(folder: string, ...args: string[]): string {
	const file = join(folder, '.n8n', 'database.sqlite');
	const { status, stdout, stderr } = spawnSync(
		nodeForN8n().node,
		['--no-warnings', '-e', RUN, file, ...args],
		{ encoding: 'utf8' },
	);
	if (status !== 0) throw new Error(stderr);
	return stdout;
}
