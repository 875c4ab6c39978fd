import type { Workflow, WorkflowNode } from '../../playground/n8n-client';
import type { DiscoveredProvider } from '../../playground/providers';

/** The node that runs for what is new; it gives out the items that came through. */
export const ONCE = 'Once';
export const TRIGGER = 'Trigger';
const REMOVE_DUPLICATES = 'Remove Duplicates';

/** The path of the trigger's production URL. */
export const DELIVERY_PATH = '/webhook/once/webhook';

/** n8n's Remove Duplicates behind a trigger, as in docs/scaling.md. */
export function onceWorkflow(
	provider: DiscoveredProvider,
	credential: { id: string; name: string },
): Workflow {
	return {
		name: 'once',
		nodes: [
			{
				...node(TRIGGER, provider.nodeType, 2, { events: ['message.received'], options: {} }),
				webhookId: 'once',
				credentials: { [provider.credentialType]: credential },
			},
			node(REMOVE_DUPLICATES, 'n8n-nodes-base.removeDuplicates', 2, {
				operation: 'removeItemsSeenInPreviousExecutions',
				logic: 'removeItemsWithAlreadySeenKeyValues',
				dedupeValue: '={{ $json.eventId }}',
				options: { scope: 'workflow', historySize: 10_000 },
			}),
			node(ONCE, 'n8n-nodes-base.noOp', 1, {}),
		],
		connections: {
			[TRIGGER]: { main: wire(REMOVE_DUPLICATES) },
			[REMOVE_DUPLICATES]: { main: wire(ONCE) },
		},
		settings: { executionOrder: 'v1' },
	};
}

const node = (
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown>,
): WorkflowNode => ({ id: name, name, type, typeVersion, position: [0, 0], parameters });

const wire = (name: string): { node: string; type: 'main'; index: number }[][] => [
	[{ node: name, type: 'main', index: 0 }],
];
