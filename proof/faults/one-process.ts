import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DiscoveredProvider } from '../../test/kit/providers';
import { lockDatabase } from '../../test/kit/n8n/database';
import { publishRecovery } from '../../test/kit/examples/recover-after-crash';
import { Instance, type Database } from '../../test/kit/n8n/instance';
import { publishFlows, SLACK_TOKEN, startServices, type Services } from './flows';
import type { Fault, Host } from './run';
import type { Flow } from './sender';

const STALL = join(__dirname, '..', '..', 'test', 'kit', 'n8n', 'stall.js');
const FAULT_MS = 10_000;

/** n8n in one process, with a flow for each provider and recover-after-crash. */
export class OneProcess implements Host {
	flows: readonly Flow[] = [];

	private constructor(
		readonly n8n: string,
		readonly perSecond: number,
		readonly instance: Instance,
		readonly services: Services,
		/** Where n8n reads how many milliseconds to keep its event loop busy. */
		readonly stallFile: string,
	) {}

	/** @param perSecond how many events a second it is to be sent */
	static async start(
		providers: readonly DiscoveredProvider[],
		perSecond: number,
		database: Database = 'SQLite',
	): Promise<OneProcess> {
		const services = await startServices();
		const stallFile = join(mkdtempSync(join(tmpdir(), 'whatsapp-triggers-stall-')), 'stall');
		const preload = { NODE_OPTIONS: `--require=${STALL}`, STALL: stallFile };
		const instance = await Instance.launch({ ...services.settings, ...preload }, database);
		const name = `one process, ${database}`;
		const host = new OneProcess(name, perSecond, instance, services, stallFile);
		host.flows = await publishFlows(instance, providers, services.recorder.url, '');
		await publishRecovery(instance.client, instance.url, SLACK_TOKEN);
		return host;
	}

	get bases(): string[] {
		return [this.instance.url];
	}

	async stop(): Promise<void> {
		await this.instance.remove();
		await this.services.stop();
		rmSync(dirname(this.stallFile), { recursive: true, force: true });
	}
}

type OneProcessFault = Fault<OneProcess>;

export const ON_SQLITE: readonly OneProcessFault[] = [
	{
		name: 'killed (SIGKILL), started again',
		crashes: true,
		async happen({ instance }) {
			await instance.kill();
			await instance.start();
		},
	},
	{
		name: 'stopped (SIGTERM), started again',
		async happen({ instance }) {
			await instance.restart();
		},
	},
	{
		name: 'database locked by another process for 10 s',
		async happen({ instance }) {
			const unlock = await lockDatabase(instance.folder);
			await sleep(FAULT_MS);
			await unlock();
		},
	},
	{
		name: 'event loop busy for 10 s',
		async happen({ stallFile }) {
			writeFileSync(stallFile, String(FAULT_MS));
			await sleep(FAULT_MS + 500);
		},
	},
];

export const ON_POSTGRESQL: readonly OneProcessFault[] = [
	{
		name: 'database down for 10 s',
		async happen({ instance }) {
			await instance.postgres?.halt();
			await sleep(FAULT_MS);
			await instance.postgres?.start();
		},
	},
];
