import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeTypeDescription } from 'n8n-workflow';
import type { Delivery } from '../../nodes/shared/core/verify/delivery';
import { EVENTS, type EventName } from '../../nodes/shared/core/item/events';
import type { Item } from '../../nodes/shared/core/item/item';
import { readItems } from '../../nodes/shared/core/read/read-delivery';
import type { Workflow, WorkflowNode } from '../../test/kit/n8n/client';
import { PROVIDERS, samplesOf, type DiscoveredProvider } from '../../test/kit/providers';
import { descriptionOf } from './classes';
import { heightOfNote } from './note-height';
import { setupSteps, type SetupSteps } from './setup-steps';

const FLOWS_FOLDER = join(__dirname, 'flows');

/** The commonest wish, which is named first wherever the flows are listed. */
const FIRST_FLOW = 'message-to-sheet-and-slack';

/**
 * Runs the samples through: it is what n8n starts from, as long as no other trigger has pinned data.
 * Without it a click on Execute step in a node behind would wait for an event of the provider.
 */
const TRY_SAMPLES: WorkflowNode = {
	id: 'f0a4ff7e-3c0e-4d8c-9a54-2d3f1f6b7c30',
	name: 'Try the Samples',
	type: 'n8n-nodes-base.manualTrigger',
	typeVersion: 1,
	position: [0, 480],
	parameters: {},
};

/** Where a flow begins: a node that hands on what comes out of one output of the trigger. */
interface Entry {
	event: EventName;
	position: [number, number];
	/** What its sample has to have: a field with this value, or with any where it says `true`. */
	sample?: Partial<Record<keyof Item, string | true>>;
	/** Which of these events go on, as conditions of n8n's Filter node. Without them, all do. */
	conditions?: object[];
	/** Whether it's left out for a provider that has no such sample. */
	isOptional?: boolean;
}

/**
 * What is the same in an example for every provider: everything but its trigger and its samples. In
 * its name `{provider}` stands for the provider. A note is a list of lines, in which `{connect}` (a line
 * by itself) and `{publish}` stand for what depends on how the provider is set up; a line that names a
 * node in bold that's left out is left out too, and steps are numbered again.
 */
interface Flow extends Omit<Workflow, 'pinData'> {
	entries: Entry[];
}

/** An example as a user imports it: a flow with the trigger of a provider. */
export interface Example {
	flow: string;
	provider: DiscoveredProvider;
	workflow: Workflow;
}

/** Each flow for each provider that can feed it: that has a sample for one of its entries. */
export function examples(): Example[] {
	const names = readdirSync(FLOWS_FOLDER).map((file) => file.slice(0, -'.json'.length));
	names.sort((a, b) => Number(b === FIRST_FLOW) - Number(a === FIRST_FLOW));
	return names.flatMap((name) => {
		const flow = JSON.parse(readFileSync(join(FLOWS_FOLDER, `${name}.json`), 'utf8')) as Flow;
		return PROVIDERS.flatMap((provider) => {
			const workflow = workflowFor(provider, flow);
			return workflow ? { flow: name, provider, workflow } : [];
		});
	});
}

function workflowFor(discovered: DiscoveredProvider, flow: Flow): Workflow | undefined {
	const entries = flow.entries
		.filter(({ event }) => discovered.provider.emits.includes(event))
		.map((entry) => ({ ...entry, name: labelOf(entry.event), item: sampleFor(discovered, entry) }))
		.filter(({ isOptional, item }) => item !== undefined || !isOptional);
	const begun = entries.filter(({ item }) => item !== undefined);
	if (begun.length === 0) return undefined;

	const description = descriptionOf(discovered);
	const trigger = description.displayName;
	const events = entries.map(({ event }) => event);
	const steps = setupSteps(description, events);
	const all = flow.entries.map(({ event }) => labelOf(event));
	const reached = reachedFrom(
		entries.map(({ name }) => name),
		flow,
	);
	const leftOut = [...reachedFrom(all, flow)].filter((name) => !reached.has(name));
	const isKept = (name: string) => !leftOut.includes(name);
	return {
		name: flow.name.replace('{provider}', discovered.displayName),
		nodes: [
			{
				id: 'f0a4ff7e-3c0e-4d8c-9a54-2d3f1f6b7c10',
				name: trigger,
				type: discovered.nodeType,
				typeVersion: 2,
				position: [0, 0],
				parameters: { events, options: {} },
			},
			...entries.map(entryNode),
			TRY_SAMPLES,
			...flow.nodes
				.filter(({ name }) => isKept(name))
				.map((node) => withNote(node, { description, steps, leftOut })),
		],
		connections: {
			[trigger]: { main: wiresTo(entries) },
			[TRY_SAMPLES.name]: { main: [begun.map(({ name }) => wireTo(name))] },
			...Object.fromEntries(Object.entries(flow.connections).filter(([name]) => isKept(name))),
		},
		pinData: {
			[TRY_SAMPLES.name]: [{ json: {} }],
			...Object.fromEntries(begun.map(({ name, item }) => [name, [{ json: item }]])),
		},
		settings: flow.settings ?? {},
	};
}

