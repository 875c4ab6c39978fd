import autocannon from 'autocannon';

/** A delivery as it goes over the wire. */
export interface WireDelivery {
	body: Buffer;
	headers: Record<string, string>;
	/** Where it goes, when not to the address of the run. */
	path?: string;
	/** What it is counted as. */
	kind?: string;
}

/** What came of a while of load. */
export interface LoadResult {
	/** How many answers of each HTTP status there were to each kind of delivery. */
	byKind: Record<string, Record<number, number>>;
	/** Requests without an answer. */
	failed: number;
	seconds: number;
	/** How long an answer took, in milliseconds. */
	latency: { p50: number; p99: number };
}

/** How long a load goes on, or how many deliveries it has and how many a second at most. */
export type Amount = { seconds: number } | { deliveries: number; rate: number };

/**
 * Sends deliveries over 10 connections, on each the next as soon as the one before is answered. After
 * some seconds it ends with deliveries on their way; an amount of deliveries is answered whole.
 */
export async function load(
	url: string,
	amount: Amount,
	next: () => WireDelivery,
): Promise<LoadResult> {
	const byKind: LoadResult['byKind'] = {};
	const { errors, duration, latency } = await autocannon({
		url,
		connections: 10,
		timeout: 60,
		...('seconds' in amount
			? { duration: amount.seconds }
			: { amount: amount.deliveries, overallRate: amount.rate }),
		requests: [
			{
				method: 'POST',
				setupRequest: (request, context: { kind?: string }) => {
					const { kind = '', ...delivery } = next();
					context.kind = kind;
					return { ...request, ...delivery };
				},
				onResponse: (status, _body, { kind = '' }: { kind?: string }) => {
					const ofKind = (byKind[kind] ??= {});
					ofKind[status] = (ofKind[status] ?? 0) + 1;
				},
			},
		],
	});
	const { p50, p99 } = latency;
	return { byKind, failed: errors, seconds: duration, latency: { p50, p99 } };
}
