// Which n8n and which Node.js the package runs on, by the project's own tests.

import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { nodeForN8n } from '../../playground/install';
import manifest from '../../playground/packages/n8n.json';

/** The oldest n8n that is to pass every end-to-end test. Two of its six files were not seen to pass yet: crash, example-family. */
const OLDEST = '2.8.4';

/** An older one that installs, to show what is missing there. */
const BEFORE_OLDEST = '2.0.0';

/** The one that every change is tested with. */
const LOCKED = manifest.dependencies.n8n;

const NEWEST = 'latest';

const NODES = [20, 22, 24];

/** What is known to fail, and why. */
const KNOWN: Record<string, string> = {
	[BEFORE_OLDEST]:
		'it answers 200 before it has stored the event, and its Data Table node cannot create the table of `delivery-monitoring`',
};

const PROJECT = join(__dirname, '..', '..');
const OUTPUT = join(PROJECT, 'coverage', 'versions');
const JEST = join(PROJECT, 'node_modules', 'jest', 'bin', 'jest.js');

/** Of a failed test's message, in a cell of the table. */
const LONGEST_REASON = 120;

type Report = (line: string) => void;

/** What `jest --json` writes, as far as it is read here. */
interface JestOutput {
	numPassedTests: number;
	numFailedTests: number;
	numPendingTests: number;
	testResults: {
		name: string;
		status: string;
		message: string;
		assertionResults: { status: string; failureMessages: string[] }[];
	}[];
}

