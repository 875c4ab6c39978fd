import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PROJECT = join(__dirname, '..', '..');
const BUILT = 'dist/nodes/shared/core/phone.js';

/** What of the project the check reads. */
const PARTS = [
	'CHANGELOG.md',
	'LICENSE',
	'README.md',
	'credentials',
	'dist',
	'nodes',
	'package.json',
];

describe('npm run check:publish', () => {
	let copy: string;

	beforeEach(() => {
		copy = mkdtempSync(join(tmpdir(), 'to-publish-'));
		for (const part of PARTS) cpSync(join(PROJECT, part), join(copy, part), { recursive: true });
	});

	afterEach(() => {
		rmSync(copy, { recursive: true });
	});

	/** Runs the check on the copy; `failed` are the titles of the checks that found something. */
	function check(...options: string[]): {
		status: number | null;
		output: string;
		failed: string[];
	} {
		const { status, stdout, stderr } = spawnSync(
			process.execPath,
			[require.resolve('tsx/cli'), join(PROJECT, 'scripts', 'check-publish.ts'), copy, ...options],
			{ encoding: 'utf8', env: { ...process.env, FORCE_COLOR: '0' } },
		);
		const failed = [...stdout.matchAll(/^ {2}✖ (.*)$/gm)].map(([, title]) => title ?? '');
		return { status, output: stdout + stderr, failed };
	}

	function packageJson(): { repository: { url: string } } {
		return JSON.parse(readFileSync(join(copy, 'package.json'), 'utf8')) as ReturnType<
			typeof packageJson
		>;
	}

	function changePackageJson(changes: object): void {
		const changed = { ...packageJson(), ...changes };
		writeFileSync(join(copy, 'package.json'), JSON.stringify(changed, null, '\t'));
	}

	it('passes the package as it is, and names what is to be set before publishing', () => {
		changePackageJson({ author: { name: 'Somebody', email: 'somebody@example.com' } });

		const { status, output, failed } = check();

		expect(failed).toEqual([]);
		expect(output).toMatch(/^✔ All 9 checks passed\.$/m);
		expect(output).toContain('⚠ author.email in package.json is somebody@example.com');
		expect(output).toContain('⚠ repository in package.json is https://github.com/');
		expect(status).toBe(0);
	}, 120_000);

	it('takes that for a finding when it is final', () => {
		changePackageJson({ author: { name: 'Somebody', email: 'somebody@example.com' } });

		const { status, output, failed } = check('--final');

		expect(failed).toEqual(['Nothing is left to be set']);
		expect(output).toContain('      author.email in package.json is somebody@example.com');
		expect(status).toBe(1);
	}, 120_000);

	it('passes a final one where all is set', () => {
		changePackageJson({ author: { name: 'Somebody', email: 'somebody@triggers.test' } });
		const changelog = readFileSync(join(copy, 'CHANGELOG.md'), 'utf8');
		writeFileSync(
			join(copy, 'CHANGELOG.md'),
			changelog.replace(/^(## \S+).*$/m, '$1 - 2000-01-01'),
		);
		spawnSync('git', ['init', '--quiet'], { cwd: copy });
		const origin = packageJson().repository.url.replace(
			'git+https://github.com/',
			'git@github.com:',
		);
		spawnSync('git', ['remote', 'add', 'origin', origin], { cwd: copy });

		const { status, failed } = check('--final');

		expect(failed).toEqual([]);
		expect(status).toBe(0);
	}, 120_000);

	it('finds what npm and n8n would stumble over', () => {
		changePackageJson({
			version: '0.1.1',
			dependencies: { lodash: '^4.17.21' },
			publishConfig: { tag: 'somewhere' },
			files: ['dist', 'CHANGELOG.md'],
			repository: { type: 'git', url: 'git+https://github.com/somebody/else.git' },
		});
		rmSync(join(copy, 'dist/nodes/Chirp/ChirpTrigger.node.js'));
		const token = `npm_${'x'.repeat(36)}`;
		appendFileSync(
			join(copy, BUILT),
			`\n// /home/somebody/project http://localhost:4873 ${token}\n`,
		);
		writeFileSync(join(copy, 'dist', '.env'), 'A=1');

		const { status, output, failed } = check();

		expect(failed.slice(-6)).toEqual([
			'CHANGELOG.md begins with 0.1.1',
			'No dependency but n8n itself',
			'Nothing but the build and the papers',
			'Every file that package.json names is there',
			'No path or address of this machine, no token, no address of a package registry',
			'Links to the repository agree',
		]);
		expect(output).toContain('Remove lodash from dependencies in package.json.');
		expect(output).toContain('Remove publishConfig from package.json');
		expect(output).toContain('CHANGELOG.md would be published.');
		expect(output).toContain('dist/.env would be published.');
		expect(output).toContain(`${BUILT} mentions localhost:4873`);
		expect(output).toContain(`${BUILT} mentions ${token}`);
		expect(output).toContain('package.json names dist/nodes/Chirp/ChirpTrigger.node.js');
		expect(output).toContain(`${BUILT} mentions /home/somebody`);
		expect(status).toBe(1);
	}, 120_000);
});
