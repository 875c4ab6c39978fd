import { LoadOptionsContext } from 'n8n-core';
import {
	Workflow,
	type ICredentialType,
	type IDataObject,
	type INode,
	type INodeListSearchResult,
	type INodeType,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { credentialsHelperOf } from './hook-context';

/** Whose list is opened. */
export interface ListOptions {
	nodeType: INodeType;
	credentialType: ICredentialType;
	/** Null for a credential that does not exist. */
	credential: IDataObject | null;
	/** The parameter that is chosen. */
	parameter: string;
}

/**
 * Opens the list of a parameter as n8n's editor does, in n8n-core's own LoadOptionsContext with its own
 * request helpers.
 *
 * @param filter what is typed into the search
 * @param paginationToken what the part before this one returned
 */
export async function openList(
	{ nodeType, credentialType, credential, parameter }: ListOptions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const node: INode = {
		id: 'uuid-1234',
		name: 'Temp-Node',
		type: `n8n-nodes-whatsapp-triggers.${nodeType.description.name}`,
		typeVersion: 2,
		position: [0, 0],
		parameters: {},
		credentials: { [credentialType.name]: { id: '1', name: 'Test' } },
	};
	const nodeTypes = {
		getByName: () => nodeType,
		getByNameAndVersion: () => nodeType,
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const additionalData = {
		currentNodeParameters: {},
		credentialsHelper: credentialsHelperOf(credentialType, credential),
	} as unknown as IWorkflowExecuteAdditionalData;
	const { modes = [] } =
		nodeType.description.properties.find(({ name }) => name === parameter) ?? {};
	const method = String(modes.find(({ name }) => name === 'list')?.typeOptions?.searchListMethod);
	const search = nodeType.methods?.listSearch?.[method];
	if (!search) throw new Error(`${parameter} has no list`);
	const context = new LoadOptionsContext(workflow, node, additionalData, parameter);
	return await search.call(context, filter, paginationToken);
}

/** Opens a list from its first part to its last, and returns the names in each part. */
export async function openAllParts(options: ListOptions): Promise<string[][]> {
	const parts: string[][] = [];
	let token: string | undefined;
	do {
		const { results, paginationToken } = await openList(options, undefined, token);
		parts.push(results.map(({ name }) => name));
		token = paginationToken;
	} while (token !== undefined && parts.length < 100);
	return parts;
}

/** An entry of a list. As an object beside a node's code, n8n's linter would hold it to title case. */
export function choice(value: string, name: string) {
	return { value, name };
}
