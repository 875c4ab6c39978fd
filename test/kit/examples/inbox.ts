import type { N8nClient, Workflow } from '../n8n/client';
import { credentialData, providerById } from '../providers';
import { postText } from '../n8n/workflow-parts';
import { importExample } from './import-example';
import type { QueueCluster } from '../n8n/queue-cluster';

/** The database of the inbox, in the cluster's PostgreSQL. */
export const INBOX_DATABASE = 'inbox';

/** The path of its trigger's production URL. */
export const INBOX_PATH = '/webhook/inbox/webhook';

/** The node that users put theirs in place of. */
export const WORK = 'Your Work';

/**
 * Publishes the example inbox-postgres, set up for queue mode as its note says, with a recorder in place
 * of its own work.
 *
 * @param recorded the field that the recorder is told
 * @param changes more texts that the user changes
 * @param change what else the user does on the canvas
 * @returns the ID of its workflow
 */
export async function publishInbox(
	client: N8nClient,
	{ postgres, main }: QueueCluster,
	recorder: { url: string; recorded: 'text' | 'eventId' },
	slackToken: string,
	changes: Record<string, string>,
	change: (workflow: Workflow) => void = () => undefined,
): Promise<string> {
	const provider = providerById('chakrahq');
	const baseUrl = `${main.url}/api/v1`;
	const apiKey = await client.createApiKey('Inbox', ['execution:list', 'execution:read']);
	const save = async (type: string, data: Record<string, unknown>) =>
		await client.saveCredential({ name: `${type} of the inbox`, type, data });
	postgres.sql(`CREATE DATABASE ${INBOX_DATABASE}`);
	const workflow = importExample(
		'inbox-postgres-chakrahq',
		{
			postgres: await save('postgres', {
				host: '127.0.0.1',
				port: String(postgres.port),
				database: INBOX_DATABASE,
				user: postgres.user,
				password: '',
				ssl: 'disable',
			}),
			n8nApi: await save('n8nApi', { apiKey, baseUrl }),
			slackApi: await save('slackApi', { accessToken: slackToken }),
			[provider.credentialType]: await save(provider.credentialType, credentialData(provider)),
		},
		{
			'http://localhost:5678/api/v1': baseUrl,
			...changes,
		},
	);
	for (const node of workflow.nodes) {
		if (node.type === provider.nodeType) node.webhookId = 'inbox';
		if (node.name !== WORK) continue;
		const { id, position } = node;
		const work = postText(WORK, recorder.url, `={{ $json.${recorder.recorded} }}`);
		Object.assign(node, { ...work, id, position, retryOnFail: false });
	}
	change(workflow);
	const table = workflow.nodes.find(({ name }) => name === 'Prepare the Table Once');
	postgres.sql(table?.parameters.query as string, INBOX_DATABASE);
	return await client.publishWorkflow(workflow);
}
