import type { DiscoveredProvider } from '../../test/kit/providers';
import {
	postText,
	publish,
	saveCredential,
	trigger,
	TRIGGER,
	waitASecond,
	wires,
	type Editor,
} from '../../test/kit/n8n/workflow-parts';
import { Recorder } from '../../test/kit/services/recorder';
import { tagForRecovery } from '../../test/kit/examples/recover-after-crash';
import { Outgoing } from '../../test/kit/services/outgoing';
import { FakeSlack } from '../../test/kit/services/slack';
import type { Flow } from './sender';

/** The token that n8n's Slack credential holds. */
export const SLACK_TOKEN = 'xoxb-faults';

/** What the flows reach outside n8n. */
export interface Services {
	/** Takes the IDs of the events that were executed. */
	recorder: Recorder;
	/** Hears what recover-after-crash has retried. */
	slack: FakeSlack;
	/** What n8n has to be set to. */
	settings: Record<string, string>;
	stop(): Promise<void>;
}

export async function startServices(): Promise<Services> {
	const slack = new FakeSlack(SLACK_TOKEN, ['#whatsapp-alerts']);
	const outgoing = await Outgoing.start([slack]);
	const recorder = await Recorder.start();
	return {
		recorder,
		slack,
		// The older expression engine takes a fraction of the time and memory, so that a small machine is
		// busy with the fault and not with the flows.
		settings: { ...outgoing.environment, N8N_EXPRESSION_ENGINE: 'legacy' },
		async stop() {
			await recorder.stop();
			await outgoing.stop();
		},
	};
}

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
	const flows: Flow[] = [];
	const workflowIds: string[] = [];
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
		workflowIds.push(workflowId);
		flows.push({ provider, path: new URL(url).pathname, group });
	}
	await tagForRecovery(editor.client, workflowIds);
	return flows;
}
