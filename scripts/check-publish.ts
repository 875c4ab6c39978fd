// Packs the built package and checks the tarball before it is published: with n8n's own scanner, as
// far as that can run before publication, and for what npm and n8n expect besides.
//
//   npm run check:publish [-- --final]

import { program } from 'commander';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Check } from './publish/check';
import { checkFacts } from './publish/facts';
import { placeholders } from './publish/placeholders';
import { scan, SCANNER_VERSION } from './publish/scan';
import { packAndUnpack } from './publish/tarball';

program
	.name('npm run check:publish --')
	.description('Checks the packed tarball as n8n and npm will; exit code 1 on any finding.')
	.argument('[project]', 'the folder of the package', join(__dirname, '..'))
	.option('--final', 'what is still to be set before publishing is a finding too')
	.parse();

const project = resolve(program.args[0] ?? join(__dirname, '..'));
const { final: isFinal = false } = program.opts<{ final?: boolean }>();

async function main(): Promise<void> {
	const folder = mkdtempSync(join(realpathSync(tmpdir()), 'check-publish-'));
	try {
		const tarball = packAndUnpack(project, folder);
		const { name, version } = tarball.packageJson;
		console.log(`▶ ${name} ${version}: ${tarball.files.length} files`);

		console.log(
			`▶ n8n's scanner ${SCANNER_VERSION}, but for the provenance that npm adds on publication`,
		);
		const checks = report(await scan(project, tarball));
		console.log('▶ What npm and n8n expect besides');
		checks.push(...report(checkFacts(project, tarball)));

		const unset = placeholders(project, tarball);
		if (isFinal) {
			checks.push(...report([{ title: 'Nothing is left to be set', findings: unset }]));
		} else if (unset.length > 0) {
			console.log('▶ Set before publishing (docs/releasing.md)');
			for (const placeholder of unset) console.log(`  ⚠ ${placeholder}`);
		}

		const failed = checks.filter(({ findings }) => findings.length > 0).length;
		console.log(
			failed === 0
				? `✔ All ${checks.length} checks passed.`
				: `✖ ${failed} of ${checks.length} checks found something.`,
		);
		process.exitCode = failed === 0 ? 0 : 1;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Prints checks, and returns them. */
function report(checks: Check[]): Check[] {
	for (const { title, findings } of checks) {
		console.log(`  ${findings.length === 0 ? '✔' : '✖'} ${title}`);
		for (const finding of findings) console.log(finding.replaceAll(/^/gm, '      '));
	}
	return checks;
}

main().catch((error: unknown) => {
	console.error(`✖ ${error instanceof Error ? error.message : String(error)}`);
	process.exitCode = 1;
});
