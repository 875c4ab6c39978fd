import { Instance } from '../../test/kit/n8n/instance';
import { table, type Part } from '../page';
import { METRICS_SETTINGS } from '../process';
import { short, sum } from '../statistics';
import { flood, REPEATED, VALID } from './flood';
import type { Result } from './send';

const SIZE = { hostile: 100_000, valid: 2_000 };
const SEED = 20_260_101;

/** Hostile requests by the hundred thousand, with valid ones among them. */
export const floods: Part = {
	title: 'Floods',
	async measure() {
		const size = { ...SIZE, hostile: Number(process.env.PROOF_REQUESTS ?? SIZE.hostile) };
		const seed = Number(process.env.PROOF_SEED ?? SEED);
		const instance = await Instance.launch(METRICS_SETTINGS);
		try {
			const { seconds, kinds, executions, memory, faults } = await flood(instance, size, seed);
			const rows = [...kinds]
				.map(([kind, results]) => ({ kind, results, count: sum([...results.values()]) }))
				.sort((a, b) => rankOf(a.kind) - rankOf(b.kind) || b.count - a.count)
				.map(({ kind, results, count }) => [kind, count, responsesOf(results)]);
			const figures = {
				...{ hostile: sum(rows.map(([, count]) => Number(count))) - size.valid, valid: size.valid },
				...{ seconds: Math.round(seconds), seed, ...executions },
				...{ memoryBefore: Math.round(memory[0]), memoryAfter: Math.round(memory[1]) },
			};
			const head = ['Requests', 'Number', 'Responses'];
			const notes = faults.map(
				(fault) => `**Failed:** ${fault.replace(/\s+/g, ' ').slice(0, 300)}`,
			);
			return {
				results: { figures, tables: { floods: { head, rows } }, notes },
				hasHeld: faults.length === 0,
			};
		} finally {
			await instance.remove();
		}
	},
	text(results) {
		const { seed, ...figures } = results.figures ?? {};
		const figure = (name: string) => short(figures[name] ?? NaN);
		return `${figure('hostile')} hostile requests and ${figure('valid')} valid deliveries went to a webhook of each provider in ${figure('seconds')} seconds, executions
included. \`PROOF_SEED=${seed}\` sends the same again. A request fails the test if it gets a response that isn't allowed for it, a
response of 500 or above that comes from the node, or none although n8n handed it to the node. So does a connection that
stays open.

Executions: ${figure('expected')} expected (the valid deliveries, and other requests that were authentic and new), ${figure('found')} found, and ${figure('reports')} reports of
rejections. n8n's memory was ${figure('memoryBefore')} MiB before and ${figure('memoryAfter')} MiB after.

${table(results, 'floods')}

_Ended_ is a connection that ended without a response; _hung_ means no response in time.`;
	},
};

const responsesOf = (results: Map<Result, number>) =>
	[...results]
		.sort(([, a], [, b]) => b - a)
		.map(([result, times]) => `${result} × ${short(times)}`)
		.join(', ');

/** The valid ones come first. */
const rankOf = (kind: string) => [REPEATED, VALID].indexOf(kind) * -1;
