import { spawnSync } from 'node:child_process';
import {
	appendFileSync,
	cpSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
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
	'index.js',
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
		expect(output).toMatch(/^✔ All 7 checks passed\.$/m);
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

	it('finds dependencies and a second package.json', () => {
		changePackageJson({ dependencies: { lodash: '^4.17.21' } });
		mkdirSync(join(copy, 'tools'));
		writeFileSync(join(copy, 'tools', 'package.json'), '{ "name": "tools" }');

		const { status, output, failed } = check();

		expect(failed).toEqual([
			'The source has one package.json, its own',
			'The source: package.json, nodes/, credentials/',
			'The tarball: its JavaScript and package.json',
		]);
		expect(output).toContain(`${join('tools', 'package.json')} is a second one.`);
		expect(output).toContain('no-runtime-dependencies');
		expect(status).toBe(1);
	}, 120_000);

	it("finds what is missing, out of step, or this machine's own", () => {
		changePackageJson({
			version: '0.1.1',
			repository: { type: 'git', url: 'git+https://github.com/somebody/else.git' },
		});
		rmSync(join(copy, 'dist/nodes/Chirp/ChirpTrigger.node.js'));
		appendFileSync(join(copy, BUILT), `\n// /home/somebody/project http://localhost:4873\n`);

		const { status, output, failed } = check();

		expect(failed).toEqual([
			'CHANGELOG.md begins with 0.1.1',
			'Every file that package.json names is there',
			'No path or address of this machine, no address of a package registry',
			'Links to the repository agree',
		]);
		expect(output).toContain('package.json names dist/nodes/Chirp/ChirpTrigger.node.js');
		expect(output).toContain(`${BUILT} mentions /home/somebody`);
		expect(output).toContain(`${BUILT} mentions localhost:4873`);
		expect(status).toBe(1);
	}, 120_000);
});
