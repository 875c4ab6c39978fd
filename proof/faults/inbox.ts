import type { Workflow } from '../../playground/n8n-client';
import { providerById } from '../../playground/providers';
import { waitForWebhook } from '../../playground/show';
import { importExample } from '../../test/support/import-example';
import type { QueueCluster } from '../../test/queue/queue-cluster';
import {
	postText,
	saveCredential,
	waitASecond,
	wires,
	type Editor,
} from '../../playground/workflow-parts';
import { SLACK_TOKEN } from './flows';
import type { Flow } from './sender';

const DATABASE = 'inbox';
const WEBHOOK = 'faults-inbox';
const WORK = 'Your Work';
const EVENT = 'Event';

/** Publishes the example inbox-postgres, set up for queue mode, whose work is that of the other flows. */
export async function publishInbox(
	editor: Editor,
	{ postgres, main }: QueueCluster,
	recorderUrl: string,
	group: string,
): Promise<Flow> {
	const { client, url } = editor;
	const provider = providerById('chakrahq');
	const baseUrl = `${main.url}/api/v1`;
	const apiKey = await client.createApiKey('Inbox', ['execution:list', 'execution:read']);
	const save = async (type: string, data: Record<string, unknown>) =>
		await client.saveCredential({ name: `${type} of the inbox`, type, data });
	const workflow = importExample(
		'inbox-postgres-chakrahq',
		{
			postgres: await save('postgres', {
				host: '127.0.0.1',
				port: String(postgres.port),
				database: DATABASE,
				user: postgres.user,
				password: '',
				ssl: 'disable',
			}),
			n8nApi: await save('n8nApi', { apiKey, baseUrl }),
			slackApi: await save('slackApi', { accessToken: SLACK_TOKEN }),
			[provider.credentialType]: await saveCredential(editor, provider),
		},
		{
			'http://localhost:5678/api/v1': baseUrl,
			// Seconds in place of minutes; the work takes one.
			"interval '5 minutes'": "interval '20 seconds'",
			'{"field":"minutes","minutesInterval":1}': '{"field":"seconds","secondsInterval":5}',
		},
	);
	putInWork(workflow, recorderUrl, provider.nodeType);
	postgres.sql(`CREATE DATABASE ${DATABASE}`);
	const table = workflow.nodes.find(({ name }) => name === 'Prepare the Table Once');
	postgres.sql(table?.parameters.query as string, DATABASE);
	await client.publishWorkflow(workflow);
	const path = `/webhook/${WEBHOOK}/webhook`;
	await waitForWebhook(url + path);
	return { provider, path, group };
}

/** Puts a second's wait and the recorder in place of the example's own work, as users put their nodes there. */
function putInWork(workflow: Workflow, recorderUrl: string, triggerType: string): void {
	for (const each of workflow.nodes) {
		if (each.type === triggerType) each.webhookId = WEBHOOK;
		if (each.name !== WORK) continue;
		const { id, position } = each;
		Object.assign(each, { ...postText(WORK, recorderUrl, '={{ $json.eventId }}'), id, position });
		each.retryOnFail = false;
	}
	workflow.nodes.push(waitASecond('Work Takes Time'));
	workflow.connections[EVENT] = wires('Work Takes Time');
	workflow.connections['Work Takes Time'] = wires(WORK);
}
