import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, installPackage, type N8nOptions } from './server';
import { Member } from './member';
import { Postgres, Redis } from './servers';

/**
 * n8n in queue mode with this package installed: PostgreSQL, Redis, the main process, two webhook
 * processors and one worker or more.
 */
export class QueueCluster {
	private constructor(
		private readonly folder: string,
		readonly postgres: Postgres,
		readonly redis: Redis,
		readonly main: Member,
		readonly webhooks: readonly [Member, Member],
		readonly workers: readonly [Member, ...Member[]],
	) {}

	/** The worker, where there is one only. */
	get worker(): Member {
		return this.workers[0];
	}

	/**
	 * Sets everything up and starts nothing.
	 *
	 * @param options.moreWorkers how many workers there are beside the first
	 * @param options.settings more of n8n's settings, for every process
	 */
	static async create({
		moreWorkers = 0,
		settings = {},
	}: { moreWorkers?: number; settings?: Record<string, string> } = {}): Promise<QueueCluster> {
		const folder = mkdtempSync(join(tmpdir(), 'whatsapp-triggers-queue-'));
		const installed = join(folder, 'installed');
		installPackage(installed);
		const postgres = new Postgres(await freePort());
		const redis = new Redis(join(folder, 'redis'), await freePort());
		const environment = {
			EXECUTIONS_MODE: 'queue',
			N8N_ENCRYPTION_KEY: randomBytes(24).toString('base64'),
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(postgres.port),
			DB_POSTGRESDB_DATABASE: postgres.database,
			DB_POSTGRESDB_USER: postgres.user,
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			...settings,
		};
		const member = async (name: string, command: N8nOptions['command']) => {
			const options = { folder: join(folder, name), port: await freePort(), command, environment };
			cpSync(installed, options.folder, { recursive: true });
			return new Member(options);
		};
		const worker = await member('worker', 'worker');
		const others: Member[] = [];
		for (let n = 0; n < moreWorkers; n++) {
			others.push(await member(`worker-${n + 2}`, 'worker'));
		}
		return new QueueCluster(
			folder,
			postgres,
			redis,
			await member('main', 'start'),
			[await member('webhook-1', 'webhook'), await member('webhook-2', 'webhook')],
			[worker, ...others],
		);
	}

	async start(): Promise<void> {
		await this.postgres.start();
		await this.redis.start();
		// The main process creates the tables that the others need.
		await this.main.start();
		await Promise.all([...this.webhooks, ...this.workers].map((member) => member.start()));
	}

	async stop(): Promise<void> {
		await Promise.all(
			[this.main, ...this.webhooks, ...this.workers].map((member) => member.stop()),
		);
		await this.redis.stop();
		await this.postgres.stop();
		rmSync(this.folder, { recursive: true, force: true });
	}
}