/** What became of the tests on one n8n. */
interface N8nRun {
	wanted: string;
	version: string;
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

/**
 * Runs the end-to-end tests on the oldest n8n, the one before it, the locked one and the newest, and
 * the unit and integration tests on each Node.js. Takes an hour, installations aside.
 *
 * @returns Markdown, without a heading
 */
export async function versions(report: Report): Promise<string> {
	report('building the package');
	execFileSync('npm', ['run', '--silent', 'build'], { cwd: PROJECT, stdio: 'ignore' });
	const onN8n: N8nRun[] = [];
	for (const wanted of [BEFORE_OLDEST, OLDEST, LOCKED, NEWEST]) {
		onN8n.push(await runOnN8n(wanted, report));
	}
	const onNode: NodeRun[] = [];
	for (const major of NODES) onNode.push(await runOnNode(major, report));
	return page(onN8n, onNode);
}

export async function runOnN8n(wanted: string, report: Report): Promise<N8nRun> {
	const published = wanted === NEWEST ? publishedVersion(wanted) : wanted;
	if (wanted === NEWEST && published === LOCKED) {
		return { wanted, version: published, problem: 'the same as the one above' };
	}
	const environment = {
		...process.env,
		// Without a version it is the locked one.
		N8N_VERSION: wanted === LOCKED ? '' : published,
	};
	report(`n8n ${published}: installing it, unless it is there`);
	const installed = await run(
		process.execPath,
		[join(PROJECT, 'playground', 'install.js')],
		environment,
		() => undefined,
	);
	if (installed.exitCode !== 0) {
		const reason = installed.lines.find((line) => line.includes('notarget No matching version'));
		const problem = reason?.replace(/^.*notarget /, '') ?? installed.lines.slice(-1).join('');
		report(`n8n ${published}: not installed: ${problem}`);
		return { wanted, version: published, problem: `npm does not install it: ${problem}` };
	}
	const output = await jest(`n8n-${published}`, process.execPath, 'e2e', environment, report);
	return { wanted, version: published, output };
}

export async function runOnNode(major: number, report: Report): Promise<NodeRun> {
	const node = installedNode(major, report);
	const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim().slice(1);
	const environment = {
		...process.env,
		PATH: [dirname(node), process.env.PATH].join(delimiter),
	};
	const test = async (project: string) =>
		await jest(`node-${major}-${project}`, node, project, environment, report);
	return { version, unit: await test('unit'), integration: await test('integration') };
}

/** Markdown of the results. */
export function page(onN8n: readonly N8nRun[], onNode: readonly NodeRun[]): string {
	const node = execFileSync(nodeForN8n().node, ['--version'], { encoding: 'utf8' }).trim().slice(1);
	const n8nRows = onN8n.map(({ wanted, version, problem, output }) => [
		`${version}${roleOf(wanted)}`,
		output ? node : '',
		output ? String(output.numPassedTests) : '',
		output ? String(output.numFailedTests) : '',
		problem ?? whatFails(wanted, output),
	]);
	const nodeRows = onNode.map(({ version, unit, integration }) => [
		version,
		countOf(unit),
		countOf(integration),
	]);
	return [
		'The packed tarball in a real n8n, every end-to-end test:',
		'',
		table(['n8n', 'Node.js', 'Passed', 'Failed', 'What fails, and why'], n8nRows),
		'',
		'The other tests, which need no n8n:',
		'',
		table(['Node.js', 'Unit', 'Integration'], nodeRows),
		'',
	].join('\n');
}

function roleOf(wanted: string): string {
	if (wanted === BEFORE_OLDEST) return ', older';
	if (wanted === OLDEST) return ', the oldest';
	return wanted === NEWEST ? ', the newest' : ', with which every change is tested';
}

/** The files with failed tests, each with how many and with the reasons that it gives. */
function whatFails(wanted: string, output?: JestOutput): string {
	const files = (output?.testResults ?? []).filter(({ status }) => status === 'failed');
	if (files.length === 0) return 'nothing';
	const seen = files.map(({ name, message, assertionResults }) => {
		const failed = assertionResults.filter(({ status }) => status === 'failed');
		const messages =
			failed.length === 0 ? [message] : failed.map(({ failureMessages }) => failureMessages[0]);
		const reasons = new Set(messages.map((text) => reasonOf(text ?? '')));
		return `${basename(name)}: ${failed.length} (${[...reasons].slice(0, 3).join('; ')})`;
	});
	const why = KNOWN[wanted] ?? 'not known';
	return `${why}. ${seen.join('. ')}`;
}

/** The first line of a message, as far as it fits into a table. */
function reasonOf(message: string): string {
	const line = /\S.*/.exec(message.replace(/^\s*Error: /, ''))?.[0] ?? '';
	// eslint-disable-next-line no-control-regex -- Jest colors its messages.
	const plain = line.replace(/\u001b\[\d+m/g, '').replaceAll('|', '\\|');
	return plain.length > LONGEST_REASON ? `${plain.slice(0, LONGEST_REASON)}…` : plain;
}

function countOf({ numPassedTests, numFailedTests, numPendingTests }: JestOutput): string {
	const skipped = numPendingTests === 0 ? '' : `, ${numPendingTests} skipped`;
	return `${numPassedTests} passed, ${numFailedTests} failed${skipped}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Runs one of Jest's projects; reports each file that is through. */
async function jest(
	name: string,
	node: string,
	project: string,
	environment: NodeJS.ProcessEnv,
	report: Report,
): Promise<JestOutput> {
	mkdirSync(OUTPUT, { recursive: true });
	const outputFile = join(OUTPUT, `${name}.json`);
	rmSync(outputFile, { force: true });
	report(`${name}: ${project} tests`);
	await run(
		node,
		[JEST, '--selectProjects', project, '--runInBand', '--json', '--outputFile', outputFile],
		environment,
		(line) => {
			if (/^(PASS|FAIL) /.test(line)) report(`${name}: ${line}`);
		},
	);
	const output = JSON.parse(readFileSync(outputFile, 'utf8')) as JestOutput;
	report(`${name}: ${countOf(output)}`);
	return output;
}

/** Runs a command in the project; returns how it ended and what it wrote. */
async function run(
	command: string,
	args: string[],
	env: NodeJS.ProcessEnv,
	onLine: (line: string) => void,
): Promise<{ exitCode: number | null; lines: string[] }> {
	const child = spawn(command, args, { cwd: PROJECT, env, stdio: ['ignore', 'pipe', 'pipe'] });
	const lines: string[] = [];
	for (const input of [child.stdout, child.stderr]) {
		createInterface({ input }).on('line', (line) => {
			lines.push(line);
			onLine(line);
		});
	}
	const exitCode = await new Promise<number | null>((resolve, reject) => {
		child.on('error', reject);
		child.on('close', resolve);
	});
	return { exitCode, lines };
}

/** The version that npm has under a tag. */
function publishedVersion(tag: string): string {
	return execFileSync('npm', ['view', `n8n@${tag}`, 'version'], { encoding: 'utf8' }).trim();
}

/** Node.js of a major version: this process's own, or the newest that npm has. */
function installedNode(major: number, report: Report): string {
	if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	const name = `node-${platform}-${process.arch}`;
	const folder = join(PROJECT, 'playground', `.node-${major}`);
	report(`Node.js ${major}: installing it, unless it is there`);
	mkdirSync(folder, { recursive: true });
	const options = ['--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund'];
	execFileSync('npm', ['install', ...options, `${name}@${major}`], { stdio: 'ignore' });
	return join(folder, 'node_modules', name, 'bin', platform === 'win' ? 'node.exe' : 'node');
}
