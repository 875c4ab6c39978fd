import { spawnSync } from 'node:child_process';

/** A tarball as `npm publish` would send it. */
export interface Packed {
	/** Its name in the folder that it was packed into. */
	filename: string;
	/** In bytes. */
	size: number;
	/** The paths of the files in it, with forward slashes. */
	files: string[];
}

/** Packs a project, which has to be built, into a folder. */
export function pack(project: string, into: string): Packed {
	const output = npm(['pack', '--json', '--pack-destination', into], project);
	const [{ filename, size, files }] = JSON.parse(output) as [
		{ filename: string; size: number; files: { path: string }[] },
	];
	return { filename, size, files: files.map(({ path }) => path).sort() };
}

/** Runs npm in a folder. Returns what it wrote; throws what it complained about when it failed. */
export function npm(args: string[], folder: string): string {
	const { status, stdout, stderr } = spawnSync('npm', args, {
		cwd: folder,
		encoding: 'utf8',
		shell: process.platform === 'win32',
	});
	if (status !== 0) throw new Error(`npm ${args.join(' ')} failed:\n${stderr}`);
	return stdout;
}
