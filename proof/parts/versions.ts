import { execFileSync } from 'node:child_process';
import { basename, join } from 'node:path';
import { nodeForN8n } from '../../playground/install';
import manifest from '../../playground/packages/n8n.json';
import { table } from '../page';
import type { Findings, Part } from '../part';
import { step } from '../progress';
import { jest, run, type JestOutput } from '../versions/jest';

/**
 * The oldest that npm installed of those whose public API lists crashed executions, which the example
 * recover-after-crash asks for: n8n has done so since 2.13.
 */
const OLDEST = '2.14.2';

/** The end-to-end tests that need it; all of them unless named. */
const FILES = (process.env.PROOF_TESTS ?? '').split(',').filter((file) => file !== '');

/** The one that every change is tested with. */
const LOCKED = manifest.dependencies.n8n;

const PROJECT = join(__dirname, '..', '..');

/** Of a failed test's message, in a cell of the table. */
const LONGEST_REASON = 160;

/** What became of the end-to-end tests on one n8n. */
interface N8nRun {
	version: string;
	/** Why there are no results, in npm's words. */
	problem?: string;
	output?: JestOutput;
}

async function prove(): Promise<Findings> {
	const newest = publishedVersion('latest');
	const oldest = await runOnN8n(OLDEST);
	const runs = [oldest, ...(newest === LOCKED ? [] : [await runOnN8n(newest)])];
	const hasPassed = ({ output }: N8nRun) => output?.numFailedTests === 0;
	// Of the newest npm may lack a package, which is no fault of this one.
	return {
		text: text(runs),
		hasHeld: hasPassed(oldest) && runs.every((one) => one.problem !== undefined || hasPassed(one)),
	};
}

async function runOnN8n(version: string): Promise<N8nRun> {
	const environment = { ...process.env, N8N_VERSION: version };
	step(`versions: n8n ${version}: installing it, unless it is there`);
	const install = join(PROJECT, 'playground', 'install.js');
	const installed = await run(process.execPath, [install], environment, () => undefined);
	if (installed.exitCode !== 0) {
		const reason = installed.lines.find((line) => line.includes('notarget No matching version'));
		const problem = reason?.replace(/^.*notarget /, '') ?? installed.lines.slice(-1).join('');
		step(`versions: n8n ${version}: not installed: ${problem}`);
		return { version, problem: `npm does not install it: ${problem}` };
	}
	const output = await jest(`n8n ${version}`, process.execPath, 'e2e', environment, FILES);
	return { version, output };
}

function text(runs: readonly N8nRun[]): string {
	const node = execFileSync(nodeForN8n().node, ['--version'], { encoding: 'utf8' }).trim().slice(1);
	return `\`npm test\` runs every test on n8n ${LOCKED} and the Node.js of whoever runs it. Here ${FILES.length > 0 ? `the end-to-end tests of ${FILES.join(', ')}` : 'all end-to-end tests'} ran with the packed tarball in other n8n,
with Node.js ${node}:

${table(
	['n8n', 'Passed', 'Failed', 'What fails'],
	runs.map(({ version, problem, output }) => [
		version,
		output?.numPassedTests ?? '',
		output?.numFailedTests ?? '',
		output ? whatFails(output) : (problem ?? ''),
	]),
)}`;
}

/** The files with failed tests, each with how many and with the reasons that it gives. */
function whatFails(output: JestOutput): string {
	const files = output.testResults.filter(({ status }) => status === 'failed');
	if (files.length === 0) return 'nothing';
	const seen = files.map(({ name, message, assertionResults }) => {
		const failed = assertionResults.filter(({ status }) => status === 'failed');
		const messages =
			failed.length === 0 ? [message] : failed.map(({ failureMessages }) => failureMessages[0]);
		const reasons = new Set(messages.map((text) => reasonOf(text ?? '')));
		return `${basename(name)}: ${failed.length} (${[...reasons].slice(0, 3).join('; ')})`;
	});
	return seen.join('. ');
}

/** The first line of a message, as far as it fits into a table. */
function reasonOf(message: string): string {
	const line = /\S.*/.exec(message.replace(/^\s*Error: /, ''))?.[0] ?? '';
	// eslint-disable-next-line no-control-regex -- Jest colors its messages.
	const plain = line.replace(/\u001b\[\d+m/g, '').replaceAll('|', '\\|');
	return plain.length > LONGEST_REASON ? `${plain.slice(0, LONGEST_REASON)}…` : plain;
}

/** The version that npm has under a tag. */
function publishedVersion(tag: string): string {
	return execFileSync('npm', ['view', `n8n@${tag}`, 'version'], { encoding: 'utf8' }).trim();
}

/** On which n8n the package runs, by the project's own end-to-end tests. */
export const versions: Part = { name: 'versions', run: prove };
