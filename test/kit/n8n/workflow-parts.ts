import type { N8nClient, Workflow, WorkflowNode } from './client';
import { credentialData, listenToAll, type DiscoveredProvider } from '../providers';
import { waitForWebhook } from './webhook';

/** A credential as a node names it. */
export type SavedCredential = { id: string; name: string };

/** Where a client manages n8n, and the process that the first delivery goes to. */
export interface Editor {
	client: N8nClient;
	url: string;
}

/** A published workflow that waits for deliveries. */
export interface Receiver {
	workflowId: string;
	/** Where it takes them. */
	url: string;
}

export const TRIGGER = 'Trigger';

/** A node for a workflow that nobody looks at. */
export const node = (
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown>,
	credentials: Record<string, SavedCredential> = {},
): WorkflowNode => ({
	id: name,
	name,
	type,
	typeVersion,
	position: [0, 0],
	parameters,
	credentials,
});

/** The wires of a node's outputs, each to the node of this name. */
export const wires = (...names: string[]): Workflow['connections'][string] => ({
	main: names.map((name) => [{ node: name, type: 'main', index: 0 }]),
});

/** The node that waits a second, so that what happens meanwhile finds the execution under way. */
export const waitASecond = (name: string): WorkflowNode =>
	node(name, 'n8n-nodes-base.wait', 1.1, { resume: 'timeInterval', amount: 1, unit: 'seconds' });

/** The HTTP Request node that posts a text. */
export const postText = (name: string, url: string, body: string): WorkflowNode =>
	node(name, 'n8n-nodes-base.httpRequest', 4.2, {
		method: 'POST',
		url,
		sendBody: true,
		contentType: 'raw',
		rawContentType: 'text/plain',
		body,
		options: {},
	});

/** n8n's Remove Duplicates by the event's id, as in docs/duplicates.md. */
export const removeDuplicates = (name: string): WorkflowNode =>
	node(name, 'n8n-nodes-base.removeDuplicates', 2, {
		operation: 'removeItemsSeenInPreviousExecutions',
		logic: 'removeItemsWithAlreadySeenKeyValues',
		dedupeValue: '={{ $json.eventId }}',
		options: { scope: 'workflow', historySize: 10_000 },
	});

/** A trigger of this package, set up by hand, which listens to everything unless told otherwise. */
export function trigger(
	provider: DiscoveredProvider,
	credential: SavedCredential,
	parameters: Record<string, unknown> = {},
): WorkflowNode {
	return node(
		TRIGGER,
		provider.nodeType,
		2,
		{
			...provider.simulator.parameters,
			webhookSetup: 'manual',
			...listenToAll(provider),
			...parameters,
		},
		{ [provider.credentialType]: credential },
	);
}

/** Saves the credential of a provider, with the secret that its simulator signs with. */
export async function saveCredential(
	{ client }: Pick<Editor, 'client'>,
	provider: DiscoveredProvider,
): Promise<SavedCredential> {
	return await client.saveCredential({
		name: provider.displayName,
		type: provider.credentialType,
		data: credentialData(provider),
	});
}

/**
 * Publishes a workflow whose trigger is its first node, and waits until it answers.
 *
 * @param webhookId what its URL is made of
 * @param path how its URL goes on; the Webhook node's is its own path, and nothing before it
 */
export async function publish(
	{ client, url }: Editor,
	webhookId: string,
	nodes: readonly [WorkflowNode, ...WorkflowNode[]],
	connections: Workflow['connections'] = {},
	path = `${webhookId}/webhook`,
): Promise<Receiver> {
	const [first, ...others] = nodes;
	const workflowId = await client.publishWorkflow({
		name: webhookId,
		nodes: [{ ...first, webhookId }, ...others],
		connections,
		settings: { executionOrder: 'v1' },
	});
	const receiver = { workflowId, url: `${url}/webhook/${path}` };
	await waitForWebhook(receiver.url);
	return receiver;
}
