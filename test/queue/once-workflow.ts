import type { Workflow } from '../kit/n8n/client';
import type { DiscoveredProvider } from '../kit/providers';
import {
	node,
	removeDuplicates,
	trigger,
	TRIGGER,
	wires,
	type SavedCredential,
} from '../kit/n8n/workflow-parts';

/** The node that runs for what is new; it gives out the items that came through. */
export const ONCE = 'Once';
const REMOVE_DUPLICATES = 'Remove Duplicates';

/** The path of the trigger's production URL. */
export const DELIVERY_PATH = '/webhook/once/webhook';

/** n8n's Remove Duplicates behind a trigger, as in docs/duplicates.md. */
export function onceWorkflow(provider: DiscoveredProvider, credential: SavedCredential): Workflow {
	return {
		name: 'once',
		nodes: [
			{ ...trigger(provider, credential, { events: ['message.received'] }), webhookId: 'once' },
			removeDuplicates(REMOVE_DUPLICATES),
			node(ONCE, 'n8n-nodes-base.noOp', 1, {}),
		],
		connections: {
			[TRIGGER]: wires(REMOVE_DUPLICATES),
			[REMOVE_DUPLICATES]: wires(ONCE),
		},
		settings: { executionOrder: 'v1' },
	};
}
