import { table } from '../page';
import type { Flooded } from './flood';
import { REPEATED, VALID } from './plan';
import { verdict } from './verdict';

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

const number = (value: number) => whole.format(value);

/** A flood as Markdown. */
export function writeFlooded(flooded: Flooded): string {
	const { seed, tally, executed, watched, seconds, linesInLog } = flooded;
	const faults = verdict(flooded);
	const sumOf = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
	const kinds = [...tally.kinds].map(([kind, results]) => ({
		kind,
		count: sumOf([...results.values()]),
		answers: [...results]
			.sort(([, a], [, b]) => b - a)
			.map(([result, count]) => `${nameOf(result)} × ${number(count)}`)
			.join(', '),
	}));
	const validCount = kinds.find(({ kind }) => kind === VALID)?.count ?? 0;
	const expected = sumOf(executed.map((one) => one.expected));
	const found = sumOf(executed.map((one) => one.found));
	const reports = sumOf(executed.map((one) => one.reports.length));
	const errors = [...tally.serverErrors].sort(([a], [b]) => (a < b ? -1 : 1));
	const { before, worst, after } = watched;
	const figures = (name: string, key: keyof typeof before) => [
		name,
		...[before, worst, after].map((metrics) => number(metrics[key])),
	];

	return [
		`${number(tally.sent - validCount)} hostile requests and ${number(validCount)} valid deliveries to ${executed.length} webhooks, one of each provider, in ${number(seconds)} s: ${number(tally.sent / seconds)} a second, with the executions. Seed ${seed}: \`PROOF_SEED=${seed}\` sends the same again.`,
		`**${faults.length === 0 ? 'Held' : 'Not held'}.** Hanging: ${number(tally.hung)}. 5xx of the node: ${number(tally.ofTheNode)}. Answers that may not be: ${number(tally.surprising)}.`,
		...(tally.hungInN8n === 0
			? []
			: [
					`Without an answer, of those that say XML and are none: ${number(tally.hungInN8n)}. n8n reads XML before any node, with one parser for all requests, which waits for the next XML then. n8n's own Webhook node, asked the same after the flood: ${nameOf(flooded.xmlAnswer)}.`,
				]),
		`Executions: ${number(expected)} expected (the valid ones, and what else was authentic and new), ${number(found)} found. Beside them ${number(reports)} reports of refusals, one for each node and reason, and ${number(linesInLog)} lines of the nodes in n8n's log.`,
		...(faults.length === 0 ? [] : [faults.map((fault) => `- ${onOneLine(fault)}`).join('\n')]),
		table(
			['Requests', 'Number', 'Answers'],
			kinds
				.sort((a, b) => rankOf(a.kind) - rankOf(b.kind) || b.count - a.count)
				.map(({ kind, count, answers }) => [kind, number(count), answers]),
		),
		...(errors.length === 0
			? []
			: [
					'Whose the answers of 500 and above are, by what they say:',
					table(
						['Requests: answer', 'Number', 'Whose'],
						errors.map(([text, { count, isOfTheNode }]) => [
							`\`${onOneLine(text)}\``,
							number(count),
							isOfTheNode ? '**the node**' : 'n8n',
						]),
					),
				]),
		table(
			["n8n's process", 'Before', 'Worst', 'After'],
			[
				figures('Memory (RSS), MiB', 'rss'),
				figures('JavaScript heap, MiB', 'heap'),
				figures('Open handles', 'handles'),
				figures('Delay of the event loop, 99th percentile, ms', 'delayP99'),
				figures('Delay of the event loop, longest, ms', 'delayMax'),
			],
		),
	].join('\n\n');
}

function rankOf(kind: string): number {
	const rank = [VALID, REPEATED].indexOf(kind);
	return rank < 0 ? 2 : rank;
}

function nameOf(result: number | string): string {
	if (result === 'hung') return 'no answer';
	return result === 'ended' ? 'no answer (connection ended)' : String(result);
}

/** What a server said, in a cell of a table. */
function onOneLine(text: string): string {
	return text.replace(/\s+/g, ' ').replaceAll('|', '\\|').replaceAll('`', "'").slice(0, 160);
}
