import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { N8nClient } from '../playground/n8n-client';
import { freePort, installPackage, startN8n, type N8nServer } from '../playground/n8n-server';
import { Postgres } from '../test/queue/servers';
import { querySql } from '../test/support/n8n-database';

/** Where n8n keeps its data. */
export type Database = 'SQLite' | 'PostgreSQL';

/** How many executions there are, by their status. */
export type ExecutionCounts = Partial<Record<string, number>>;

const IDLE_WITHIN_MS = 600_000;
const LOOK_AGAIN_MS = 50;

/** One n8n process with this package installed, in a folder of its own. It can be started again. */
export class Instance {
	client: N8nClient;
	private server: N8nServer | undefined;

	private constructor(
		readonly folder: string,
		readonly port: number,
		private readonly environment: Record<string, string>,
		readonly postgres: Postgres | undefined,
	) {
		this.client = new N8nClient(this.url);
	}

	/**
	 * Sets it up and starts it.
	 *
	 * @param options.settings more of n8n's settings
	 * @param options.folder where its data is, which is deleted in the end; else a temporary one
	 */
	static async start({
		database = 'SQLite',
		settings = {},
		folder = mkdtempSync(join(tmpdir(), 'whatsapp-triggers-proof-')),
	}: {
		database?: Database;
		settings?: Record<string, string>;
		folder?: string;
	} = {}): Promise<Instance> {
		const postgres = database === 'PostgreSQL' ? new Postgres(await freePort()) : undefined;
		await postgres?.start();
		const environment = {
			...(postgres && {
				DB_TYPE: 'postgresdb',
				DB_POSTGRESDB_HOST: '127.0.0.1',
				DB_POSTGRESDB_PORT: String(postgres.port),
				DB_POSTGRESDB_DATABASE: postgres.database,
				DB_POSTGRESDB_USER: postgres.user,
			}),
			...settings,
		};
		installPackage(folder);
		const instance = new Instance(folder, await freePort(), environment, postgres);
		await instance.startAgain();
		return instance;
	}

	get url(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	get pid(): number {
		return this.server?.pid ?? NaN;
	}

	log(): string {
		return this.server?.log() ?? '';
	}

	/** Starts n8n after it was killed or halted. */
	async startAgain(): Promise<void> {
		const { folder, port, environment } = this;
		this.server = await startN8n({ folder, port, environment });
		this.client = new N8nClient(this.url);
		await this.client.login();
	}

	/** Ends n8n with SIGKILL. */
	async kill(): Promise<void> {
		await this.server?.kill();
	}

	/** Asks n8n to end, as a service manager does. */
	async halt(): Promise<void> {
		await this.server?.stop();
	}

	/** Ends everything and deletes its data. */
	async stop(): Promise<void> {
		await this.halt();
		await this.postgres?.stop();
		rmSync(this.folder, { recursive: true, force: true });
	}

	/** Waits until n8n executes nothing any more. */
	async untilIdle(withinMs = IDLE_WITHIN_MS): Promise<void> {
		const filter = encodeURIComponent(JSON.stringify({ status: ['running', 'new'] }));
		const deadline = Date.now() + withinMs;
		for (;;) {
			// Under load n8n may say for a moment that its database is not ready.
			const answer = (await this.client
				.request('GET', `/rest/executions?filter=${filter}&limit=1`)
				.catch(() => null)) as { data: { results: unknown[] } } | null;
			if (answer?.data.results.length === 0) return;
			if (Date.now() > deadline) throw new Error('n8n is still executing');
			await sleep(LOOK_AGAIN_MS);
		}
	}

	/** Counts a workflow's executions in n8n's database. */
	executionCounts(workflowId: string): ExecutionCounts {
		const statement = `SELECT status, count(*) AS count FROM execution_entity WHERE "workflowId" = '${workflowId}' GROUP BY status`;
		const rows = this.postgres
			? this.postgres
					.sql(statement)
					.split('\n')
					.filter((line) => line !== '')
					.map((line) => line.split('|'))
			: querySql(this.folder, statement).map(({ status, count }) => [status, count]);
		return Object.fromEntries(rows.map(([status, count]) => [String(status), Number(count)]));
	}
}
