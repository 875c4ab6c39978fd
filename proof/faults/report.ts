import { table } from '../page';
import { hasHeld, type Row } from './run';
import { PER_SECOND } from './host';
import { LONGEST_WAIT } from './schedules';
import { schedulesTable } from './schedules-table';

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

/** The section's Markdown. */
export function faultsText(rows: readonly Row[]): string {
	return [
		`Each provider sends as it documents it. Waits are shortened to at most ${LONGEST_WAIT} seconds, which covers a shorter outage than the real ones and is the harder case; a sender gives an attempt up after its patience.`,
		schedulesTable(),
		`Behind each trigger are a Wait of a second and a request to a recorder outside n8n; "executed" is what that has seen. New events come before, during and after the fault, ${PER_SECOND} a second, which is what a busy machine of two cores takes; n8n has its older expression engine (\`N8N_EXPRESSION_ENGINE=legacy\`), which is lighter. "Not well" is the time until n8n answers at once again. Lost at the sender is what n8n never answered: with providers that send once, and with those whose attempts were used up before n8n was well. [recover-after-crash](../examples/README.md#when-n8n-dies-and-when-something-fails) retries what crashed, every 30 seconds in queue mode; flows with inbox-postgres have that in its place.`,
		'Executed twice is what n8n had done when it died, and in queue mode a repetition that reached the other webhook processor: an inbox drops that, and so does [Remove Duplicates](scaling.md#remove-duplicates) for copies that are not at the same moment.',
		table(HEAD, rows.map(cells)),
		rows.flatMap(notes).join('\n'),
	].join('\n\n');
}

function cells({ fault, n8n, outage, tally }: Row): (string | number)[] {
	return [
		fault,
		n8n,
		outage,
		tally.sent,
		tally.answered,
		tally.executed,
		tally.twice,
		sum(tally.notRetried),
		sum(tally.gaveUp) + sum(tally.refused),
		tally.lostToStart,
		tally.lostAfter200 - tally.lostToStart,
	];
}

/** What has to be said of a row. */
function notes(row: Row): string[] {
	const { fault, n8n, tally, loses } = row;
	const texts = [
		...(tally.lostToStart > 0
			? [
					`${tally.lostToStart} were answered 200 by n8n itself [while it was starting](scaling.md#while-n8n-starts): send deliveries only to an n8n that is ready`,
				]
			: []),
		...(tally.lostAfter200 > tally.lostToStart
			? [`${loses ? 'lost, since' : 'lost after a 200, which must not be'} ${loses ?? ''}`.trim()]
			: []),
		...listed(tally.gaveUp, 'gave up before n8n was well'),
		...listed(tally.refused, 'gave up although n8n was well, which must not be'),
	];
	if (texts.length === 0) return [];
	return [`- ${hasHeld(row) ? '' : '**Not held.** '}${fault} (${n8n}): ${texts.join('; ')}.`];
}

function listed(counts: Record<string, number>, what: string): string[] {
	const names = Object.entries(counts).map(([name, count]) => `${name} (${count})`);
	return names.length > 0 ? [`${names.join(', ')} ${what}`] : [];
}

const sum = (counts: Record<string, number>): number =>
	Object.values(counts).reduce((total, count) => total + count, 0);
