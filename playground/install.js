// Installs what is missing: the project's own packages, and the playground's n8n with the Node.js it
// needs. Runs before anything is installed, so it uses nothing but Node.js and npm.
//
//   node playground/install.js [--project-only]

const { spawn } = require('node:child_process');
const { createHash } = require('node:crypto');
const { existsSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { delimiter, dirname, join } = require('node:path');

const PLAYGROUND = __dirname;
const PROJECT = dirname(PLAYGROUND);
const N8N_FOLDER = join(PLAYGROUND, 'n8n');
const NODE_FOLDER = join(PLAYGROUND, 'node24');

const NODE_FOR_N8N = 24;
const HEARTBEAT_SECONDS = 15;

// Not `npm ci`: it refuses a lock file that lacks the optional parts of other platforms.
const INSTALL = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];

/**
 * The Node.js that runs n8n, and where its headers are when they came with it.
 *
 * @returns {{ node: string, headers: string | null }}
 */
function nodeForN8n() {
	if (Number(process.versions.node.split('.')[0]) >= NODE_FOR_N8N) {
		return { node: process.execPath, headers: null };
	}
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	const folder = join(NODE_FOLDER, 'node_modules', `node-${platform}-${process.arch}`);
	const node = join(folder, 'bin', platform === 'win' ? 'node.exe' : 'node');
	return { node, headers: folder };
}

/** The environment in which n8n's Node.js is the first that programs find. */
function environmentForN8n() {
	const { node } = nodeForN8n();
	return { ...process.env, PATH: [dirname(node), process.env.PATH].join(delimiter) };
}

/**
 * Runs a command with its output shown, and a line now and then while it says nothing.
 *
 * @param {string} title
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
async function run(title, command, args, options) {
	const startedAt = Date.now();
	const seconds = () => Math.round((Date.now() - startedAt) / 1000);
	console.log(`▶ ${title}`);
	const heartbeat = setInterval(
		() => console.log(`  … still at it after ${seconds()} s`),
		HEARTBEAT_SECONDS * 1000,
	);
	try {
		await new Promise((resolve, reject) => {
			const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
			child.on('error', reject);
			child.on('exit', (code) =>
				code === 0
					? resolve(undefined)
					: reject(new Error(`${title}: ended with exit code ${code}`)),
			);
		});
	} finally {
		clearInterval(heartbeat);
	}
	console.log(`✔ ${title} (${seconds()} s)`);
}

/**
 * npm as the given Node.js runs it, so that packages see the Node.js that will run them.
 *
 * @param {string} node
 * @param {string[]} args
 * @returns {[string, string[]]}
 */
function npm(node, args) {
	const cli = process.env.npm_execpath;
	if (cli?.endsWith('.js')) return [node, [cli, ...args]];
	return [process.platform === 'win32' ? 'npm.cmd' : 'npm', args];
}

/**
 * Installs a folder's packages unless they are those of its lock file already.
 *
 * @param {string} folder
 * @param {() => Promise<void>} install
 */
async function installOnce(folder, install) {
	const lock = createHash('sha256')
		.update(readFileSync(join(folder, 'package-lock.json')))
		.digest('hex');
	const stamp = join(folder, 'node_modules', '.installed-lock');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
	await install();
	mkdirSync(dirname(stamp), { recursive: true });
	writeFileSync(stamp, lock);
}

async function installProject() {
	await installOnce(PROJECT, () =>
		run(
			"Installing the project's packages (about 1,300, a minute or two)",
			...npm(process.execPath, INSTALL),
			{ cwd: PROJECT },
		),
	);
}

async function installNode() {
	const { node, headers } = nodeForN8n();
	if (!headers) return;
	await installOnce(NODE_FOLDER, () =>
		run(
			`Installing Node.js ${NODE_FOR_N8N} for n8n (yours is ${process.versions.node})`,
			...npm(process.execPath, INSTALL),
			{ cwd: NODE_FOLDER },
		),
	);
	if (!existsSync(node)) {
		throw new Error(
			`n8n needs Node.js ${NODE_FOR_N8N} or later, yours is ${process.versions.node}, and npm has none for ${process.platform}-${process.arch}. Install Node.js ${NODE_FOR_N8N} and run this again.`,
		);
	}
}

async function installN8n() {
	const { node, headers } = nodeForN8n();
	const environment = environmentForN8n();
	await installOnce(N8N_FOLDER, async () => {
		await run(
			'Installing n8n 2.41.1 (about 2,100 packages and 2.2 GB, a few minutes)',
			...npm(node, INSTALL),
			{ cwd: N8N_FOLDER, env: environment },
		);
		await run(
			"Building n8n's two native packages (a minute)",
			...npm(node, [
				'rebuild',
				'sqlite3',
				'isolated-vm',
				'--ignore-scripts=false',
				'--loglevel=error',
			]),
			{
				cwd: N8N_FOLDER,
				env: headers ? { ...environment, npm_config_nodedir: headers } : environment,
			},
		);
	});
}

async function main() {
	try {
		await installProject();
		if (process.argv.includes('--project-only')) return;
		await installNode();
		await installN8n();
	} catch (error) {
		console.error(
			`✖ ${error instanceof Error ? error.message : String(error)}. Run it again; if another installation is running in this folder, let it end first.`,
		);
		process.exitCode = 1;
	}
}

if (require.main === module) void main();

module.exports = { environmentForN8n, nodeForN8n };
