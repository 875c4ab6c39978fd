import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import scannerPackage from '@n8n/scan-community-package/package.json';
import type { Check } from './check';
import type { Tarball } from './tarball';

/** What this uses of n8n's scanner, which brings no types. */
interface Scanner {
	SOURCE_FILE_PATTERNS: string[];
	analyzePackage: (
		folder: string,
		filePatterns: string[],
	) => Promise<{ passed: boolean; message?: string; details?: string }>;
}

/** As in the scanner's analyzePackageByName(). */
const TARBALL_FILE_PATTERNS = ['**/*.js', 'package.json'];

const SCANNER: string = '@n8n/scan-community-package/scanner/scanner.mjs';

/** The version of n8n's scanner that runs here. */
export const SCANNER_VERSION = scannerPackage.version;

/**
 * Runs n8n's own scanner for community packages on what it would download: the source and the
 * tarball, inline exceptions ignored. Its first step, the provenance attestation, is left out: npm
 * has it only after publication.
 */
export async function scan(project: string, tarball: Tarball): Promise<Check[]> {
	// With "test" the rules behave as in their own tests, and find what is not there.
	delete process.env.NODE_ENV;
	const scanner = (await import(SCANNER)) as Scanner;
	return [
		{
			title: 'The source has one package.json, its own',
			findings: otherManifests(project),
		},
		{
			title: 'The source: package.json, nodes/, credentials/',
			findings: await lint(scanner, project, scanner.SOURCE_FILE_PATTERNS),
		},
		{
			title: 'The tarball: its JavaScript and package.json',
			findings: await lint(scanner, tarball.folder, TARBALL_FILE_PATTERNS),
		},
	];
}

/**
 * Newer scanners than this one reject a repository with a second package.json, of whatever name. They
 * pass over node_modules and folders whose name begins with a dot.
 */
function otherManifests(project: string): string[] {
	return manifests(project)
		.map((path) => relative(project, path))
		.filter((path) => path !== 'package.json')
		.map((path) => `${path} is a second one. Give it another name, or take it out of the source.`);
}

function manifests(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		if (entry.name === 'package.json') return [path];
		const isLookedAt = entry.isDirectory() && !/^(?:\.|node_modules$)/.test(entry.name);
		return isLookedAt ? manifests(path) : [];
	});
}

async function lint(scanner: Scanner, folder: string, patterns: string[]): Promise<string[]> {
	const { passed, message, details } = await scanner.analyzePackage(folder, patterns);
	// It also passes a folder in which it found no file.
	if (passed && message === undefined) return [];
	return [(details ?? message ?? 'The scanner gave no reason').replaceAll(`${folder}/`, '').trim()];
}
