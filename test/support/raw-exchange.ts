import { connect } from 'node:net';

/** A response as it was on the wire. */
export interface RawResponse {
	status: number;
	/** Each header as it was sent, its name in lower case. */
	headers: Record<string, string>;
	/** All that followed the headers, chunk lengths included. */
	payload: string;
}

/**
 * Sends a request over a socket of its own and reads the response byte by byte, which an HTTP client
 * would have decoded already.
 */
export async function rawExchange(
	method: 'GET' | 'POST',
	url: string,
	body: Buffer = Buffer.alloc(0),
	headers: Record<string, string> = {},
): Promise<RawResponse> {
	const { hostname, port, host, pathname, search } = new URL(url);
	const lines = Object.entries({
		host,
		connection: 'close',
		'accept-encoding': 'gzip',
		...(method === 'POST' ? { 'content-length': String(body.length) } : {}),
		...headers,
	}).map(([name, value]) => `${name}: ${value}`);
	const head = [`${method} ${pathname}${search} HTTP/1.1`, ...lines, '', ''].join('\r\n');

	const received = await new Promise<string>((resolve, reject) => {
		const chunks: Buffer[] = [];
		const socket = connect(Number(port), hostname);
		socket.on('data', (chunk: Buffer) => chunks.push(chunk));
		socket.on('error', reject);
		socket.on('end', () => {
			resolve(Buffer.concat(chunks).toString('latin1'));
		});
		socket.write(Buffer.concat([Buffer.from(head), body]));
	});

	const end = received.indexOf('\r\n\r\n');
	const [statusLine = '', ...fields] = received.slice(0, end).split('\r\n');
	return {
		status: Number(statusLine.split(' ')[1]),
		headers: Object.fromEntries(
			fields.map((field) => {
				const colon = field.indexOf(':');
				return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()];
			}),
		),
		payload: received.slice(end + 4),
	};
}
