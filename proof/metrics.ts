/** What n8n's `/metrics` says of its process. */
export interface ProcessMetrics {
	/** Memory of the process, in MiB. */
	rss: number;
	/** The used part of the JavaScript heap, in MiB. */
	heap: number;
	/** Open sockets, files, timers and the like, as Node.js counts them. */
	handles: number;
	/** How late the event loop came, at most and in the 99th percentile, since the last look; milliseconds. */
	delayMax: number;
	delayP99: number;
}

const MIB = 2 ** 20;

/** Settings with which n8n answers at `/metrics`. */
export const METRICS_SETTINGS = { N8N_METRICS: 'true' };

/** Looks at `/metrics`; throws when n8n does not answer or lacks a figure. */
export async function processMetrics(url: string): Promise<ProcessMetrics> {
	const response = await fetch(`${url}/metrics`);
	const text = await response.text();
	const figure = (name: string) => {
		const value = new RegExp(`^n8n_${name}(?:\\{[^}]*\\})? (\\S+)`, 'm').exec(text)?.[1];
		if (value === undefined) throw new Error(`n8n's metrics lack ${name}`);
		return Number(value);
	};
	return {
		rss: figure('process_resident_memory_bytes') / MIB,
		heap: figure('nodejs_heap_size_used_bytes') / MIB,
		handles: figure('nodejs_active_handles_total'),
		delayMax: figure('nodejs_eventloop_lag_max_seconds') * 1000,
		delayP99: figure('nodejs_eventloop_lag_p99_seconds') * 1000,
	};
}
