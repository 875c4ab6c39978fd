import { Instance } from '../../test/kit/n8n/instance';
import { table, type Findings } from '../page';
import { METRICS_SETTINGS } from '../process';
import { sum } from '../statistics';
import { flood, REPEATED, VALID } from './flood';

const SIZE = { hostile: 100_000, valid: 2_000 };
const SEED = 20_260_101;

/** Hostile requests by the hundred thousand, with valid ones among them. */
export async function floods(): Promise<Findings> {
	const size = { ...SIZE, hostile: Number(process.env.PROOF_REQUESTS ?? SIZE.hostile) };
	const seed = Number(process.env.PROOF_SEED ?? SEED);
	const instance = await Instance.launch(METRICS_SETTINGS);
	try {
		const { seconds, kinds, executions, memory, faults } = await flood(instance, size, seed);
		const rows = [...kinds]
			.map(([kind, results]) => ({ kind, results, count: sum([...results.values()]) }))
			.sort((a, b) => rankOf(a.kind) - rankOf(b.kind) || b.count - a.count);
		const text = `${whole(sum(rows.map(({ count }) => count)))} requests to a webhook of each provider, ${whole(size.valid)} of them valid and new, in ${whole(seconds)} s, with the executions. \`PROOF_SEED=${seed}\` sends the same again.

**${faults.length === 0 ? 'Held' : 'Not held'}**: every answer was one that may be, none of 500 and above was the node's, nothing hung but what n8n did not hand to a node, and no connection stayed open. Executions: ${whole(executions.expected)} expected (the valid ones, and what else was authentic and new), ${whole(executions.found)} found, and ${whole(executions.reports)} reports of rejections. n8n's memory: ${memory.map((mebibytes) => `${whole(mebibytes)} MiB`).join(' before, ')} after.

${faults.map((fault) => `- ${fault.replace(/\s+/g, ' ').slice(0, 300)}\n`).join('')}
${table(
	['Requests', 'Number', 'Answers'],
	rows.map(({ kind, results, count }) => [
		kind,
		whole(count),
		[...results]
			.sort(([, a], [, b]) => b - a)
			.map(([result, times]) => `${result} × ${whole(times)}`)
			.join(', '),
	]),
)}

_Ended_ is a connection that ended without an answer, _hung_ none in time.`;
		return { text, hasHeld: faults.length === 0 };
	} finally {
		await instance.remove();
	}
}

const whole = (value: number) => Math.round(value).toLocaleString('en-US');

/** The valid ones come first. */
const rankOf = (kind: string) => [REPEATED, VALID].indexOf(kind) * -1;
