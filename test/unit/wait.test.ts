import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { wait } from '../../nodes/shared/core/values/wait';

it('waits as long as it is told to', async () => {
	const startedAt = performance.now();
	await wait(40);

	expect(performance.now() - startedAt).toBeGreaterThan(35);
});

it('does not keep a process from ending', () => {
	const file = join(__dirname, '..', '..', 'nodes', 'shared', 'core', 'values', 'wait.ts');
	const { status, signal } = spawnSync(
		process.execPath,
		['--import', 'tsx', '-e', `require(${JSON.stringify(file)}).wait(60_000)`],
		{ cwd: join(__dirname, '..', '..'), timeout: 20_000 },
	);

	expect([status, signal]).toEqual([0, null]);
});
