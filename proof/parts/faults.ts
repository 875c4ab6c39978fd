import { PROVIDERS } from '../../playground/providers';
import { installServers } from '../../test/queue/install-servers';
import {
	CLOCK_BACK,
	CLOCK_FORWARD,
	DISK_FULL,
	GONE,
	KILLED,
	LOCKED,
	OneProcess,
	READ_ONLY,
	STALLED,
	STOPPED,
} from '../faults/one-process';
import { QUEUE_FAULTS, QueueMode } from '../faults/queue-mode';
import { faultsText } from '../faults/report';
import { hasHeld, runFault, type Row } from '../faults/run';
import { PER_SECOND, type Fault, type Host } from '../faults/host';
import type { Findings, Part } from '../part';

const TIMING = { beforeMs: 5_000, afterMs: 4_000 };

/** What becomes of events when something happens to n8n, with senders that retry as documented. */
export const faults: Part = { name: 'faults', run };

async function run(): Promise<Findings> {
	const toInstall = installServers();
	if (toInstall) throw new Error(`This part needs PostgreSQL and Redis: ${toInstall}`);
	const one = { providers: PROVIDERS, perSecond: PER_SECOND };
	const rows: Row[] = [];
	const sqlite = await OneProcess.start({ ...one, isOnTinyDisk: true });
	const onSqlite = [KILLED, STOPPED, LOCKED, STALLED, CLOCK_FORWARD, CLOCK_BACK];
	rows.push(...(await runAll(sqlite, sqlite.disk ? [...onSqlite, DISK_FULL] : onSqlite)));
	const postgres = await OneProcess.start({ ...one, database: 'PostgreSQL' });
	rows.push(...(await runAll(postgres, [READ_ONLY, GONE])));
	const queue = await QueueMode.start(one);
	rows.push(...(await runAll(queue, QUEUE_FAULTS)));
	return { text: faultsText(rows), hasHeld: rows.every(hasHeld) };
}

async function runAll<H extends Host & { stop(): Promise<void> }>(
	host: H,
	all: readonly Fault<H>[],
): Promise<Row[]> {
	const rows: Row[] = [];
	try {
		for (const fault of all) rows.push(...(await runFault(host, fault, TIMING)));
	} finally {
		await host.stop();
	}
	return rows;
}
