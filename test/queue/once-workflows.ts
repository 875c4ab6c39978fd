import type { Workflow, WorkflowNode } from '../../playground/n8n-client';
import type { PlayedProvider } from '../../playground/sample-deliveries';

/** The node that runs for what is new; it gives out the items that came through. */
export const ONCE = 'Once';
const TRIGGER = 'Trigger';
const CLEAR_TRIGGER = 'When to clear';

/** The path of the trigger's production URL in the workflow of this name. */
export const deliveryPath = (name: string) => `/webhook/${name}/webhook`;

/** The path that has the workflow of this name clear its history. */
export const clearPath = (name: string) => `/webhook/${name}-clear`;

/**
 * n8n's Remove Duplicates behind a trigger, and a second one that clears what it remembers. As in
 * docs/scaling.md, but for a webhook in the place of the schedule.
 */
export function removeDuplicatesWorkflow(
	name: string,
	provider: PlayedProvider,
	credential: { id: string; name: string },
	historySize = 10_000,
): Workflow {
	return {
		name,
		nodes: [
			trigger(name, provider, credential),
			node('Remove Duplicates', 'n8n-nodes-base.removeDuplicates', 2, {
				operation: 'removeItemsSeenInPreviousExecutions',
				logic: 'removeItemsWithAlreadySeenKeyValues',
				dedupeValue: '={{ $json.eventId }}',
				options: { scope: 'workflow', historySize },
			}),
			node(ONCE, 'n8n-nodes-base.noOp', 1, {}),
			{
				...node(CLEAR_TRIGGER, 'n8n-nodes-base.webhook', 2, { path: `${name}-clear` }),
				webhookId: `${name}-clear`,
			},
			node('Clear History', 'n8n-nodes-base.removeDuplicates', 2, {
				operation: 'clearDeduplicationHistory',
				mode: 'cleanDatabase',
				options: { scope: 'workflow' },
			}),
		],
		connections: {
			[TRIGGER]: { main: wire('Remove Duplicates') },
			'Remove Duplicates': { main: wire(ONCE) },
			[CLEAR_TRIGGER]: { main: wire('Clear History') },
		},
		settings: { executionOrder: 'v1' },
	};
}

/** A table whose unique key decides what is new, as in docs/scaling.md. */
export const EVENTS_TABLE =
	'CREATE TABLE whatsapp_events (event_id text PRIMARY KEY, accepted_at timestamptz NOT NULL DEFAULT now())';

/** A PostgreSQL node behind a trigger, which gives out the events that are new in the table. */
export function uniqueKeyWorkflow(
	name: string,
	provider: PlayedProvider,
	credential: { id: string; name: string },
	database: { id: string; name: string },
): Workflow {
	return {
		name,
		nodes: [
			trigger(name, provider, credential),
			{
				...node('New Events', 'n8n-nodes-base.postgres', 2.7, {
					operation: 'executeQuery',
					query:
						'WITH fresh AS (INSERT INTO whatsapp_events (event_id) VALUES ($1) ON CONFLICT DO NOTHING RETURNING event_id) SELECT event_id FROM fresh',
					options: {
						queryReplacement: '={{ [$json.eventId] }}',
						queryBatching: 'independently',
					},
				}),
				credentials: { postgres: database },
			},
			node(ONCE, 'n8n-nodes-base.set', 3.4, {
				mode: 'raw',
				jsonOutput: `={{ $('${TRIGGER}').item.json }}`,
				options: {},
			}),
		],
		connections: {
			[TRIGGER]: { main: wire('New Events') },
			'New Events': { main: wire(ONCE) },
		},
		settings: { executionOrder: 'v1' },
	};
}

function trigger(
	name: string,
	provider: PlayedProvider,
	credential: { id: string; name: string },
): WorkflowNode {
	return {
		...node(TRIGGER, provider.nodeType, 2, { events: ['message.received'], options: {} }),
		webhookId: name,
		credentials: { [provider.credentialType]: credential },
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
