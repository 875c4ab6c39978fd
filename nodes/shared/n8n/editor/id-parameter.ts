import type { IHookFunctions, INodeProperties } from 'n8n-workflow';
import { objectOf, textOf } from '../../core/values/json';

/** A parameter for an ID that the provider's API can list. */
interface IdParameter extends Pick<
	INodeProperties,
	'displayName' | 'name' | 'description' | 'noDataExpression' | 'displayOptions'
> {
	/** The name of the node's `listSearch` method. */
	listMethod: string;
	/** The ID that a new node has; none unless given. */
	initial?: string;
	placeholder: string;
	/** Where a person finds the ID to type. */
	hint?: string;
	/** A regular expression for an ID that is typed, and what the editor says where it doesn't match. */
	pattern?: { regex: string; errorMessage: string };
}

/** A parameter whose ID a person chooses from a list, or types: then the provider is asked for no list. */
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
 * The ID in such a parameter, without surrounding white space; empty where there is none. A workflow that
 * was written by hand may hold it as plain text.
 *
 * n8n evaluates the expression in it only while its call of a hook lasts: read it early.
 */
export function idIn(context: Pick<IHookFunctions, 'getNodeParameter'>, parameter: string): string {
	const value: unknown = context.getNodeParameter(parameter, '');
	return (textOf(value) ?? textOf(objectOf(value).value) ?? '').trim();
}
