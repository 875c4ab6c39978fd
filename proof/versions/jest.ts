import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { step } from '../progress';

const PROJECT = join(__dirname, '..', '..');
const OUTPUT = join(PROJECT, 'coverage', 'versions');
const JEST = join(PROJECT, 'node_modules', 'jest', 'bin', 'jest.js');

/** What `jest --json` writes, as far as it is read here. */
export interface JestOutput {
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

/** How many passed and failed, in words. */
export function countOf({ numPassedTests, numFailedTests, numPendingTests }: JestOutput): string {
	const skipped = numPendingTests === 0 ? '' : `, ${numPendingTests} skipped`;
	return `${numPassedTests} passed, ${numFailedTests} failed${skipped}`;
}

/** Runs one of Jest's projects, or some files of it; says so of each file that is through. */
export async function jest(
	name: string,
	node: string,
	project: string,
	environment: NodeJS.ProcessEnv,
	files: readonly string[] = [],
): Promise<JestOutput> {
	mkdirSync(OUTPUT, { recursive: true });
	const outputFile = join(OUTPUT, `${name}.json`);
	rmSync(outputFile, { force: true });
	step(`${name}: ${project}`);
	await run(
		node,
		[
			JEST,
			'--selectProjects',
			project,
			'--runInBand',
			'--json',
			'--outputFile',
			outputFile,
			...files,
		],
		environment,
		(line) => {
			if (/^(PASS|FAIL) /.test(line)) step(`${name}: ${line}`);
		},
	);
	const output = JSON.parse(readFileSync(outputFile, 'utf8')) as JestOutput;
	step(`${name}: ${countOf(output)}`);
	return output;
}

/** Runs a command in the project; returns how it ended and what it wrote. */
export async function run(
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
