import type { N8nClient } from '../n8n/client';
import { importExample } from './import-example';

/** Gives workflows the tag by which recover-after-crash knows them, as the user does in the editor. */
export async function tagForRecovery(client: N8nClient, workflowIds: string[]): Promise<void> {
	const { data: tag } = (await client.request('POST', '/rest/tags', {
		name: 'retry-after-crash',
	})) as { data: { id: string } };
	for (const id of workflowIds) {
		const { data } = (await client.request('GET', `/rest/workflows/${id}`)) as {
			data: { versionId: string };
		};
		const change = { tags: [tag.id], versionId: data.versionId };
		await client.request('PATCH', `/rest/workflows/${id}`, change);
	}
}

/**
 * Publishes the example recover-after-crash, which then retries what crashes in the tagged workflows.
 *
 * @param mainUrl n8n's own address, where its API is
 * @param changes more of what the user changes
 * @returns the ID of its workflow
 */
export async function publishRecovery(
	client: N8nClient,
	mainUrl: string,
	slackToken: string,
	changes: Record<string, string> = {},
): Promise<string> {
	const scopes = ['workflow:list', 'execution:list', 'execution:retry'];
	const apiKey = await client.createApiKey('Recover after a crash', scopes);
	const baseUrl = `${mainUrl}/api/v1`;
	const save = async (type: string, data: Record<string, unknown>) =>
		await client.saveCredential({ name: `${type} of the recovery`, type, data });
	return await client.publishWorkflow(
		importExample(
			'recover-after-crash',
			{
				n8nApi: await save('n8nApi', { apiKey, baseUrl }),
				slackApi: await save('slackApi', { accessToken: slackToken }),
			},
			{
				'http://localhost:5678/api/v1': baseUrl,
				// A moment in place of an hour.
				'"amount":60,"unit":"minutes"': '"amount":1,"unit":"seconds"',
				...changes,
			},
		),
	);
}
