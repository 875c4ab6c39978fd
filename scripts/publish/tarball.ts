import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pack } from '../npm';

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
	const { filename, files } = pack(project, into);
	const { status, stderr } = spawnSync('tar', ['-xzf', filename], {
		cwd: into,
		encoding: 'utf8',
	});
	if (status !== 0) throw new Error(`${filename} could not be unpacked:\n${stderr}`);
	const folder = join(into, 'package');
	const packageJson = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson;
	return { folder, files, packageJson };
}