function labelOf(event: EventName): string {
	return EVENTS.find((entry) => entry.event === event)?.label ?? event;
}

/**
 * An item for an entry: of the sample that is named after the event, else of the first that has one.
 * Without the provider's own payload, which no flow needs.
 */
function sampleFor(
	discovered: DiscoveredProvider,
	{ event, sample = {} }: Entry,
): Item | undefined {
	const isWanted = (item: Item) =>
		item.event === event &&
		Object.entries(sample).every(([field, wanted]) => {
			const value = item[field as keyof Item];
			return wanted === true ? value !== undefined : value === wanted;
		});
	const found = samplesOf(discovered)
		.sort((a, b) => Number(b.name === event) - Number(a.name === event))
		.flatMap(({ rawBody }) => readItems(discovered.provider, asDelivered(rawBody)) ?? [])
		.find(isWanted);
	delete found?.raw;
	return found;
}

function asDelivered(rawBody: Buffer): Delivery {
	return { rawBody, headers: {}, url: '', receivedAt: Date.now() };
}

/**
 * A node that hands on the events of one output. It keeps its name and its sample when the trigger is
 * replaced by another provider's, and stops what is no event: without its sample, what Try the Samples
 * begins with.
 */
function entryNode({ event, position, conditions = [] }: Entry, index: number): WorkflowNode {
	return {
		id: `f0a4ff7e-3c0e-4d8c-9a54-2d3f1f6b7c${20 + index}`,
		name: labelOf(event),
		type: 'n8n-nodes-base.filter',
		typeVersion: 2.2,
		position,
		parameters: {
			conditions: {
				options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
				conditions: [
					{
						id: `f0a4ff7e-3c0e-4d8c-9a54-2d3f1f6b7c${40 + index}`,
						leftValue: '={{ $json.event }}',
						rightValue: event,
						operator: { type: 'string', operation: 'equals' },
					},
					...conditions,
				],
				combinator: 'and',
			},
			options: {},
		},
	};
}

/** The wires from the trigger, by output. */
function wiresTo(entries: readonly Entry[]): Workflow['connections'][string]['main'] {
	const last = Math.max(...entries.map(({ event }) => indexOf(event)));
	return EVENTS.slice(0, last + 1).map(({ event, label }) =>
		entries.some((entry) => entry.event === event) ? [wireTo(label)] : [],
	);
}

function wireTo(node: string): Workflow['connections'][string]['main'][number][number] {
	return { node, type: 'main', index: 0 };
}

const indexOf = (wanted: EventName) => EVENTS.findIndex(({ event }) => event === wanted);

/** The names of these nodes and of all behind them. */
function reachedFrom(names: readonly string[], { connections }: Flow): Set<string> {
	// A set may grow while it is walked through.
	const reached = new Set(names);
	for (const name of reached) {
		for (const { node } of (connections[name]?.main ?? []).flat()) reached.add(node);
	}
	return reached;
}

/** What the lines of a note depend on. */
interface NoteContext {
	description: INodeTypeDescription;
	steps: SetupSteps;
	/** The names of the nodes that the provider doesn't have. */
	leftOut: readonly string[];
}

/** A node as it is, or a note with its lines made one text, and as high as that needs. */
function withNote(node: WorkflowNode, { description, steps, leftOut }: NoteContext): WorkflowNode {
	if (node.type !== 'n8n-nodes-base.stickyNote') return node;
	let step = 0;
	const content = (node.parameters.content as string[])
		.filter((line) => !leftOut.some((name) => line.includes(`**${name}**`)))
		.flatMap((line) => (line === '{connect}' ? steps.connect.map((words) => `1. ${words}`) : line))
		.map((line) => line.replace(/^\d+(?=\. )/, () => String(++step)))
		.join('\n')
		.replace('{publish}', `${steps.publish}.`)
		.replaceAll('{trigger}', description.displayName);
	const height = heightOfNote(content, Number(node.parameters.width));
	return { ...node, parameters: { ...node.parameters, content, height } };
}
