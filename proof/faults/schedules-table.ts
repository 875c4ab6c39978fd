import { PROVIDERS } from '../../playground/providers';
import { table } from '../page';
import { waitBefore } from './schedules';

/** The schedules as a Markdown table. */
export function schedulesTable(): string {
	const rows = PROVIDERS.map(({ displayName, folder, simulator: { schedule } }) => {
		const { attempts, documented, patience, taken } = schedule;
		const waits = Array.from({ length: attempts - 1 }, (_, n) => waitBefore(schedule, n + 1));
		return [
			`[${displayName}](../nodes/${folder}/README.md#retries)`,
			documented,
			attempts,
			compact(waits) || '—',
			`${patience} s`,
			taken || '—',
		];
	});
	return table(
		['Provider', 'Documented', 'Attempts', 'Waits here, s', 'Patience', 'Not documented, so taken'],
		rows,
	);
}

/** Equal numbers at the end once only: "5, 10, 10, 10" is "5, then 10". */
function compact(numbers: readonly number[]): string {
	const last = numbers.at(-1);
	const isLast = (n: number) => n === last;
	const head = numbers.slice(
		0,
		numbers.findIndex((_, at) => numbers.slice(at).every(isLast)),
	);
	if (head.length === 0) return numbers.length > 1 ? `${last} each` : numbers.join();
	return numbers.length - head.length > 1 ? `${head.join(', ')}, then ${last}` : numbers.join(', ');
}
