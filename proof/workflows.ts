import type { Workflow, WorkflowNode } from '../playground/n8n-client';
import { credentialData, type DiscoveredProvider } from '../playground/providers';
import { waitForWebhook } from '../playground/show';
import type { Instance } from './instance';

/** A credential as a node names it. */
export type SavedCredential = { id: string; name: string };

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
			events: [...provider.provider.emits],
			options: {},
			...parameters,
		},
		{ [provider.credentialType]: credential },
	);
}

/** Saves the credential of a provider, with the secret that its simulator signs with. */
export async function saveCredential(
	{ client }: Pick<Instance, 'client'>,
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
 */
export async function publish(
	{ client, url }: Pick<Instance, 'client' | 'url'>,
	webhookId: string,
	nodes: readonly [WorkflowNode, ...WorkflowNode[]],
	connections: Workflow['connections'] = {},
): Promise<Receiver> {
	const [first, ...others] = nodes;
	const workflowId = await client.publishWorkflow({
		name: webhookId,
		nodes: [{ ...first, webhookId }, ...others],
		connections,
		settings: { executionOrder: 'v1' },
	});
	const receiver = { workflowId, url: `${url}/webhook/${webhookId}/webhook` };
	await waitForWebhook(receiver.url);
	return receiver;
}
