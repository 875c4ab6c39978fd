import type { N8nClient } from '../../playground/n8n-client';
import type { DiscoveredProvider } from '../../playground/providers';
import { importExample } from '../../test/support/import-example';
import {
	postText,
	publish,
	saveCredential,
	trigger,
	TRIGGER,
	waitASecond,
	wires,
	type Editor,
} from '../../playground/workflow-parts';
import type { Flow } from './sender';

/** The token that n8n's Slack credential holds. */
export const SLACK_TOKEN = 'xoxb-faults';
export const SLACK_CHANNEL = '#whatsapp-alerts';

const TAG = 'retry-after-crash';

/**
 * Publishes a workflow for each provider: the trigger, a second's wait, so that a fault finds executions
 * under way, and a request to the recorder with the event's id.
 */
export async function publishFlows(
	editor: Editor,
	providers: readonly DiscoveredProvider[],
	recorderUrl: string,
	group: string,
): Promise<Flow[]> {
	const { data: tag } = (await editor.client.request('POST', '/rest/tags', { name: TAG })) as {
		data: { id: string };
	};
	const flows: Flow[] = [];
	for (const provider of providers) {
		const credential = await saveCredential(editor, provider);
		const { workflowId, url } = await publish(
			editor,
			`faults-${provider.id}`,
			[
				trigger(provider, credential),
				waitASecond('Wait'),
				postText('Recorder', recorderUrl, '={{ $json.eventId }}'),
			],
			{
				// Received is the first output.
				[TRIGGER]: wires('Wait'),
				Wait: wires('Recorder'),
			},
		);
		await tagWorkflow(editor.client, workflowId, tag.id);
		flows.push({ provider, path: new URL(url).pathname, group });
	}
	return flows;
}

/** Gives a workflow a tag, as the user does in the editor. */
async function tagWorkflow(client: N8nClient, workflowId: string, tagId: string): Promise<void> {
	const { data } = (await client.request('GET', `/rest/workflows/${workflowId}`)) as {
		data: { versionId: string };
	};
	const { versionId } = data;
	await client.request('PATCH', `/rest/workflows/${workflowId}`, { tags: [tagId], versionId });
}

/**
 * Publishes the example recover-after-crash, which then retries what crashes in the flows.
 *
 * @param mainUrl n8n's own address, where its API is
 * @param changes more of what the user changes
 */
export async function publishRecovery(
	client: N8nClient,
	mainUrl: string,
	changes: Record<string, string> = {},
): Promise<void> {
	const scopes = ['workflow:list', 'execution:list', 'execution:retry'];
	const apiKey = await client.createApiKey('Recover after a crash', scopes);
	const baseUrl = `${mainUrl}/api/v1`;
	const save = async (type: string, data: Record<string, unknown>) =>
		await client.saveCredential({ name: type, type, data });
	await client.publishWorkflow(
		importExample(
			'recover-after-crash',
			{
				n8nApi: await save('n8nApi', { apiKey, baseUrl }),
				slackApi: await save('slackApi', { accessToken: SLACK_TOKEN }),
			},
			{
				'http://localhost:5678/api/v1': baseUrl,
				// A few seconds in place of an hour.
				'"amount":60,"unit":"minutes"': '"amount":3,"unit":"seconds"',
				...changes,
			},
		),
	);
}
