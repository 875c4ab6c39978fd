import { statSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../playground/n8n-server';
import { cpuTime } from '../cpu-time';
import { Inspector, inspectorSettings } from '../inspector';
import { Instance } from '../instance';
import { load, type LoadResult } from '../load';
import { METRICS_SETTINGS, processMetrics, type ProcessMetrics } from '../metrics';
import { table } from '../page';
import type { Findings, Part } from '../part';
import { step } from '../progress';
import { EXECUTED, MIX, MixedLoad } from '../soak/mixed-load';
import { short } from '../statistics';

const ROUNDS = 30;
const DELIVERIES_A_SECOND = 24;
const DELIVERIES_A_ROUND = DELIVERIES_A_SECOND * 60;
/** How many accepted events a node remembers at most: docs/scaling.md. */
const LEDGER_CAPACITY = 10_000;
/** Of so many rounds one is a row of the table. */
const SHOWN_EVERY = 5;

/** What was so at the end of a round, which takes a minute where the machine keeps up. */
interface Round extends ProcessMetrics {
	round: number;
	/** Since the first round began. */
	minute: number;
	/** The heap in use after garbage was collected, in MiB. */
	heapInUse: number;
	/** How many accepted events the fullest node remembers, and all of them together. */
	fullestLedger: number;
	ledgers: number;
	/** How long an answer took in this round, in milliseconds. */
	p50: number;
	p99: number;
	/** The part of one core that n8n used. */
	cpu: number;
	/** n8n's database with what it has not merged yet, in MiB. */
	databaseSize: number;
}

/** What was seen in all rounds together. */
interface Soaked {
	rows: Round[];
	answers: LoadResult['byKind'];
	unanswered: number;
	/** What a full ledger holds, in MiB. */
	ledgerSize: number;
}

async function prove(): Promise<Findings> {
	const rounds = Number(process.env.PROOF_ROUNDS ?? ROUNDS);
	const inspectorPort = await freePort();
	const instance = await Instance.start({
		settings: { ...METRICS_SETTINGS, ...inspectorSettings(inspectorPort) },
	});
	try {
		const mixed = await MixedLoad.publish(instance);
		const inspector = await Inspector.open(inspectorPort);
		const rows: Round[] = [];
		const startedAt = performance.now();
		const answers: LoadResult['byKind'] = {};
		let unanswered = 0;
		for (let round = 1; round <= rounds; round++) {
			const cpuBefore = cpuTime(instance.pid);
			const amount = { deliveries: DELIVERIES_A_ROUND, rate: DELIVERIES_A_SECOND };
			const result = await load(instance.url, amount, () => mixed.next());
			add(answers, result.byKind);
			unanswered += result.failed;
			const cpu = (cpuTime(instance.pid) - cpuBefore) / result.seconds;
			const metrics = await processMetrics(instance.url);
			const ledgers = await inspector.ledgerSizes();
			const row = {
				round,
				minute: (performance.now() - startedAt) / 60_000,
				...metrics,
				heapInUse: await inspector.heapInUse(),
				fullestLedger: Math.max(...ledgers),
				ledgers: sum(ledgers),
				...result.latency,
				cpu,
				databaseSize: databaseSize(instance.folder),
			};
			rows.push(row);
			step(
				`soak: round ${round} of ${rounds}: ${short(row.rss)} MiB, heap ${short(row.heapInUse)} MiB, ${row.handles} handles, ledger ${row.fullestLedger}, p50 ${short(row.p50)} ms, p99 ${short(row.p99)} ms`,
			);
		}
		await instance.untilIdle();
		const ledgerSize = await inspector.sizeOfFullLedger(LEDGER_CAPACITY);
		await inspector.close();
		return findings(instance, mixed, { rows, answers, unanswered, ledgerSize });
	} finally {
		await instance.stop();
	}
}

function findings(
	instance: Instance,
	mixed: MixedLoad,
	{ rows, answers, unanswered, ledgerSize }: Soaked,
): Findings {
	const executions = { success: 0, other: 0 };
	for (const workflowId of mixed.workflowIds) {
		const { success = 0, ...others } = instance.executionCounts(workflowId);
		executions.success += success;
		executions.other += sum(Object.values(others));
	}
	const expected = sum(EXECUTED.map((kind) => answers[kind]?.[200]));
	const isExact = executions.success === expected;
	const isBounded = rows.every(({ fullestLedger }) => fullestLedger <= LEDGER_CAPACITY);
	const areRight = Object.entries(answers).every(
		([kind, byStatus]) =>
			Object.keys(byStatus).join() === (kind === 'a forged message' ? '401' : '200'),
	);
	const reports = mixed.workflowIds.length;
	const text = `${rows.length} rounds of ${DELIVERIES_A_ROUND.toLocaleString('en-US')} deliveries, ${DELIVERIES_A_SECOND} a second at most, in ${Math.round(rows.at(-1)?.minute ?? NaN)} minutes, to one process with SQLite, for all providers in turns:
${Object.entries(MIX)
	.map(([kind, times]) => `${times} × ${kind}`)
	.join(', ')}, and again. Every execution is stored.

- Answered: ${Object.entries(answers)
		.flatMap(([kind, byStatus]) =>
			Object.entries(byStatus).map(
				([status, count]) => `${kind}: ${count.toLocaleString('en-US')} × ${status}`,
			),
		)
		.join('; ')}; without an answer: ${unanswered}.
- Executions: ${executions.success.toLocaleString('en-US')} successful, expected ${expected.toLocaleString('en-US')}; ${executions.other} reports of refusals, for ${reports} nodes.

${table(
	[
		'Minute',
		'Memory',
		'Heap in use',
		'Handles',
		'Fullest ledger',
		'All ledgers',
		'Answer, p50',
		'p99',
		'Event loop, p99',
		'Of a core',
		'Database',
	],
	rows
		.filter(({ round }) => round === 1 || round % SHOWN_EVERY === 0 || round === rows.length)
		.map((row) => [
			row.minute.toFixed(0),
			`${short(row.rss)} MiB`,
			`${short(row.heapInUse)} MiB`,
			row.handles,
			row.fullestLedger.toLocaleString('en-US'),
			row.ledgers.toLocaleString('en-US'),
			`${short(row.p50)} ms`,
			`${short(row.p99)} ms`,
			`${short(row.delayP99)} ms`,
			`${Math.round(row.cpu * 100)} %`,
			`${short(row.databaseSize)} MiB`,
		]),
)}

_Heap in use_ is after a forced collection of garbage, at the end of the round. A ledger is what one node remembers of accepted events: ${LEDGER_CAPACITY.toLocaleString('en-US')} at most, which take ${short(ledgerSize)} MiB.`;
	return { text, hasHeld: isExact && isBounded && areRight && unanswered === 0 };
}

function add(all: LoadResult['byKind'], more: LoadResult['byKind']): void {
	for (const [kind, byStatus] of Object.entries(more)) {
		const sums = (all[kind] ??= {});
		for (const [status, count] of Object.entries(byStatus)) {
			sums[Number(status)] = (sums[Number(status)] ?? 0) + count;
		}
	}
}

const sum = (numbers: readonly (number | undefined)[]): number =>
	numbers.reduce<number>((total, number) => total + (number ?? 0), 0);

function databaseSize(folder: string): number {
	const bytes = ['database.sqlite', 'database.sqlite-wal'].map((file) => {
		const found = statSync(join(folder, '.n8n', file), { throwIfNoEntry: false });
		return found?.size ?? 0;
	});
	return sum(bytes) / 2 ** 20;
}

/** What half an hour of mixed load does to one n8n process. */
export const soak: Part = { name: 'soak', run: prove };
