import autocannon from 'autocannon';

/** A delivery as it goes over the wire. */
export interface WireDelivery {
	body: Buffer;
	headers: Record<string, string>;
}

/** What came of a while of load. */
export interface LoadResult {
	/** How many answers there were, by HTTP status. */
	answers: Record<number, number>;
	/** Requests without an answer. */
	failed: number;
	seconds: number;
	/** How long an answer took, in milliseconds. */
	latency: { p50: number; p99: number };
}

const CONNECTIONS = 10;

/**
 * Sends deliveries over 10 connections, on each the next as soon as the one before is answered.
 *
 * @param next makes the next delivery
 */
export async function load(
	url: string,
	seconds: number,
	next: () => WireDelivery,
): Promise<LoadResult> {
	const answers: Record<number, number> = {};
	const result = await autocannon({
		url,
		connections: CONNECTIONS,
		duration: seconds,
		timeout: 60,
		requests: [
			{
				method: 'POST',
				setupRequest: (request) => ({ ...request, ...next() }),
				onResponse: (status) => {
					answers[status] = (answers[status] ?? 0) + 1;
				},
			},
		],
	});
	return {
		answers,
		failed: result.errors,
		seconds: result.duration,
		latency: { p50: result.latency.p50, p99: result.latency.p99 },
	};
}
