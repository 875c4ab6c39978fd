// Installs what is missing: the project's own packages, and the playground's n8n with the Node.js it
// needs. Runs before anything is installed, so it uses nothing but Node.js and npm.
//
//   node playground/install.js [--project-only]
//
// N8N_VERSION=<version or tag> takes another n8n than the locked one, beside it and in a folder of its
// own, and --lock makes that the locked one from then on:
//
//   N8N_VERSION=latest node playground/install.js --lock

const { spawn, spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const {
	copyFileSync,
	existsSync,
	mkdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} = require('node:fs');
const { dirname, join } = require('node:path');
const {
	environmentForN8n,
	LOCKED_N8N,
	N8N,
	N8N_VERSION,
	NODE,
	NODE_FOR_N8N,
	nodeForN8n,
} = require('../test/kit/n8n/installation');

const PROJECT = dirname(__dirname);

const HEARTBEAT_SECONDS = 15;

// Not `npm ci`: it rejects a lock file that lacks the optional parts of other platforms.
const INSTALL = ['install', '--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts'];
const AS_LOCKED = '--no-save';

// n8n's tree has peer dependencies that do not agree. A lock file says nothing of where its packages
// came from, so that it serves every registry.
const INSTALL_N8N = [...INSTALL, '--legacy-peer-deps', '--omit-lockfile-registry-resolved'];

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
		() => console.log(`  … still running (${seconds()} s)`),
		HEARTBEAT_SECONDS * 1000,
	);
	try {
		await new Promise((resolve, reject) => {
			const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
			child.on('error', reject);
			child.on('exit', (code) =>
				code === 0
					? resolve(undefined)
					: reject(
							new Error(
								`${title}: ended with exit code ${code}. Run it again; if another installation is running in this folder, let it end first.`,
							),
						),
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
 * Installs a folder's packages unless it has them already.
 *
 * @param {string} folder
 * @param {string} content what identifies the packages: the same text, the same packages
 * @param {() => Promise<void>} install
 */
async function installOnce(folder, content, install) {
	const stamp = stampOf(folder);
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === content) return;
	await install();
	mkdirSync(dirname(stamp), { recursive: true });
	writeFileSync(stamp, content);
}

/** @param {string} folder */
const stampOf = (folder) => join(folder, 'node_modules', '.installed-lock');

/** @param {string} file */
const hashOf = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');

async function installProject() {
	await installOnce(PROJECT, hashOf(join(PROJECT, 'package-lock.json')), () =>
		run(
			"Installing the project's packages (about 1,300, a minute or two)",
			...npm(process.execPath, [...INSTALL, AS_LOCKED]),
			{ cwd: PROJECT },
		),
	);
}

async function installNode() {
	const { node, headers } = nodeForN8n();
	if (!headers) return;
	await installOnce(NODE.folder, hashOf(NODE.lock), () => {
		prepare(NODE);
		return run(
			`Installing Node.js ${NODE_FOR_N8N} for n8n (yours is ${process.versions.node})`,
			...npm(process.execPath, [...INSTALL, AS_LOCKED]),
			{ cwd: NODE.folder },
		);
	});
	if (!existsSync(node)) {
		throw new Error(
			`n8n needs Node.js ${NODE_FOR_N8N} or later, yours is ${process.versions.node}, and npm has none for ${process.platform}-${process.arch}. Install Node.js ${NODE_FOR_N8N} and run this again.`,
		);
	}
}

/**
 * Puts manifest and lock file where npm looks for them.
 *
 * @param {typeof N8N} installation
 */
function prepare({ folder, manifest, lock }) {
	mkdirSync(folder, { recursive: true });
	copyFileSync(manifest, join(folder, 'package.json'));
	copyFileSync(lock, join(folder, 'package-lock.json'));
}

/** Installs the n8n of the lock file. */
async function installLockedN8n() {
	const { dependencies } = JSON.parse(readFileSync(N8N.manifest, 'utf8'));
	await installOnce(N8N.folder, hashOf(N8N.lock), async () => {
		prepare(N8N);
		await installN8n(dependencies.n8n, [AS_LOCKED]);
	});
}

/**
 * Installs another n8n beside the locked one, with the packages that npm finds for it today.
 *
 * @param {string} wanted a version, or a tag such as "latest"
 */
async function installOtherN8n(wanted) {
	const version = publishedVersion(wanted);
	await installOnce(N8N.folder, `n8n ${version}`, async () => {
		const manifest = JSON.parse(readFileSync(N8N.manifest, 'utf8'));
		manifest.dependencies.n8n = version;
		Object.assign(manifest.overrides, OTHER_OVERRIDES);
		if (isBefore2_20(version)) {
			Object.assign(manifest.dependencies, BEFORE_2_20.dependencies);
			Object.assign(manifest.overrides, BEFORE_2_20.overrides);
		}
		// What is left of another n8n that had the tag would decide on versions that both can do with.
		rmSync(N8N.folder, { recursive: true, force: true });
		mkdirSync(N8N.folder);
		writeFileSync(join(N8N.folder, 'package.json'), `${JSON.stringify(manifest, null, '\t')}\n`);
		await installN8n(version);
	});
}

/** Some n8n take it from its maker's own address, which not everybody reaches. */
const OTHER_OVERRIDES = { xlsx: '0.18.5' };

/**
 * What an older n8n needs besides: it names some packages by their exact version, and the newest of the
 * others do not go with those.
 */
const BEFORE_2_20 = {
	dependencies: { '@opentelemetry/core': '2.12.1' },
	overrides: {
		'@langchain/langgraph': '1.0.2',
		'@langchain/langgraph-checkpoint': '1.0.0',
		'@langchain/langgraph-sdk': '1.0.3',
	},
};

/** @param {string} version */
function isBefore2_20(version) {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	return major < 2 || (major === 2 && minor < 20);
}

/**
 * The version that npm has under a tag or a number.
 *
 * @param {string} wanted
 */
function publishedVersion(wanted) {
	const [command, args] = npm(process.execPath, ['view', `n8n@${wanted}`, 'version']);
	const { stdout } = spawnSync(command, args, { encoding: 'utf8' });
	const version = stdout?.trim() ?? '';
	if (/^\d+\.\d+\.\d+\S*$/.test(version)) return version;
	throw new Error(`N8N_VERSION is "${wanted}", and npm has no such version or tag of n8n.`);
}

/**
 * @param {string} version
 * @param {string[]} [options] further options for npm
 */
async function installN8n(version, options = []) {
	const { node, headers } = nodeForN8n();
	const environment = environmentForN8n();
	await run(
		`Installing n8n ${version} (about 2,100 packages and 2.2 GB, a few minutes)`,
		...npm(node, [...INSTALL_N8N, ...options]),
		{ cwd: N8N.folder, env: environment },
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
			cwd: N8N.folder,
			env: headers ? { ...environment, npm_config_nodedir: headers } : environment,
		},
	);
}

/** Makes the installed n8n the locked one. */
function lockInstalledN8n() {
	copyFileSync(join(N8N.folder, 'package.json'), N8N.manifest);
	copyFileSync(join(N8N.folder, 'package-lock.json'), N8N.lock);
	writeFileSync(stampOf(N8N.folder), hashOf(N8N.lock));
	rmSync(LOCKED_N8N.folder, { recursive: true, force: true });
	renameSync(N8N.folder, LOCKED_N8N.folder);
}

async function main() {
	const isToLock = process.argv.includes('--lock');
	try {
		if (isToLock && !N8N_VERSION) throw new Error('--lock needs N8N_VERSION, such as "latest".');
		await installProject();
		if (process.argv.includes('--project-only')) return;
		await installNode();
		if (!N8N_VERSION) return await installLockedN8n();
		await installOtherN8n(N8N_VERSION);
		if (isToLock) lockInstalledN8n();
	} catch (error) {
		console.error(`✖ ${error instanceof Error ? error.message : String(error)}`);
		process.exitCode = 1;
	}
}

void main();
