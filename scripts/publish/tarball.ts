import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

/** What package.json says, as far as publication depends on it. */
export interface PackageJson {
	name: string;
	version: string;
	main?: string;
	author?: { email?: string };
	repository?: { url?: string };
	peerDependencies?: Record<string, string>;
	n8n?: { nodes?: string[]; credentials?: string[] };
	[field: string]: unknown;
}

/** A package as npm would publish it, unpacked into a folder. */
export interface Tarball {
	folder: string;
	/** The paths of its files, with forward slashes. */
	files: string[];
	packageJson: PackageJson;
}

/** Packs a project as `npm publish` does, and unpacks the tarball into the folder `into`. */
export function packAndUnpack(project: string, into: string): Tarball {
	const packed = run('npm', ['pack', '--json', '--pack-destination', into], project);
	const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
	run('tar', ['-xzf', filename], into);
	const folder = join(into, 'package');
	const files = readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
		.map((path) => path.split(sep).join('/'))
		.sort();
	const packageJson = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson;
	return { folder, files, packageJson };
}

function run(command: string, args: string[], cwd: string): string {
	const { status, stdout, stderr, error } = spawnSync(command, args, {
		cwd,
		encoding: 'utf8',
		shell: process.platform === 'win32',
	});
	if (status !== 0) {
		throw new Error(`${command} ${args.join(' ')} failed:\n${error?.message ?? stderr}`);
	}
	return stdout;
}
