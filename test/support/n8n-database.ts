import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { nodeForN8n } from '../../playground/install';

/**
 * Runs SQL on n8n's own database, with the SQLite that n8n's Node.js brings.
 *
 * @param folder n8n's user folder
 */
export function runSql(folder: string, statement: string): void {
	const { status, stderr } = spawnSync(
		nodeForN8n().node,
		[
			'--no-warnings',
			'-e',
			`const { DatabaseSync } = require('node:sqlite');
			const database = new DatabaseSync(process.argv[1], { timeout: 10_000 });
			database.exec(process.argv[2]);`,
			join(folder, '.n8n', 'database.sqlite'),
			statement,
		],
		{ encoding: 'utf8' },
	);
	if (status !== 0) throw new Error(stderr);
}
