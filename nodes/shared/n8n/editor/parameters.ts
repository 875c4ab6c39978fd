import type { INodeProperties, NodeHint } from 'n8n-workflow';
import { DEFAULT_EVENTS, EVENTS, outputCountOf } from '../../core/item/events';
import type { Provider } from '../../core/read/provider';
import { chatsParameter, filterOptions } from './filter-parameters';

/** The choice of events: what the provider can emit, in alphabetical order. */
function eventsParameter({ emits }: Provider): INodeProperties {
	const options = EVENTS.filter(({ event }) => emits.includes(event))
		.map(({ event, optionName, description }) => ({ name: optionName, value: event, description }))
		.sort((a, b) => a.name.localeCompare(b.name));
	return {
		// Not "Event", "Events", or "Trigger On" like other triggers: for a parameter with such a label, n8n's
		// nodes panel creates an entry for each option, and a node added from one would listen to that event
		// only, never to the defaults.
		displayName: 'Listen To',
		name: 'events',
		type: 'multiOptions',
		noDataExpression: true,
		required: true,
		options,
		default: [...DEFAULT_EVENTS.filter((event) => emits.includes(event))],
		description:
			"Which events start the workflow. Each event has its own output. Events you don't select are ignored, and their outputs appear in parentheses.",
	};
}

/** Shown on the node while no events are selected. */
export const noEventsHint: NodeHint = {
	message:
		'No events selected, so nothing will start this workflow. Select at least one under Listen To.',
	type: 'warning',
	location: 'ndv',
	whenToDisplay: 'always',
	displayCondition: '={{ ($parameter.events || []).length === 0 }}',
};

/**
 * Shown in the output pane after an event came out of any output but the first, which n8n shows by default:
 * the tab with the item may be off the screen.
 *
 * @param nodeName n8n's name for a new node. An expression can't look up its own node, so a renamed node
 *   doesn't get the hint
 */
export function otherOutputHint(nodeName: string, { emits }: Provider): NodeHint {
	const others = EVENTS.slice(1, outputCountOf(emits)).map((_, index) => index + 1);
	const items = `$(${JSON.stringify(nodeName)}).all`;
	return {
		message:
			"Each event comes out of its own output. Open the tab marked (1 item). If you don't see it, use the arrow next to the tabs.",
		type: 'info',
		location: 'outputPane',
		whenToDisplay: 'afterExecution',
		displayCondition: `={{ ${items}(0).length === 0 && [${others.join(', ')}].some((output) => ${items}(output).length > 0) }}`,
	};
}

/** The options every node has. */
const optionsParameter: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Ignore Duplicates',
			name: 'ignoreDuplicates',
			type: 'boolean',
			noDataExpression: true,
			default: true,
			description:
				"Whether to skip events this node has already accepted. Providers resend an event when they don't get a response in time. Test executions never skip events.",
		},
		{
			displayName: 'Include Raw Payload',
			name: 'includeRaw',
			type: 'boolean',
			noDataExpression: true,
			default: true,
			description: "Whether to add the provider's own payload to each item, in the field raw",
		},
		{
			displayName: 'Maximum Event Age (Minutes)',
			name: 'maxEventAgeMinutes',
			type: 'number',
			noDataExpression: true,
			typeOptions: { minValue: 0 },
			default: 0,
			description:
				"Events older than this are acknowledged but don't start the workflow, which limits how long a captured delivery can be replayed. 0 means no limit.",
		},
		...filterOptions,
		{
			displayName: 'Report Rejected Deliveries',
			name: 'reportRejected',
			type: 'boolean',
			noDataExpression: true,
			default: true,
			description:
				'Whether to record rejected deliveries as failed executions, so they show up under Executions and reach the error workflow. Records the first one, then at most one per hour for each reason.',
		},
	],
};

/** What the node receives: events, chats, and the options every node has. */
export function deliveryParameters(provider: Provider): INodeProperties[] {
	return [eventsParameter(provider), ...chatsParameter(provider), optionsParameter];
}
