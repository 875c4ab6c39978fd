import { existsSync, readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Check } from './check';
import type { PackageJson, Tarball } from './tarball';

const PAPERS = ['LICENSE', 'README.md', 'package.json'];

/** What the build makes. */
const BUILT = /^dist\/(?:[\w-]+\/)*[\w-][\w.-]*\.(?:js|json|svg)$/;

/** What n8n and npm expect of a package beside the scanner's rules. */
export function checkFacts(project: string, tarball: Tarball): Check[] {
	const { packageJson } = tarball;
	return [
		{
			title: `CHANGELOG.md begins with ${packageJson.version}`,
			findings: changelogFindings(project, packageJson.version),
		},
		{ title: 'No dependency but n8n itself', findings: dependencyFindings(packageJson) },
		{ title: 'Nothing but the build and the papers', findings: fileFindings(tarball) },
		{ title: 'Every file that package.json names is there', findings: missingFiles(tarball) },
		{
			title: 'No path or address of this machine, no token, no address of a package registry',
			findings: contentFindings(project, tarball),
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

function dependencyFindings(packageJson: PackageJson): string[] {
	const kinds = [
		'dependencies',
		'optionalDependencies',
		'bundleDependencies',
		'bundledDependencies',
	];
	const findings = kinds.flatMap((kind) => {
		const names = Object.keys(packageJson[kind] ?? {});
		return names.length > 0 ? [`Remove ${names.join(', ')} from ${kind} in package.json.`] : [];
	});
	const peers = packageJson.peerDependencies ?? {};
	if (Object.keys(peers).length !== 1 || peers['n8n-workflow'] !== '*') {
		findings.push(
			`peerDependencies in package.json has to be { "n8n-workflow": "*" }, not ${JSON.stringify(peers)}.`,
		);
	}
	if (packageJson.publishConfig !== undefined) {
		findings.push('Remove publishConfig from package.json: it could publish somewhere else.');
	}
	return findings;
}

function fileFindings({ files }: Tarball): string[] {
	const strays = files.filter((file) => !BUILT.test(file) && !PAPERS.includes(file));
	const missing = PAPERS.filter((file) => !files.includes(file));
	return [
		...strays.map(
			(file) =>
				`${file} would be published. Take it out of the build, or out of "files" in package.json.`,
		),
		...missing.map((file) => `${file} is missing.`),
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

/** But for the port that n8n has everywhere. */
const LOCAL_ADDRESS = /\b(?:localhost|127\.0\.0\.1):(?!5678\b)\d+/;

/** What npm, GitHub, AWS and Slack write at the beginning of a secret. */
const TOKEN = /\b(?:npm_|ghp_|github_pat_|AKIA|xox[bap]-)\w{10,}/;

const REGISTRY = /\bregistry(?:\.[\w-]+)+/;

function contentFindings(project: string, tarball: Tarball): string[] {
	const here = [project, homedir(), tmpdir()].filter((path) => path.length > '/root'.length);
	return textsOf(tarball).flatMap(([file, text]) =>
		[
			...here.filter((path) => text.includes(path)),
			LOCAL_PATH.exec(text)?.[0],
			LOCAL_ADDRESS.exec(text)?.[0],
			TOKEN.exec(text)?.[0],
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
