import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { nodeForN8n } from '../../playground/install';
import manifest from '../../playground/packages/n8n.json';
import { table } from '../page';
import type { Findings, Part } from '../part';
import { step } from '../progress';
import { countOf, jest, run, type JestOutput } from '../versions/jest';

/** The oldest n8n that passes every end-to-end test. */
const OLDEST = '2.8.4';

/** The last one before it, with a file of tests that shows what is missing there. */
const BEFORE_OLDEST = { version: '2.7.5', file: 'e2e/n8n.test' };

/** The one that every change is tested with. */
const LOCKED = manifest.dependencies.n8n;

const NODES = [20, 22, 24];

const PROJECT = join(__dirname, '..', '..');

/** Of a failed test's message, in a cell of the table. */
const LONGEST_REASON = 160;

/** What became of the end-to-end tests on one n8n. */
interface N8nRun {
	version: string;
	/** Which of them. */
	tests: string;
	/** Why there are no results, in npm's words. */
	problem?: string;
	output?: JestOutput;
}

/** What became of the tests on one Node.js. */
interface NodeRun {
	version: string;
	unit: JestOutput;
	integration: JestOutput;
}

async function prove(): Promise<Findings> {
	const newest = publishedVersion('latest');
	const oldest = await runOnN8n(OLDEST);
	const onN8n = [
		await runOnN8n(BEFORE_OLDEST.version, BEFORE_OLDEST.file),
		oldest,
		...(newest === LOCKED ? [] : [await runOnN8n(newest)]),
	];
	const onNode: NodeRun[] = [];
	for (const major of NODES) onNode.push(await runOnNode(major));
	const outputs = [
		oldest.output,
		...onNode.flatMap(({ unit, integration }) => [unit, integration]),
	];
	return { text: text(onN8n, onNode), hasHeld: outputs.every((one) => one?.numFailedTests === 0) };
}

async function runOnN8n(version: string, file?: string): Promise<N8nRun> {
	const tests = file ? `${file}.ts` : 'all';
	const environment = { ...process.env, N8N_VERSION: version };
	step(`versions: n8n ${version}: installing it, unless it is there`);
	const install = join(PROJECT, 'playground', 'install.js');
	const installed = await run(process.execPath, [install], environment, () => undefined);
	if (installed.exitCode !== 0) {
		const reason = installed.lines.find((line) => line.includes('notarget No matching version'));
		const problem = reason?.replace(/^.*notarget /, '') ?? installed.lines.slice(-1).join('');
		step(`versions: n8n ${version}: not installed: ${problem}`);
		return { version, tests, problem: `npm does not install it: ${problem}` };
	}
	const selected = { project: 'e2e', ...(file && { file }) };
	const output = await jest(`n8n ${version}`, process.execPath, selected, environment);
	return { version, tests, output };
}

async function runOnNode(major: number): Promise<NodeRun> {
	const node = installedNode(major);
	const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim().slice(1);
	const environment = {
		...process.env,
		PATH: [dirname(node), process.env.PATH].join(delimiter),
	};
	const test = async (project: string) =>
		await jest(`Node.js ${major}`, node, { project }, environment);
	return { version, unit: await test('unit'), integration: await test('integration') };
}

function text(onN8n: readonly N8nRun[], onNode: readonly NodeRun[]): string {
	const node = execFileSync(nodeForN8n().node, ['--version'], { encoding: 'utf8' }).trim().slice(1);
	return `\`npm test\` runs every test on n8n ${LOCKED} and the Node.js of whoever runs it. Here the packed tarball is in other n8n,
with Node.js ${node}:

${table(
	['n8n', 'End-to-end tests', 'Passed', 'Failed', 'What fails'],
	onN8n.map(({ version, tests, problem, output }) => [
		version,
		tests,
		output?.numPassedTests ?? '',
		output?.numFailedTests ?? '',
		output ? whatFails(output) : (problem ?? ''),
	]),
)}

The tests that need no n8n:

${table(
	['Node.js', 'Unit', 'Integration'],
	onNode.map(({ version, unit, integration }) => [version, countOf(unit), countOf(integration)]),
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

/** Node.js of a major version: this process's own, or the newest that npm has. */
function installedNode(major: number): string {
	if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	const name = `node-${platform}-${process.arch}`;
	const folder = join(PROJECT, 'playground', `.node-${major}`);
	step(`versions: Node.js ${major}: installing it, unless it is there`);
	mkdirSync(folder, { recursive: true });
	const options = ['--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund'];
	execFileSync('npm', ['install', ...options, `${name}@${major}`], { stdio: 'ignore' });
	return join(folder, 'node_modules', name, 'bin', platform === 'win' ? 'node.exe' : 'node');
}

/** Which n8n and which Node.js the package runs on, by the project's own tests. */
export const versions: Part = { name: 'versions', run: prove };
