import {
	NodeHelpers,
	type INode,
	type INodeParameters,
	type INodeTypeDescription,
} from 'n8n-workflow';
import type { WorkflowNode } from '../kit/n8n/client';

/** The node with the defaults of what its file leaves out. */
function completed(node: WorkflowNode, description: INodeTypeDescription): INode {
	const given = node.parameters as INodeParameters;
	const { properties } = description;
	const parameters = NodeHelpers.getNodeParameters(
		properties,
		given,
		true,
		false,
		node,
		description,
	);
	return { ...node, parameters: parameters ?? {} };
}

/** What the editor would show in red: parameters that are missing or that the node does not take. */
export function issuesOf(node: WorkflowNode, description: INodeTypeDescription): object {
	const complete = completed(node, description);
	return (
		NodeHelpers.getNodeParametersIssues(description.properties, complete, description)
			?.parameters ?? {}
	);
}

/** The parameters that the editor shows for a node as it is set. */
function shownBy(node: WorkflowNode, description: INodeTypeDescription): Property[] {
	const { parameters } = completed(node, description);
	return description.properties.filter((property) =>
		NodeHelpers.displayParameter(parameters, property, node, description),
	);
}

/** Parameters, at any depth, that the node does not have as it is set, or whose value is no choice of its. */
export function unknownParametersOf(
	node: WorkflowNode,
	description: INodeTypeDescription,
): string[] {
	return unknownIn(node.parameters, shownBy(node, description));
}

function unknownIn(values: object, properties: readonly Property[], path = ''): string[] {
	return Object.entries(values).flatMap(([name, value]: [string, unknown]) => {
		const here = `${path}${name}`;
		const alike = properties.filter((property) => property.name === name);
		if (alike.length === 0) return [here];
		const options = alike.flatMap((property) => (property.options ?? []) as Property[]);
		if (alike.some(({ type }) => type === 'options')) {
			const isChoice = options.some((option) => option.value === value);
			// Lists that the node fetches have no choices here.
			const isFree = options.length === 0 || String(value).startsWith('=');
			return isChoice || isFree ? [] : [`${here}: ${String(value)}`];
		}
		if (alike.some(({ type }) => type === 'collection')) {
			return unknownIn(value as object, options, `${here}.`);
		}
		if (alike.some(({ type }) => type === 'fixedCollection')) {
			return Object.entries(value as object).flatMap(([group, entries]: [string, unknown]) => {
				const fields = options.filter((option) => option.name === group);
				if (fields.length === 0) return [`${here}.${group}`];
				const inside = fields.flatMap(({ values: inner = [] }) => inner);
				return [entries]
					.flat()
					.flatMap((entry) => unknownIn(entry as object, inside, `${here}.${group}.`));
			});
		}
		return [];
	});
}

/** What a parameter's description and that of one of its options have in common. */
interface Property {
	name: string;
	type?: string;
	value?: unknown;
	options?: unknown[];
	values?: Property[];
}
