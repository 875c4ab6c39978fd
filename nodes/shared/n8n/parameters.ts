import type { INodeProperties, IWebhookFunctions, NodeHint } from 'n8n-workflow';
import { DEFAULT_EVENTS, EVENTS, outputCountOf, type EventName } from '../core/events';
import type { Provider } from '../core/provider';
import type { Selection } from '../core/select';

/** The choice of events: what the provider can emit, in alphabetical order. */
export function eventsParameter({ emits }: Provider): INodeProperties {
	const options = EVENTS.filter(({ event }) => emits.includes(event))
		.map(({ event, optionName, description }) => ({ name: optionName, value: event, description }))
		.sort((a, b) => a.name.localeCompare(b.name));
	return {
		// Neither "Event", "Events" nor "Trigger On", as other triggers of n8n have it: of a parameter so
		// labeled n8n's nodes panel makes an entry for each option, and a node added by one of these would
		// listen to that event only, never to the defaults.
		displayName: 'Listen To',
		name: 'events',
		type: 'multiOptions',
		noDataExpression: true,
		required: true,
		options,
		default: [...DEFAULT_EVENTS.filter((event) => emits.includes(event))],
		description:
			'What starts the workflow. Each event is sent to its own output; an event that is not selected starts nothing, and its output stands in brackets.',
	};
}

/** Said on the node while it listens to nothing. */
export const noEventsHint: NodeHint = {
	message:
		'No event is selected, so nothing will start this workflow. Select events under Listen To.',
	type: 'warning',
	location: 'ndv',
	whenToDisplay: 'always',
	displayCondition: '={{ ($parameter.events || []).length === 0 }}',
};

/**
 * Said in the output pane after an event that left by any but the first output, which is the one that
 * n8n shows: the tab that has the item may be off the screen.
 *
 * @param nodeName as n8n names a new node. An expression cannot look up the node that it belongs to,
 *   so a node that was given another name does without the hint
 */
export function otherOutputHint(nodeName: string, { emits }: Provider): NodeHint {
	const others = EVENTS.slice(1, outputCountOf(emits)).map((_, index) => index + 1);
	const items = `$(${JSON.stringify(nodeName)}).all`;
	return {
		message:
			'Each event leaves by its own output: the tab that says (1 item) has it. The arrow beside the tabs leads to the others.',
		type: 'info',
		location: 'outputPane',
		whenToDisplay: 'afterExecution',
		displayCondition: `={{ ${items}(0).length === 0 && [${others.join(', ')}].some((output) => ${items}(output).length > 0) }}`,
	};
}

/** The options that every node has. */
export const optionsParameter: INodeProperties = {
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
				'Whether to ignore an event that this node has already accepted, since providers send an event again when they miss the answer. Test executions ignore nothing.',
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
				'Older events are acknowledged and dropped, which limits how long a recorded delivery can be replayed. 0 means no limit.',
		},
		{
			displayName: 'Report Refusals',
			name: 'reportRefusals',
			type: 'boolean',
			noDataExpression: true,
			default: true,
			description:
				'Whether a delivery that has to be refused makes a failed execution, so that it is seen in the list of executions and by the error workflow: the first one, then at most one an hour for each reason',
		},
	],
};

/** The values of a node's parameters, with the defaults for what is not set. */
export function readParameters(context: IWebhookFunctions): {
	selection: Selection;
	includeRaw: boolean;
	ignoreDuplicates: boolean;
	reportRefusals: boolean;
} {
	const options = context.getNodeParameter('options', {}) as {
		includeRaw?: boolean;
		ignoreDuplicates?: boolean;
		reportRefusals?: boolean;
		maxEventAgeMinutes?: number;
	};
	return {
		selection: {
			events: context.getNodeParameter('events', []) as EventName[],
			// A workflow edited as text may hold anything here; what is no number is no limit.
			maxEventAgeMinutes: Number(options.maxEventAgeMinutes) || 0,
		},
		includeRaw: options.includeRaw ?? true,
		ignoreDuplicates: options.ignoreDuplicates ?? true,
		reportRefusals: options.reportRefusals ?? true,
	};
}
