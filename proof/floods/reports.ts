import type { Instance } from '../instance';

/** What a report of refusals begins with. */
const REPORT = /^(Refused|Could not use|Put off) /;

/** More than there are reasons to refuse something. */
const MOST = 100;

/** What the failed executions of a workflow say: of a report its message, else all that it is. */
export async function reportsOf({ client }: Instance, workflowId: string): Promise<string[]> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId, status: ['error'] }));
	const { data: failed } = (await client.request(
		'GET',
		`/rest/executions?filter=${filter}&limit=${MOST}`,
	)) as { data: { results: { id: string }[] } };
	return await Promise.all(
		failed.results.map(async ({ id }) => {
			const { data } = (await client.request('GET', `/rest/executions/${id}`)) as {
				data: { data: string };
			};
			// n8n stores its run data flat, every text once.
			const texts = (JSON.parse(data.data) as unknown[]).filter((part) => typeof part === 'string');
			return (
				texts.find((text) => REPORT.test(text)) ?? `no report: ${texts.join(' ').slice(0, 300)}`
			);
		}),
	);
}
