import { PROVIDERS } from '../../test/kit/providers';
import { installServers } from '../../test/kit/n8n/install-servers';
import { table, type Part } from '../page';
import { sum } from '../statistics';
import { ON_POSTGRESQL, ON_SQLITE, OneProcess } from './one-process';
import { IN_QUEUE_MODE, QueueMode } from './queue-mode';
import { hasHeld, runFault, type Fault, type Host, type Row } from './run';
import { LONGEST_WAIT } from './schedules';

/** How many events a second an n8n is sent, all providers together. */
const PER_SECOND = 3;

const TIMING = { beforeMs: 5_000, afterMs: 4_000 };

/** Only these faults, where PROOF_FAULTS names a part of their names. */
const isWanted = ({ name }: { name: string }) => name.includes(process.env.PROOF_FAULTS ?? '');

/** What becomes of events when something happens to n8n, with senders that retry as documented. */
export const faults: Part = {
	title: 'Faults',
	async measure() {
		const toInstall = installServers();
		if (toInstall) throw new Error(`This part needs PostgreSQL and Redis: ${toInstall}`);
		const all = [
			...(await runAll(() => OneProcess.start(PROVIDERS, PER_SECOND), ON_SQLITE)),
			...(await runAll(() => OneProcess.start(PROVIDERS, PER_SECOND, 'PostgreSQL'), ON_POSTGRESQL)),
			...(await runAll(() => QueueMode.start(PROVIDERS, PER_SECOND), IN_QUEUE_MODE)),
		];
		const rows = all.map(({ fault, n8n, outage, tally }) => [
			...[fault, n8n, outage, tally.sent, tally.answered, tally.executed, tally.twice],
			tally.notRetried,
			sum([...Object.values(tally.gaveUp), ...Object.values(tally.rejected)]),
			...[tally.lostToStart, tally.lostAfter200],
		]);
		return {
			results: {
				figures: { perSecond: PER_SECOND, longestWait: LONGEST_WAIT },
				tables: { faults: { head: HEAD, rows } },
				notes: all.flatMap(notesOn),
			},
			hasHeld: all.every(hasHeld),
		};
	},
	text: (
		results,
	) => `Each provider retries as the section **Retries** of its page says, and as little as that allows. Waits are shortened to at most
${results.figures?.longestWait} seconds, so retries end sooner than real ones.

Behind each trigger, a Wait node waits a second, and a request tells a recorder outside n8n, which counts what was executed. New events
come before, during, and after the fault, ${results.figures?.perSecond} per second. n8n has its older expression engine
(\`N8N_EXPRESSION_ENGINE=legacy\`), which is lighter. [recover-after-crash](../examples/README.md#when-n8n-dies-and-when-something-fails)
retries crashed executions, in queue mode every 30 seconds; workflows with inbox-postgres retry by themselves.

An event was executed twice if n8n had finished it when it died, or, in queue mode, if a retry reached the other webhook processor. An
inbox drops the second, and so does [Remove Duplicates](../docs/duplicates.md#remove-duplicates) unless both arrive at the same moment.

${table(results, 'faults')}`,
};

async function runAll<H extends Host & { stop(): Promise<void> }>(
	start: () => Promise<H>,
	all: readonly Fault<H>[],
): Promise<Row[]> {
	const wanted = all.filter(isWanted);
	if (wanted.length === 0) return [];
	const host = await start();
	const rows: Row[] = [];
	try {
		for (const fault of wanted) rows.push(...(await runFault(host, fault, TIMING)));
	} finally {
		await host.stop();
	}
	return rows;
}

const HEAD = [
	'Fault',
	'n8n',
	'Until n8n recovered, s',
	'Sent',
	'Answered 200',
	'Executed',
	'Executed twice',
	'Lost: no retries',
	'Lost: provider gave up',
	'Lost: n8n was starting',
	"Lost after the trigger's 200",
];

/** What has to be said about a row. */
function notesOn(row: Row): string[] {
	const { fault, n8n, loses, tally } = row;
	const who = (counts: Record<string, number>, what: string) =>
		Object.entries(counts).map(([name, count]) => `${name} (${count}) ${what}`);
	const notes = [
		...(tally.lostAfter200 > 0 ? [`lost after the 200: ${loses ?? 'no known cause'}`] : []),
		...who(tally.gaveUp, 'gave up before n8n recovered'),
		...who(tally.rejected, 'gave up although n8n had recovered'),
	];
	if (notes.length === 0) return [];
	return [`${hasHeld(row) ? '' : '**Failed:** '}${fault} (${n8n}): ${notes.join('; ')}.`];
}
