import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { table } from '../page';
import type { Findings, Part } from '../part';
import { step } from '../progress';
import { countOf, jest, type JestOutput } from '../versions/jest';

const NODES = [20, 22, 24];

const PROJECT = join(__dirname, '..', '..');

/** What became of the tests on one Node.js. */
interface NodeRun {
	version: string;
	unit: JestOutput;
	integration: JestOutput;
}

async function prove(): Promise<Findings> {
	const runs: NodeRun[] = [];
	for (const major of NODES) runs.push(await runOnNode(major));
	const text = `The tests that need no n8n:

${table(
	['Node.js', 'Unit', 'Integration'],
	runs.map(({ version, unit, integration }) => [version, countOf(unit), countOf(integration)]),
)}`;
	const outputs = runs.flatMap(({ unit, integration }) => [unit, integration]);
	return { text, hasHeld: outputs.every(({ numFailedTests }) => numFailedTests === 0) };
}

async function runOnNode(major: number): Promise<NodeRun> {
	const node = installedNode(major);
	const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim().slice(1);
	const environment = {
		...process.env,
		PATH: [dirname(node), process.env.PATH].join(delimiter),
	};
	const test = async (project: string) =>
		await jest(`Node.js ${major}`, node, project, environment);
	return { version, unit: await test('unit'), integration: await test('integration') };
}

/** Node.js of a major version: this process's own, or the newest that npm has. */
function installedNode(major: number): string {
	if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	const name = `node-${platform}-${process.arch}`;
	const folder = join(PROJECT, 'playground', `.node-${major}`);
	step(`node: Node.js ${major}: installing it, unless it is there`);
	mkdirSync(folder, { recursive: true });
	const options = ['--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund'];
	execFileSync('npm', ['install', ...options, `${name}@${major}`], { stdio: 'ignore' });
	return join(folder, 'node_modules', name, 'bin', platform === 'win' ? 'node.exe' : 'node');
}

/** On which Node.js the tests pass that need no n8n. */
export const node: Part = { name: 'node', run: prove };
