import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
	createWriteStream,
	existsSync,
	mkdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { npm, pack, type Packed } from '../../../scripts/npm';
import { environmentForN8n, N8N_MODULES, nodeForN8n } from './installation';
import { startLoopbackServer } from '../loopback-server';
import { until } from '../until';

const PROJECT = join(__dirname, '..', '..', '..');
const N8N = join(N8N_MODULES, 'n8n', 'bin', 'n8n');
const READY_WITHIN_MS = 180_000;

export interface N8nOptions {
	/** n8n's user folder: its database, its key, its community packages. */
	folder: string;
	port: number;
	/** Which of n8n's processes; all of n8n unless given. The other two are those of queue mode. */
	command?: 'start' | 'webhook' | 'worker';
	/** More of n8n's settings. */
	environment?: Record<string, string>;
}

/** A running n8n with this package installed. */
export interface N8nServer {
	url: string;
	/** The process that n8n runs in. */
	pid: number;
	folder: string;
	logFile: string;
	/** Everything that n8n has logged so far. */
	log: () => string;
	stop: () => Promise<void>;
	/** Ends it as a crash does: it gets to save nothing and to say nothing. */
	kill: () => Promise<void>;
}

/** A port on loopback that nothing listens on. */
export async function freePort(): Promise<number> {
	const { url, stop } = await startLoopbackServer(() => undefined);
	await stop();
	return Number(new URL(url).port);
}

/** Whether something listens on a port of this machine already. */
export async function isPortTaken(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const server = createServer();
		server.on('error', () => {
			resolve(true);
		});
		server.listen(port, '127.0.0.1', () => {
			server.close(() => {
				resolve(false);
			});
		});
	});
}

/**
 * Packs the built package as it would be published, and puts that tarball into n8n's folder for
 * community packages, where an installation from the editor puts it too.
 */
export function installPackage(folder: string): Packed {
	const nodesFolder = join(folder, '.n8n', 'nodes');
	mkdirSync(nodesFolder, { recursive: true });
	const packed = pack(PROJECT, nodesFolder);
	writeFileSync(
		join(nodesFolder, 'package.json'),
		JSON.stringify({ name: 'installed-nodes', private: true, dependencies: {} }),
	);
	// npm does not unpack a tarball again whose version it has already.
	rmSync(join(nodesFolder, 'node_modules'), { recursive: true, force: true });
	rmSync(join(nodesFolder, 'package-lock.json'), { force: true });
	npm(
		[
			'install',
			'--legacy-peer-deps',
			'--ignore-scripts',
			'--no-audit',
			'--no-fund',
			packed.filename,
		],
		nodesFolder,
	);
	return packed;
}

/** Starts n8n on loopback and waits until it answers. */
export async function startN8n({
	folder,
	port,
	command = 'start',
	environment,
}: N8nOptions): Promise<N8nServer> {
	if (!existsSync(N8N)) throw new Error('n8n is not installed: run node playground/install.js');
	const url = `http://127.0.0.1:${port}`;
	const logFile = join(folder, 'n8n.log');
	mkdirSync(folder, { recursive: true });
	writeFileSync(logFile, '');

	const child = spawn(nodeForN8n().node, [N8N, command], {
		env: {
			...inheritedEnvironment(),
			N8N_USER_FOLDER: folder,
			N8N_PORT: String(port),
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_HOST: '127.0.0.1',
			// A worker listens on nothing but this.
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(port),
			N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
			N8N_DIAGNOSTICS_ENABLED: 'false',
			N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
			N8N_TEMPLATES_ENABLED: 'false',
			N8N_PERSONALIZATION_ENABLED: 'false',
			N8N_SECURE_COOKIE: 'false',
			N8N_RUNNERS_BROKER_PORT: String(await freePort()),
			// Without it every delivery waits about 20 ms for an isolate that it does not need.
			N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true',
			...environment,
		},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const logStream = createWriteStream(logFile, { flags: 'a' });
	child.stdout.pipe(logStream);
	child.stderr.pipe(logStream);

	const server: N8nServer = {
		url,
		pid: child.pid ?? NaN,
		folder,
		logFile,
		log: () => readFileSync(logFile, 'utf8'),
		stop: () => stopProcess(child),
		kill: () => endProcess(child, 'SIGKILL'),
	};
	try {
		await waitUntilReady(server, child, command === 'start');
	} catch (error) {
		await server.stop();
		throw error;
	}
	return server;
}

/**
 * What n8n takes over from this process: not its own settings, which may be those of another n8n on
 * this machine, nor those of a test runner.
 */
function inheritedEnvironment(): NodeJS.ProcessEnv {
	const isForeign = (name: string) =>
		/^(N8N_|DB_|QUEUE_|EXECUTIONS_|WEBHOOK_|JEST_|NODE_)/.test(name);
	return Object.fromEntries(
		Object.entries(environmentForN8n()).filter(([name]) => !isForeign(name)),
	);
}

async function waitUntilReady(
	{ url, logFile, log }: N8nServer,
	child: ChildProcess,
	hasEditor: boolean,
) {
	await until(
		async () => {
			if (child.exitCode !== null) {
				throw new Error(
					`n8n ended at its start. Its log (${logFile}) ends:\n${log().slice(-2000)}`,
				);
			}
			const isReady = await fetch(`${url}/healthz/readiness`)
				.then(({ ok }) => ok)
				.catch(() => false);
			// The editor's API comes up a moment after the health check.
			return isReady && (!hasEditor || (await fetch(`${url}/rest/settings`)).ok);
		},
		READY_WITHIN_MS,
		() => `n8n was not ready after ${READY_WITHIN_MS / 1000} s. Its log: ${logFile}`,
	);
}

/** Asks a process to end, and ends it when it has not done so after 20 seconds. */
export async function stopProcess(child: ChildProcess): Promise<void> {
	const patience = setTimeout(() => child.kill('SIGKILL'), 20_000);
	await endProcess(child, 'SIGTERM');
	clearTimeout(patience);
}

/** Ends a process with a signal, and waits until it has ended. */
export async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = once(child, 'exit');
	child.kill(signal);
	await ended;
}
