import { request } from 'node:http';

export interface Answer {
	status: number;
	body: string;
}

/**
 * Posts bytes over a connection of their own. Takes a list for a header that is to arrive more than
 * once, which fetch() does not send.
 *
 * @param signal ends the attempt, as a sender does that has waited long enough
 */
export async function post(
	url: string,
	body: Buffer,
	headers: Record<string, string | string[]> = {},
	signal?: AbortSignal,
): Promise<Answer> {
	return await new Promise((resolve, reject) => {
		const sent = request(
			url,
			{
				method: 'POST',
				agent: false,
				signal,
				headers: { 'content-type': 'application/json', 'content-length': body.length, ...headers },
			},
			(response) => {
				const chunks: Buffer[] = [];
				response.on('data', (chunk: Buffer) => chunks.push(chunk));
				response.on('error', reject);
				response.on('end', () => {
					resolve({
						status: response.statusCode ?? 0,
						body: Buffer.concat(chunks).toString('utf8'),
					});
				});
			},
		);
		sent.on('error', reject);
		sent.end(body);
	});
}
