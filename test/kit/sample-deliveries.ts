import type { DiscoveredProvider } from './providers';

let lastTime = 0;

/** A sample as if it happened now, with ids that were never sent, so that it is no repetition. */
export function withNewIds({ simulator }: DiscoveredProvider, rawBody: Buffer): Buffer {
	// Ids are made of the time: no two samples have the same millisecond.
	lastTime = Math.max(Date.now(), lastTime + 1);
	return Buffer.from(simulator.freshen(rawBody.toString('utf8'), new Date(lastTime)));
}

/** The headers of a delivery to a URL, now: its type and its proof. */
export function signedHeaders(
	{ simulator }: DiscoveredProvider,
	url: string,
	rawBody: Buffer,
	secret = simulator.secret,
): Record<string, string> {
	return {
		'content-type': simulator.contentType ?? 'application/json',
		...simulator.sign(rawBody, secret, { url, at: new Date() }),
	};
}

/** What became of a delivery on the wire. */
export interface Delivered {
	status: number;
	body: string;
	milliseconds: number;
}

/** Posts a delivery with the given headers. */
export async function deliver(
	url: string,
	rawBody: Buffer,
	headers: Record<string, string>,
): Promise<Delivered> {
	const startedAt = performance.now();
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: new Uint8Array(rawBody),
	});
	const body = await response.text();
	return { status: response.status, body, milliseconds: performance.now() - startedAt };
}
