import { relative } from 'node:path';
import scannerPackage from '@n8n/scan-community-package/package.json';
import type { Check } from './check';
import type { Tarball } from './tarball';

/** What this uses of n8n's scanner, which brings no types. */
interface Scanner {
	SOURCE_FILE_PATTERNS: string[];
	findPackageRoot: (folder: string, packageName: string) => string | null;
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
			title: 'The source is found by the name in its package.json',
			findings: rootFindings(scanner, project, tarball.packageJson.name),
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

function rootFindings(scanner: Scanner, project: string, name: string): string[] {
	const root = scanner.findPackageRoot(project, name);
	if (root !== null && relative(project, root) === '') return [];
	return [
		`The scanner takes ${root ?? 'nothing'} for the package. Only one package.json may be "${name}".`,
	];
}

async function lint(scanner: Scanner, folder: string, patterns: string[]): Promise<string[]> {
	const { passed, message, details } = await scanner.analyzePackage(folder, patterns);
	// It also passes a folder in which it found no file.
	if (passed && message === undefined) return [];
	return [(details ?? message ?? 'The scanner gave no reason').replaceAll(`${folder}/`, '').trim()];
}
