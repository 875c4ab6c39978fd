import { once } from 'node:events';
import express, { type Request, type Response } from 'express';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { WebhookContext } from 'n8n-core';
import {
	Workflow,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type INodeTypes,
	type IWebhookResponseData,
	type IWebhookData,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

/** What a test decides about the node and about n8n around it. */
export interface ServerOptions {
	nodeType: INodeType;
	credentialType: string;
	/** Null for a credential that does not exist. */
	credential: Record<string, string> | null;
	parameters: Record<string, unknown>;
	mode?: WorkflowExecuteMode;
	/** Takes an execution over; a rejection is answered 500, as n8n does. */
	takeOver?: () => Promise<void>;
	/** Each server is a workflow of its own unless a test says otherwise. */
	workflowId?: string;
	nodeId?: string;
}

export interface WebhookServer {
	url: string;
	/** The data of each execution that was started. */
	executions: INodeExecutionData[][][];
	/** The errors of the failed executions: n8n makes one of whatever `webhook()` throws. */
	failures: Error[];
	/** What n8n's own attempt to answer a webhook that threw failed with. */
	secondAnswers: unknown[];
	/** The lines of n8n's log. */
	log: string[];
	close(): Promise<void>;
}

let servers = 0;

/**
 * A node behind HTTP: the node's `webhook()` runs in n8n-core's own WebhookContext. Around it stands
 * what n8n's server does with the request and with the result, as measured on n8n 2.41.
 */
export async function startWebhookServer(options: ServerOptions): Promise<WebhookServer> {
	const { nodeType, credentialType, credential, mode = 'webhook' } = options;
	const workflowId = options.workflowId ?? `workflow-${++servers}`;
	const executions: INodeExecutionData[][][] = [];
	const failures: Error[] = [];
	const secondAnswers: unknown[] = [];
	const log: string[] = [];

	const node: INode = {
		id: options.nodeId ?? 'node-1',
		name: 'Trigger',
		type: `n8n-nodes-whatsapp-triggers.${nodeType.description.name}`,
		typeVersion: 2,
		position: [0, 0],
		parameters: options.parameters as INode['parameters'],
		credentials: { [credentialType]: { id: '1', name: 'Test' } },
	};
	const nodeTypes = {
		getByName: () => nodeType,
		getByNameAndVersion: () => nodeType,
		getKnownTypes: () => ({}),
	} as INodeTypes;
	const workflow = new Workflow({
		id: workflowId,
		name: 'Test workflow',
		nodes: [node],
		connections: {},
		active: true,
		nodeTypes,
	});

	const app = express();
	app.use(readBodyAsN8nDoes);
	app.post('/webhook', async (request: Request, response: Response) => {
		const additionalData = {
			httpRequest: request,
			httpResponse: response,
			credentialsHelper: {
				isCredentialUsableByNode: () => true,
				getDecrypted: async () => {
					if (!credential) throw new Error('Credential with ID "1" does not exist');
					return credential;
				},
			},
		} as unknown as IWorkflowExecuteAdditionalData;
		const webhookData = {
			webhookDescription: nodeType.description.webhooks?.[0],
		} as IWebhookData;
		const context = new WebhookContext(workflow, node, additionalData, mode, webhookData, [], null);
		Object.defineProperty(context, 'logger', {
			value: { warn: (line: string) => log.push(line) },
		});
		const answerError = (error: unknown) => {
			try {
				response.status(500).json({ message: String(error) });
			} catch (failure) {
				secondAnswers.push(failure);
			}
		};
		let result: IWebhookResponseData | undefined;
		try {
			result = await nodeType.webhook?.call(context);
		} catch (error) {
			failures.push(error as Error);
			answerError(error);
			return;
		}
		try {
			if (result?.noWebhookResponse) return;
			if (!result?.workflowData) {
				response.json(result?.webhookResponse ?? { message: 'Webhook call received' });
				return;
			}
			await options.takeOver?.();
			executions.push(result.workflowData);
			response.status(200).end();
		} catch (error) {
			answerError(error);
		}
	});

	const server = await new Promise<Server>((resolve) => {
		const listening = app.listen(0, '127.0.0.1', () => {
			resolve(listening);
		});
	});
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/webhook`,
		executions,
		failures,
		secondAnswers,
		log,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** n8n reads the body beforehand only for the types that it parses, and answers 422 to broken JSON. */
function readBodyAsN8nDoes(request: Request, response: Response, next: () => void): void {
	const withBody = request as Request & { rawBody?: Buffer; readRawBody: () => Promise<void> };
	withBody.readRawBody = async () => {
		if (!withBody.readable) throw new Error('Request body stream was aborted or is not readable');
		const chunks: Buffer[] = [];
		for await (const chunk of withBody) chunks.push(chunk as Buffer);
		withBody.rawBody = Buffer.concat(chunks);
	};
	const type = request.headers['content-type'] ?? '';
	const read = async () => {
		if (type.startsWith('multipart/')) {
			// Taken apart by n8n: the stream is used up, and no bytes are kept.
			await once(withBody.resume(), 'end');
		} else if (type.startsWith('application/json')) {
			await withBody.readRawBody();
			const text = String(withBody.rawBody).replace(/^\ufeff/, '');
			if (text !== '') request.body = JSON.parse(text) as unknown;
		}
	};
	read().then(next, () => response.status(422).json({ message: 'Failed to parse request body' }));
}
