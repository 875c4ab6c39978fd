import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second wherever Node.js runs. */
const TICKS_A_SECOND = 100;

/** The processor time that a process and all below it have used so far, in seconds, by Linux's `/proc`. */
export function cpuTime(pid: number): number {
	const all = readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.flatMap((name) => {
			try {
				const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
				// The second field is the program's name in brackets, which may hold anything.
				const fields = stat
					.slice(stat.lastIndexOf(')') + 4)
					.split(' ')
					.map(Number);
				// Of itself, and of those below it that have ended.
				const ticks = fields.slice(10, 14).reduce((total, part) => total + part, 0);
				return [{ pid: Number(name), parent: fields[0] ?? NaN, ticks }];
			} catch {
				// It has ended meanwhile.
				return [];
			}
		});
	const family = new Set([pid]);
	for (let before = 0; before !== family.size;) {
		before = family.size;
		for (const { pid: child, parent } of all) if (family.has(parent)) family.add(child);
	}
	const ticks = all.reduce((total, one) => total + (family.has(one.pid) ? one.ticks : 0), 0);
	return ticks / TICKS_A_SECOND;
}

/** Settings with which n8n answers at `/metrics`. */
export const METRICS_SETTINGS = { N8N_METRICS: 'true' };

/**
 * What n8n's `/metrics` says of its process: memory and the used heap in MiB; open sockets, files, timers
 * and the like; how late the event loop came since the last look, in milliseconds.
 */
export async function processMetrics(url: string) {
	const text = await (await fetch(`${url}/metrics`)).text();
	const figure = (name: string) => {
		const value = new RegExp(`^n8n_${name}(?:\\{[^}]*\\})? (\\S+)`, 'm').exec(text)?.[1];
		if (value === undefined) throw new Error(`n8n's metrics lack ${name}`);
		return Number(value);
	};
	return {
		rss: figure('process_resident_memory_bytes') / 2 ** 20,
		heap: figure('nodejs_heap_size_used_bytes') / 2 ** 20,
		handles: figure('nodejs_active_handles_total'),
		delayMax: figure('nodejs_eventloop_lag_max_seconds') * 1000,
		delayP99: figure('nodejs_eventloop_lag_p99_seconds') * 1000,
	};
}
