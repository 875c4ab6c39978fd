import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DiscoveredProvider } from '../../playground/providers';
import { lockDatabase } from '../../test/support/n8n-database';
import { Recorder } from '../../test/support/recorder';
import { Outgoing } from '../../test/support/services/outgoing';
import { FakeSlack } from '../../test/support/services/slack';
import { Instance, type Database } from '../instance';
import { publishFlows, publishRecovery, SLACK_CHANNEL, SLACK_TOKEN } from './flows';
import { LIGHT_SETTINGS, type Fault, type Host } from './host';
import type { Flow } from './sender';
import { TinyDisk } from './tiny-disk';

const SUPPORT = join(__dirname, '..', '..', 'test', 'support');
const PRELOADED = ['turnable-clock.js', 'stall.js'].map(
	(file) => `--require=${join(SUPPORT, file)}`,
);

const FAULT_MS = 10_000;
const HOUR_MS = 3_600_000;

/** n8n in one process, with a flow for each provider and recover-after-crash. */
export class OneProcess implements Host {
	flows: readonly Flow[] = [];

	private constructor(
		readonly n8n: string,
		readonly perSecond: number,
		readonly instance: Instance,
		readonly recorder: Recorder,
		readonly slack: FakeSlack,
		private readonly outgoing: Outgoing,
		private readonly controls: string,
		readonly disk: TinyDisk | undefined,
	) {}

	/**
	 * @param options.perSecond how many events a second it is to be sent
	 * @param options.isOnTinyDisk whether its data is on a disk that can be filled, where that is permitted
	 */
	static async start({
		database = 'SQLite',
		providers,
		perSecond,
		isOnTinyDisk = false,
	}: {
		database?: Database;
		providers: readonly DiscoveredProvider[];
		perSecond: number;
		isOnTinyDisk?: boolean;
	}): Promise<OneProcess> {
		const slack = new FakeSlack(SLACK_TOKEN, [SLACK_CHANNEL]);
		const outgoing = await Outgoing.start([slack]);
		const recorder = await Recorder.start();
		const controls = mkdtempSync(join(tmpdir(), 'whatsapp-triggers-controls-'));
		writeFileSync(join(controls, 'date'), '0');
		const folder = mkdtempSync(join(tmpdir(), 'whatsapp-triggers-faults-'));
		const disk = isOnTinyDisk ? TinyDisk.mount(join(folder, '.n8n')) : undefined;
		const instance = await Instance.start({
			database,
			folder,
			settings: {
				...outgoing.environment,
				...LIGHT_SETTINGS,
				NODE_OPTIONS: PRELOADED.join(' '),
				TURNABLE_DATE: join(controls, 'date'),
				STALL: join(controls, 'stall'),
			},
		});
		const host = new OneProcess(
			`one process, ${database}`,
			perSecond,
			instance,
			recorder,
			slack,
			outgoing,
			controls,
			disk,
		);
		host.flows = await publishFlows(instance, providers, recorder.url, '');
		await publishRecovery(instance.client, instance.url);
		return host;
	}

	get bases(): string[] {
		return [this.instance.url];
	}

	/** Moves n8n's clock. */
	setClockAhead(milliseconds: number): void {
		writeFileSync(join(this.controls, 'date'), String(milliseconds));
	}

	/** Keeps n8n's event loop busy, from a moment after this call on. */
	stall(milliseconds: number): void {
		writeFileSync(join(this.controls, 'stall'), String(milliseconds));
	}

	async stop(): Promise<void> {
		await this.instance.halt();
		this.disk?.unmount();
		await this.instance.stop();
		await this.recorder.stop();
		await this.outgoing.stop();
		rmSync(this.controls, { recursive: true, force: true });
	}
}

type OneProcessFault = Fault<OneProcess>;

export const KILLED: OneProcessFault = {
	name: 'killed (SIGKILL), started again',
	crashes: true,
	async happen({ instance }) {
		await instance.kill();
		await instance.startAgain();
	},
};

export const STOPPED: OneProcessFault = {
	name: 'stopped politely (SIGTERM), started again',
	async happen({ instance }) {
		await instance.halt();
		await instance.startAgain();
	},
};

export const LOCKED: OneProcessFault = {
	name: 'database locked by another process for 10 s',
	async happen({ instance }) {
		const unlock = await lockDatabase(instance.folder);
		await sleep(FAULT_MS);
		await unlock();
	},
};

export const STALLED: OneProcessFault = {
	name: 'event loop busy for 10 s',
	async happen(host) {
		host.stall(FAULT_MS);
		await sleep(FAULT_MS + 500);
	},
};

const clockJump = (name: string, aheadMs: number): OneProcessFault => ({
	name: `clock ${name} for 10 s`,
	async happen(host) {
		host.setClockAhead(aheadMs);
		await sleep(FAULT_MS);
		host.setClockAhead(0);
		await sleep(500);
	},
});

export const CLOCK_FORWARD = clockJump('a day ahead', 24 * HOUR_MS);
export const CLOCK_BACK = clockJump('an hour behind', -HOUR_MS);

export const DISK_FULL: OneProcessFault = {
	name: 'disk full for 10 s',
	async happen({ disk }) {
		disk?.fill();
		await sleep(FAULT_MS);
		disk?.empty();
	},
};

export const READ_ONLY: OneProcessFault = {
	name: 'database read-only for 10 s',
	async happen({ instance }) {
		instance.postgres?.setReadOnly(true);
		await sleep(FAULT_MS);
		instance.postgres?.setReadOnly(false);
	},
};

export const GONE: OneProcessFault = {
	name: 'database gone for 10 s',
	async happen({ instance }) {
		await instance.postgres?.halt();
		await sleep(FAULT_MS);
		await instance.postgres?.start();
	},
};
