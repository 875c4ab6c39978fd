import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { N8nClient } from './client';
import { freePort, installPackage, type N8nOptions } from './server';
import { Postgres } from './servers';
import { Member } from './member';
import { querySql } from './database';

/** Where n8n keeps its data. */
export type Database = 'SQLite' | 'PostgreSQL';

const IDLE_WITHIN_MS = 600_000;
const LOOK_AGAIN_MS = 50;

/** One n8n process with this package installed, in a folder of its own. */
export class Instance extends Member {
	client = new N8nClient(this.url);

	private constructor(
		options: N8nOptions,
		readonly postgres: Postgres | undefined,
	) {
		super(options);
	}

	/** Sets it up with these settings of n8n, and starts it. */
	static async launch(
		settings: Record<string, string> = {},
		database: Database = 'SQLite',
	): Promise<Instance> {
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
		const folder = mkdtempSync(join(tmpdir(), 'whatsapp-triggers-n8n-'));
		installPackage(folder);
		const instance = new Instance({ folder, port: await freePort(), environment }, postgres);
		await instance.start();
		return instance;
	}

	get folder(): string {
		return this.options.folder;
	}

	override async start(): Promise<void> {
		await super.start();
		this.client = new N8nClient(this.url);
		await this.client.login();
	}

	/** Ends everything and deletes its data. */
	async remove(): Promise<void> {
		await this.stop();
		await this.postgres?.stop();
		rmSync(this.folder, { recursive: true, force: true });
	}

	/** Waits until n8n executes nothing any more. */
	async untilIdle(): Promise<void> {
		const filter = encodeURIComponent(JSON.stringify({ status: ['running', 'new'] }));
		const deadline = Date.now() + IDLE_WITHIN_MS;
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

	/** Counts a workflow's executions in n8n's database, by their status. */
	executionCounts(workflowId: string): Partial<Record<string, number>> {
		const statement = `SELECT status, count(*) AS count FROM execution_entity WHERE "workflowId" = '${workflowId}' GROUP BY status`;
		const rows = this.postgres
			? this.postgres
					.sql(statement)
					.split('\n')
					.filter(Boolean)
					.map((line) => line.split('|'))
			: querySql(this.folder, statement).map(({ status, count }) => [status, count]);
		return Object.fromEntries(rows.map(([status, count]) => [String(status), Number(count)]));
	}
}
