import type { Instance } from '../instance';

/** What a report of refusals begins with. */
const REPORT = /^(Refused|Could not use|Put off) /;

/** What the failed executions of a workflow say: of a report its message, else all that it is. */
export async function reportsOf({ client }: Instance, workflowId: string): Promise<string[]> {
	const failed = (await client.executions(workflowId)).filter(({ status }) => status === 'error');
	return await Promise.all(
		failed.map(async ({ id }) => {
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
