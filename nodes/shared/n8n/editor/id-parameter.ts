import type { IHookFunctions, INodeProperties } from 'n8n-workflow';
import { objectOf, textOf } from '../../core/values/json';

/** A parameter for an ID the provider's API can list. */
interface IdParameter extends Pick<
	INodeProperties,
	'displayName' | 'name' | 'description' | 'noDataExpression' | 'displayOptions'
> {
	/** The name of the node's `listSearch` method. */
	listMethod: string;
	/** The ID a new node has; none unless given. */
	initial?: string;
	placeholder: string;
	/** Where to find the ID to type. */
	hint?: string;
	/** A regular expression for a typed ID, and the editor's message if it doesn't match. */
	pattern?: { regex: string; errorMessage: string };
}

/** A parameter whose ID is chosen from a list or typed. For a typed ID, no list is requested. */
export function idParameter({
	listMethod,
	initial = '',
	placeholder,
	hint,
	pattern,
	...property
}: IdParameter): INodeProperties {
	return {
		...property,
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: initial },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: listMethod, searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder,
				...(hint === undefined ? {} : { hint }),
				...(pattern ? { validation: [{ type: 'regex', properties: pattern }] } : {}),
			},
		],
	};
}

/**
 * The trimmed ID in such a parameter; empty if there is none. A handwritten workflow may have it as plain
 * text.
 *
 * n8n evaluates an expression in it only while it calls a hook, so read it early.
 */
export function idIn(context: Pick<IHookFunctions, 'getNodeParameter'>, parameter: string): string {
	const value: unknown = context.getNodeParameter(parameter, '');
	return (textOf(value) ?? textOf(objectOf(value).value) ?? '').trim();
}
