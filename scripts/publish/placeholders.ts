import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryAddress } from './facts';
import type { Tarball } from './tarball';

/** What only the person who publishes can set, and has not set yet. */
export function placeholders(project: string, { packageJson }: Tarball): string[] {
	const email = packageJson.author?.email ?? '';
	const repository = repositoryAddress(packageJson);
	const origin = originOf(project);
	const changelog = readFileSync(join(project, 'CHANGELOG.md'), 'utf8');
	return [
		...(/@example\./.test(email) ? [`author.email in package.json is ${email}`] : []),
		...(origin === repository
			? []
			: [
					`repository in package.json is ${repository}, but git's origin is ${origin ?? 'not set'}: npm rejects provenance unless they are the same`,
				]),
		...(/^## .*unreleased/im.test(changelog)
			? [`CHANGELOG.md has ${packageJson.version} without its date`]
			: []),
	];
}

/** The repository that a clone was made from, as a web address where it has one. */
function originOf(project: string): string | null {
	const { status, stdout } = spawnSync('git', ['remote', 'get-url', 'origin'], {
		cwd: project,
		encoding: 'utf8',
	});
	if (status !== 0) return null;
	return stdout
		.trim()
		.replace(/^git@([^:]+):/, 'https://$1/')
		.replace(/\.git$/, '');
}
