import { PROVIDERS } from '../../test/kit/providers';
import { installServers } from '../../test/kit/n8n/install-servers';
import { table, type Findings } from '../page';
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
export async function faults(): Promise<Findings> {
	const toInstall = installServers();
	if (toInstall) throw new Error(`This part needs PostgreSQL and Redis: ${toInstall}`);
	const rows = [
		...(await runAll(() => OneProcess.start(PROVIDERS, PER_SECOND), ON_SQLITE)),
		...(await runAll(() => OneProcess.start(PROVIDERS, PER_SECOND, 'PostgreSQL'), ON_POSTGRESQL)),
		...(await runAll(() => QueueMode.start(PROVIDERS, PER_SECOND), IN_QUEUE_MODE)),
	];
	return { text: textOf(rows), hasHeld: rows.every(hasHeld) };
}

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
	'Not well, s',
	'Sent',
	'Answered 200',
	'Executed',
	'Executed twice',
	'Lost: never sent again',
	'Lost: the sender gave up',
	'Lost: n8n was starting',
	"Lost after the trigger's 200",
];

const textOf = (
	rows: readonly Row[],
): string => `Each provider sends as the section "Retries" of its page has it; where that leaves something open, as little as its words allow.
Waits are shortened to at most ${LONGEST_WAIT} seconds, which covers a shorter outage than the real ones and is the harder case.

Behind each trigger are a Wait of a second and a request to a recorder outside n8n; "executed" is what that has seen. New events come before, during and after the fault, ${PER_SECOND} a second; n8n has its older expression engine (\`N8N_EXPRESSION_ENGINE=legacy\`), which is lighter. "Not well" is the time until n8n answers at once again. [recover-after-crash](../examples/README.md#when-n8n-dies-and-when-something-fails) retries what crashed, every 30 seconds in queue mode; flows with inbox-postgres have that in its place.

Executed twice is what n8n had done when it died, and in queue mode a repetition that reached the other webhook processor: an inbox drops that.

${table(
	HEAD,
	rows.map(({ fault, n8n, outage, tally }) => [
		...[fault, n8n, outage, tally.sent, tally.answered, tally.executed, tally.twice],
		tally.notRetried,
		sum([...Object.values(tally.gaveUp), ...Object.values(tally.rejected)]),
		...[tally.lostToStart, tally.lostAfter200],
	]),
)}

${rows.flatMap(notesOn).join('\n')}`;

/** What has to be said about a row. */
function notesOn(row: Row): string[] {
	const { fault, n8n, loses, tally } = row;
	const who = (counts: Record<string, number>, what: string) =>
		Object.entries(counts).map(([name, count]) => `${name} (${count}) ${what}`);
	const notes = [
		...(tally.lostAfter200 > 0 ? [`lost after a 200: ${loses ?? 'that must not be'}`] : []),
		...who(tally.gaveUp, 'gave up before n8n was well'),
		...who(tally.rejected, 'gave up although n8n was well, which must not be'),
	];
	if (notes.length === 0) return [];
	return [`- ${hasHeld(row) ? '' : '**Not held.** '}${fault} (${n8n}): ${notes.join('; ')}.`];
}
