import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PROJECT = join(__dirname, '..', '..');

/** What of the project the check reads. */
const PARTS = ['CHANGELOG.md', 'LICENSE', 'README.md', 'credentials', 'dist', 'index.js', 'nodes'];

/** `npm run test:quick` runs it on the package as it is, which passes. */
it('npm run check:publish finds what n8n’s scanner, npm and a person would', () => {
	const copy = mkdtempSync(join(tmpdir(), 'to-publish-'));
	try {
		for (const part of PARTS) cpSync(join(PROJECT, part), join(copy, part), { recursive: true });
		const packageJson = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as object;
		const changed = { ...packageJson, version: '0.0.0', dependencies: { lodash: '^4.17.21' } };
		writeFileSync(join(copy, 'package.json'), JSON.stringify(changed, null, '\t'));
		mkdirSync(join(copy, 'tools'));
		writeFileSync(join(copy, 'tools', 'package.json'), '{ "name": "tools" }');

		const script = join(PROJECT, 'scripts', 'check-publish.ts');
		const { status, stdout } = spawnSync(
			process.execPath,
			[require.resolve('tsx/cli'), script, copy, '--final'],
			{ encoding: 'utf8', env: { ...process.env, FORCE_COLOR: '0' } },
		);

		expect([...stdout.matchAll(/^ {2}✖ (.*)$/gm)].map(([, title]) => title)).toEqual([
			'The source has one package.json, its own',
			'The source: package.json, nodes/, credentials/',
			'The tarball: its JavaScript and package.json',
			'CHANGELOG.md begins with 0.0.0',
			'Nothing is left to be set',
		]);
		expect(stdout).toContain(`${join('tools', 'package.json')} is a second one.`);
		expect(stdout).toContain('no-runtime-dependencies');
		expect(stdout).toMatch(/^✖ 5 of 8 checks found something\.$/m);
		expect(status).toBe(1);
	} finally {
		rmSync(copy, { recursive: true });
	}
}, 120_000);
