import type { Workflow, WorkflowNode } from './client';
import { OUTPUTS } from '../outputs';
import { outputCountOf } from '../../../nodes/shared/core/item/events';
import { listenToAll, type DiscoveredProvider } from '../providers';

/** The trigger that listens to everything. */
export const TRIGGER = 'Every event';

/** The trigger beside it that listens to failed messages only. */
export const NARROW_TRIGGER = 'Failed only';

/** The path of a trigger's production URL in the playground. */
export function webhookPath({ id }: DiscoveredProvider, trigger = TRIGGER): string {
	return `/webhook/${webhookId(id, trigger)}/webhook`;
}

const webhookId = (id: string, trigger: string) =>
	trigger === TRIGGER ? `playground-${id}` : `playground-${id}-failed`;

/**
 * The workflow that the playground shows for a provider: a trigger with every event, each of its
 * outputs wired to a node of the output's name, and a second trigger that listens to one event.
 */
export function sampleWorkflow(
	provider: DiscoveredProvider,
	credential: { id: string; name: string },
): Workflow {
	const outputs = outputCountOf(provider.provider.emits);
	const events = OUTPUTS.slice(0, outputs);
	const trigger = (
		name: string,
		selected: string[],
		y: number,
		parameters: Record<string, unknown> = {},
	): WorkflowNode => ({
		id: `${provider.id}-${webhookId(provider.id, name)}`,
		name,
		type: provider.nodeType,
		typeVersion: 2,
		position: [0, y],
		parameters: {
			...provider.simulator.parameters,
			...listenToAll(provider),
			...parameters,
			events: selected,
		},
		webhookId: webhookId(provider.id, name),
		credentials: { [provider.credentialType]: credential },
	});
	const sink = (name: string, position: [number, number]): WorkflowNode => ({
		id: `${provider.id}-${name}`,
		name,
		type: 'n8n-nodes-base.noOp',
		typeVersion: 1,
		position,
		parameters: {},
	});
	const failedOnly = 'Failed (second trigger)';
	const narrowY = outputs * 140 + 200;
	return {
		name: `${provider.displayName}: every event by its output`,
		nodes: [
			trigger(
				TRIGGER,
				events.map(([event]) => event),
				((outputs - 1) * 140) / 2,
			),
			...events.map(([, label], index) => sink(label, [420, index * 140])),
			// Some providers have one webhook, which only one trigger of a workflow can set up.
			trigger(
				NARROW_TRIGGER,
				['message.failed'],
				narrowY,
				'webhookSetup' in (provider.simulator.parameters ?? {}) ? { webhookSetup: 'manual' } : {},
			),
			sink(failedOnly, [420, narrowY]),
		],
		connections: {
			[TRIGGER]: {
				main: events.map(([, label]) => [{ node: label, type: 'main', index: 0 }]),
			},
			[NARROW_TRIGGER]: {
				main: events.map(([event]) =>
					event === 'message.failed' ? [{ node: failedOnly, type: 'main', index: 0 }] : [],
				),
			},
		},
		settings: { executionOrder: 'v1' },
	};
}
