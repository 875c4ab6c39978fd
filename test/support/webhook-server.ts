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
	type IWebhookDescription,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

/** What a test decides about the node and about n8n around it. */
export interface ServerOptions {
	nodeType: INodeType;
	credentialType: string;
	/** Null for a credential that n8n does not hand over. */
	credential: Record<string, string> | null;
	/** What n8n says then. */
	credentialError?: string;
	parameters: Record<string, unknown>;
	mode?: WorkflowExecuteMode;
	/** Takes an execution over; a rejection is answered 500, as n8n does. */
	takeOver?: () => Promise<void>;
	/** Each server is a workflow of its own unless a test says otherwise. */
	workflowId?: string;
	nodeId?: string;
	/** The address that n8n is set to, as behind a proxy; where it listens unless given. */
	publicUrl?: string;
	/** An n8n whose context does not say which URL was called, as that of n8n 2.8. */
	isOlder?: boolean;
}

export interface WebhookServer {
	/** Where it can be reached: the production URL, in a test execution the test URL. */
	url: string;
	/** The data of each execution that was started. */
	executions: INodeExecutionData[][][];
	/** The errors of the failed executions: n8n makes one of whatever `webhook()` throws. */
	failures: Error[];
	/** What n8n's own attempt to answer a webhook that threw failed with. */
	secondResponses: unknown[];
	/** The lines of n8n's log. */
	log: string[];
	close(): Promise<void>;
}

const WEBHOOK_ID = '0b5e7f2c-9d55-4f0e-8f0c-2d6c4f6f3f11';

let servers = 0;

/**
 * A node behind HTTP: the node's `webhook()` runs in n8n-core's own WebhookContext. Around it stands
 * what n8n's server does with the request and with the result, as measured on n8n 2.41.
 */
export async function startWebhookServer(options: ServerOptions): Promise<WebhookServer> {
	const { nodeType, credentialType, credential, mode = 'webhook' } = options;
	const { credentialError = 'Credential with ID "1" does not exist' } = options;
	const workflowId = options.workflowId ?? `workflow-${++servers}`;
	const executions: INodeExecutionData[][][] = [];
	const failures: Error[] = [];
	const secondResponses: unknown[] = [];
	const log: string[] = [];

	const node: INode = {
		id: options.nodeId ?? 'node-1',
		name: 'Trigger',
		type: `n8n-nodes-whatsapp-triggers.${nodeType.description.name}`,
		typeVersion: nodeType.description.version as number,
		position: [0, 0],
		webhookId: WEBHOOK_ID,
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

	const isTest = mode === 'manual';
	const folder = isTest ? '/webhook-test' : '/webhook';
	const app = express();
	app.use(readBodyAsN8nDoes);
	for (const webhook of nodeType.description.webhooks ?? []) {
		const method = webhook.httpMethod === 'GET' ? 'get' : 'post';
		app[method](`${folder}/${WEBHOOK_ID}/${webhook.path}`, (request, response) =>
			call(webhook, request, response),
		);
	}

	async function call(
		webhookDescription: IWebhookDescription,
		request: Request,
		response: Response,
	): Promise<void> {
		const additionalData = {
			httpRequest: request,
			httpResponse: response,
			webhookBaseUrl: `${address}/webhook`,
			webhookTestBaseUrl: `${address}/webhook-test`,
			credentialsHelper: {
				isCredentialUsableByNode: () => true,
				getDecrypted: async () => {
					if (!credential) throw new Error(credentialError);
					return credential;
				},
			},
		} as unknown as IWorkflowExecuteAdditionalData;
		const webhookData = { webhookDescription, isTest } as IWebhookData;
		const context = new WebhookContext(workflow, node, additionalData, mode, webhookData, [], null);
		Object.defineProperty(context, 'logger', {
			value: { warn: (line: string) => log.push(line) },
		});
		if (options.isOlder) {
			Object.defineProperty(context, 'getWebhookResourceUrl', { value: undefined });
		}
		const answerError = (error: unknown) => {
			try {
				response.status(500).json({ message: String(error) });
			} catch (failure) {
				secondResponses.push(failure);
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
			// n8n declares the body that there is not as JSON.
			response.status(200).json(undefined);
		} catch (error) {
			answerError(error);
		}
	}

	const server = await new Promise<Server>((resolve) => {
		const listening = app.listen(0, '127.0.0.1', () => {
			resolve(listening);
		});
	});
	const { port } = server.address() as AddressInfo;
	const local = `http://127.0.0.1:${port}`;
	const address = options.publicUrl ?? local;
	return {
		url: `${local}${folder}/${WEBHOOK_ID}/webhook`,
		executions,
		failures,
		secondResponses,
		log,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** The types of bodies that n8n parses. */
const PARSED = /^(application\/json|text\/plain|application\/x-www-form-urlencoded)$|[/+]xml$/;

/** n8n reads the body beforehand only for the types that it parses, and answers 422 to broken JSON. */
function readBodyAsN8nDoes(request: Request, response: Response, next: () => void): void {
	const withBody = request as Request & { rawBody?: Buffer; readRawBody: () => Promise<void> };
	withBody.readRawBody = async () => {
		if (!withBody.readable) throw new Error('Request body stream was aborted or is not readable');
		const chunks: Buffer[] = [];
		for await (const chunk of withBody) chunks.push(chunk as Buffer);
		withBody.rawBody = Buffer.concat(chunks);
	};
	const type = (request.headers['content-type'] ?? '').split(';')[0] ?? '';
	const read = async () => {
		if (type.startsWith('multipart/')) {
			// Taken apart by n8n: the stream is used up, and no bytes are kept.
			await once(withBody.resume(), 'end');
		} else if (PARSED.test(type)) {
			await withBody.readRawBody();
			if (type !== 'application/json') return;
			const text = String(withBody.rawBody).replace(/^\ufeff/, '');
			if (text !== '') request.body = JSON.parse(text) as unknown;
		}
	};
	read().then(next, () => response.status(422).json({ message: 'Failed to parse request body' }));
}
