import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkFacts } from '../../scripts/publish/facts';
import { placeholders } from '../../scripts/publish/placeholders';
import type { PackageJson, Tarball } from '../../scripts/publish/tarball';

const REPOSITORY = 'https://github.com/somebody/n8n-nodes-example';

const RIGHT: PackageJson = {
	name: 'n8n-nodes-example',
	version: '1.2.0',
	author: { email: 'somebody@triggers.test' },
	repository: { type: 'git', url: `git+${REPOSITORY}.git` } as PackageJson['repository'],
	n8n: { nodes: ['dist/Example.node.js'], credentials: ['dist/ExampleApi.credentials.js'] },
};

const FILES = {
	'index.js': '',
	'README.md': `[The code](${REPOSITORY}), http://localhost:5678`,
	'dist/Example.node.js': `// ${REPOSITORY}-other is another package`,
	'dist/ExampleApi.credentials.js': '',
};

let project: string;

beforeEach(() => {
	project = mkdtempSync(join(tmpdir(), 'to-publish-'));
	writeFileSync(
		join(project, 'CHANGELOG.md'),
		'# Changelog\n\n## 1.2.0 - 2000-01-01\n\n## 1.1.0\n',
	);
});

afterEach(() => {
	rmSync(project, { recursive: true });
});

/** An unpacked tarball. */
function tarballOf(files: Record<string, string>, packageJson: PackageJson = RIGHT): Tarball {
	const folder = join(project, 'package');
	for (const [file, text] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, file)), { recursive: true });
		writeFileSync(join(folder, file), text);
	}
	return { folder, files: Object.keys(files), packageJson };
}

describe('what npm and n8n expect', () => {
	const findingsIn = (tarball: Tarball) =>
		checkFacts(project, tarball).flatMap(({ findings }) => findings);

	it('is found where it is right', () => {
		expect(findingsIn(tarballOf(FILES))).toEqual([]);
	});

	it('is a heading of this version at the top of the changelog', () => {
		expect(findingsIn(tarballOf(FILES, { ...RIGHT, version: '1.3.0' }))).toEqual([
			expect.stringContaining('package.json says 1.3.0'),
		]);
	});

	it('is every file that package.json names', () => {
		const tarball = tarballOf(FILES);
		tarball.files = tarball.files.filter((file) => file !== 'dist/Example.node.js');

		expect(findingsIn(tarball)).toEqual([
			'package.json names dist/Example.node.js, which the build does not make.',
		]);
		expect(findingsIn(tarballOf(FILES, { ...RIGHT, n8n: {} }))).toEqual([
			'package.json names no node under "n8n".',
		]);
	});

	it.each(['/home/somebody', 'C:\\Users\\somebody', 'localhost:4873', 'registry.example.com'])(
		'is no trace of this machine: %s',
		(trace) => {
			const text = `// ${trace}`;

			expect(findingsIn(tarballOf({ ...FILES, 'index.js': text }))).toEqual([
				`index.js mentions ${trace}.`,
			]);
		},
	);

	it('is one repository in every link', () => {
		const text = 'https://github.com/nobody/n8n-nodes-example/issues';

		expect(findingsIn(tarballOf({ ...FILES, 'index.js': text }))).toEqual([
			expect.stringContaining('index.js links to https://github.com/nobody/n8n-nodes-example,'),
		]);
	});
});

describe('what is to be set before publishing', () => {
	it('is told as long as it is not set', () => {
		writeFileSync(join(project, 'CHANGELOG.md'), '## 1.2.0 - unreleased\n');
		const author = { email: 'somebody@example.com' };

		expect(placeholders(project, tarballOf(FILES, { ...RIGHT, author }))).toEqual([
			'author.email in package.json is somebody@example.com',
			expect.stringContaining(`repository in package.json is ${REPOSITORY}, but git's origin is`),
			'CHANGELOG.md has 1.2.0 without its date',
		]);
	});

	it('is nothing where all is set', () => {
		spawnSync('git', ['init', '--quiet'], { cwd: project });
		const origin = REPOSITORY.replace('https://github.com/', 'git@github.com:');
		spawnSync('git', ['remote', 'add', 'origin', `${origin}.git`], { cwd: project });

		expect(placeholders(project, tarballOf(FILES))).toEqual([]);
	});
});
