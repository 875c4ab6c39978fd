import { existsSync, readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Check } from './check';
import type { PackageJson, Tarball } from './tarball';

/**
 * What neither n8n's scanner nor npm looks at. Dependencies and secrets are the scanner's to find, and
 * which files are packed is what test/integration/package.test.ts checks.
 */
export function checkFacts(project: string, tarball: Tarball): Check[] {
	const { version } = tarball.packageJson;
	return [
		{
			title: `CHANGELOG.md begins with ${version}`,
			findings: changelogFindings(project, version),
		},
		{ title: 'Every file that package.json names is there', findings: missingFiles(tarball) },
		{
			title: 'No path or address of this machine, no address of a package registry',
			findings: localFindings(project, tarball),
		},
		{ title: 'Links to the repository agree', findings: linkFindings(tarball) },
	];
}

function changelogFindings(project: string, version: string): string[] {
	const file = join(project, 'CHANGELOG.md');
	const heading = existsSync(file) ? /^## (.*)$/m.exec(readFileSync(file, 'utf8'))?.[1] : undefined;
	const newest = /^\[?(\d[^\s\]]*)/.exec(heading ?? '')?.[1];
	if (newest === version) return [];
	return [
		`package.json says ${version}, the newest heading of CHANGELOG.md ${heading ? `"${heading}"` : 'nothing'}. Make them one.`,
	];
}

function missingFiles({ files, packageJson: { main, n8n } }: Tarball): string[] {
	const nodes = n8n?.nodes ?? [];
	const credentials = n8n?.credentials ?? [];
	return [
		...(nodes.length === 0 ? ['package.json names no node under "n8n".'] : []),
		...[...nodes, ...credentials, main ?? 'index.js']
			.filter((file) => !files.includes(file))
			.map((file) => `package.json names ${file}, which the build does not make.`),
	];
}

/** Folders that belong to a person or a machine, on Linux, macOS and Windows. */
const LOCAL_PATH =
	/(?<![\w.:/-])(?:\/(?:home|Users|root|tmp|work|workspace|opt|mnt|srv|private)\/|[A-Z]:\\+Users\\+)[\w.-]+/;

/** But for the ports that n8n and WAHA have everywhere. */
const LOCAL_ADDRESS = /\b(?:localhost|127\.0\.0\.1):(?!5678\b|3000\b)\d+/;

const REGISTRY = /\bregistry(?:\.[\w-]+)+/;

function localFindings(project: string, tarball: Tarball): string[] {
	const here = [project, homedir(), tmpdir()].filter((path) => path.length > '/root'.length);
	return textsOf(tarball).flatMap(([file, text]) =>
		[
			...here.filter((path) => text.includes(path)),
			LOCAL_PATH.exec(text)?.[0],
			LOCAL_ADDRESS.exec(text)?.[0],
			REGISTRY.exec(text)?.[0],
		].flatMap((found) => (found === undefined ? [] : [`${file} mentions ${found}.`])),
	);
}

/** Links that were forgotten when the package's repository moved. */
function linkFindings(tarball: Tarball): string[] {
	const { name } = tarball.packageJson;
	const repository = repositoryAddress(tarball.packageJson);
	const ofThisName = new RegExp(`https://github\\.com/[\\w.-]+/${name}(?![\\w-])`, 'g');
	return textsOf(tarball).flatMap(([file, text]) =>
		[...new Set(text.match(ofThisName) ?? [])]
			.filter((link) => link !== repository)
			.map(
				(link) => `${file} links to ${link}, but the repository in package.json is ${repository}.`,
			),
	);
}

/** The address of the repository's page, from the form that npm keeps. */
export function repositoryAddress({ repository }: PackageJson): string {
	return (repository?.url ?? '').replace(/^git\+/, '').replace(/\.git$/, '');
}

function textsOf({ folder, files }: Tarball): [file: string, text: string][] {
	return files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]);
}
