import { HookContext } from 'n8n-core';
import {
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IDataObject,
	type IHttpRequestOptions,
	type INode,
	type INodeType,
	type IWebhookData,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

/** What a test decides about a published node. */
export interface HookOptions {
	nodeType: INodeType;
	credentialType: ICredentialType;
	/** Null for a credential that does not exist. */
	credential: IDataObject | null;
	parameters: Record<string, unknown>;
	staticData?: IDataObject;
	workflowName?: string;
	/** Whether it is not the published node but a test that listens. */
	isTest?: boolean;
	/** How n8n activates the workflow: when a person publishes it unless given. */
	activation?: 'activate' | 'init';
	/** Another node than that of {@link URL_OF_NODE}. A node of an old workflow has no webhook ID. */
	node?: { name?: string; workflowId?: string; webhookId?: string | null };
}

/** What a test changes of a node; of parameters and credential only the fields that it names. */
export type HookChange = Partial<Omit<HookOptions, 'nodeType' | 'credentialType'>>;

/** The production URL of the node in {@link hookContext}. */
export const URL_OF_NODE = 'https://n8n.example.com/webhook/1/webhook';

/** The URL of the same node in a test. */
export const TEST_URL = 'https://n8n.example.com/webhook-test/1/webhook';

/**
 * A published node, or one in a test, as n8n shows it to the methods of its webhook: n8n-core's own HookContext with its
 * own request helpers. Of n8n's server only the store of credentials is left out.
 *
 * @returns the context, what the node remembers, and the lines of n8n's log
 */
export function hookContext(usual: HookOptions, change: HookChange = {}) {
	const options = { ...usual, ...change };
	const { nodeType, credentialType, isTest = false } = options;
	const parameters = { ...usual.parameters, ...change.parameters };
	const credential =
		options.credential === null ? null : { ...usual.credential, ...change.credential };
	const nodeData = options.staticData ?? {};
	const { name = 'Trigger', workflowId = 'workflow-1', webhookId = '1' } = options.node ?? {};
	const node: INode = {
		id: `node-${name}`,
		name,
		type: `n8n-nodes-whatsapp-triggers.${nodeType.description.name}`,
		typeVersion: 2,
		position: [0, 0],
		...(webhookId === null ? {} : { webhookId }),
		parameters: parameters as INode['parameters'],
		credentials: { [credentialType.name]: { id: '1', name: 'Test' } },
	};
	const workflow = new Workflow({
		id: workflowId,
		name: options.workflowName ?? 'Test workflow',
		nodes: [node],
		connections: {},
		// A test has a workflow object of its own, which is never active.
		active: !isTest,
		staticData: { [`node:${name}`]: nodeData },
		nodeTypes: {
			getByName: () => nodeType,
			getByNameAndVersion: () => nodeType,
			getKnownTypes: () => ({}),
		},
	});
	const additionalData = {
		webhookBaseUrl: 'https://n8n.example.com/webhook',
		webhookTestBaseUrl: 'https://n8n.example.com/webhook-test',
		credentialsHelper: credentialsHelperOf(credentialType, credential),
	} as unknown as IWorkflowExecuteAdditionalData;
	const webhookData = {
		webhookDescription: nodeType.description.webhooks?.[0],
		isTest,
	} as IWebhookData;
	const context = new HookContext(
		workflow,
		workflow.getNode(name) ?? node,
		additionalData,
		isTest ? 'manual' : 'trigger',
		isTest ? 'manual' : (options.activation ?? 'activate'),
		webhookData,
	);
	// This n8n doesn't reach its own address, so that no test depends on DNS.
	const { helpers } = context;
	const send = helpers.httpRequest.bind(helpers);
	helpers.httpRequest = async (request) => {
		const { href } = new URL(request.url, request.baseURL);
		if (href.startsWith('https://n8n.example.com/')) throw new Error('unreachable');
		return (await send(request)) as unknown;
	};
	const log: string[] = [];
	Object.defineProperty(context, 'logger', {
		value: { warn: (line: string) => log.push(line) },
	});
	return { context, staticData: nodeData, log };
}

/** n8n's store of credentials with one in it, or with none where it is null. */
export function credentialsHelperOf(
	{ authenticate }: ICredentialType,
	credential: IDataObject | null,
) {
	return {
		isCredentialUsableByNode: () => true,
		getParentTypes: () => [],
		preAuthentication: async () => undefined,
		getDecrypted: async () => {
			if (!credential) throw new Error('Credential with ID "1" does not exist');
			return credential;
		},
		// The credential's own function, which n8n calls with each request.
		authenticate: async (
			data: ICredentialDataDecryptedObject,
			_: string,
			request: IHttpRequestOptions,
		) => {
			if (typeof authenticate !== 'function')
				throw new Error('the credential has no function for it');
			return await authenticate(data, request);
		},
	};
}
