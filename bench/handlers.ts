import { EventEmitter } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	Workflow,
	type INode,
	type INodeType,
	type INodeTypes,
	type IWebhookData,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { ChakraHqTrigger } from '../nodes/ChakraHq/ChakraHqTrigger.node';
import { N8N_MODULES } from '../playground/install';
import { metaBody, SECRET, signatureOf } from './bodies';

const BUILT_IN = join(N8N_MODULES, 'n8n-nodes-base/dist/nodes/WhatsApp/WhatsAppTrigger.node.js');

/** Our handler and the built-in one, ready to run on the same body. */
export async function handlers(messages: number) {
	process.env.N8N_USER_FOLDER ??= mkdtempSync(join(tmpdir(), 'whatsapp-triggers-bench-'));
	const { WebhookContext } = await import('n8n-core');
	const { WhatsAppTrigger } = (await import(BUILT_IN)) as {
		WhatsAppTrigger: new () => INodeType;
	};
	const rawBody = metaBody(messages);
	const body: unknown = JSON.parse(rawBody.toString('utf8'));
	const signature = signatureOf(rawBody);

	const runner = (
		nodeType: INodeType,
		typeVersion: number,
		parameters: INode['parameters'],
		credentialType: string,
		credential: object,
	) => {
		const node: INode = {
			id: 'node-1',
			name: 'Trigger',
			type: nodeType.description.name,
			typeVersion,
			position: [0, 0],
			parameters,
			credentials: { [credentialType]: { id: '1', name: 'Bench' } },
		};
		const nodeTypes = {
			getByName: () => nodeType,
			getByNameAndVersion: () => nodeType,
			getKnownTypes: () => ({}),
		} as unknown as INodeTypes;
		const workflow = new Workflow({
			id: 'bench',
			nodes: [node],
			connections: {},
			active: true,
			nodeTypes,
		});
		return async () => {
			const response = Object.assign(new EventEmitter(), { writableEnded: false, statusCode: 200 });
			const additionalData = {
				httpRequest: {
					rawBody,
					body,
					query: {},
					originalUrl: '/webhook/bench/webhook',
					headers: {
						'x-chakra-signature-256': signature,
						'x-hub-signature-256': `sha256=${signature}`,
					},
				},
				httpResponse: response,
				credentialsHelper: {
					isCredentialUsableByNode: () => true,
					getDecrypted: () => credential,
				},
			} as unknown as IWorkflowExecuteAdditionalData;
			const context = new WebhookContext(
				workflow,
				node,
				additionalData,
				'webhook',
				{ webhookDescription: { name: 'default' } } as IWebhookData,
				[],
				null,
			);
			const result = await nodeType.webhook?.call(context);
			if (!result?.workflowData) throw new Error('the handler started nothing');
			response.writableEnded = true;
		};
	};

	return {
		length: rawBody.length,
		ours: runner(
			new ChakraHqTrigger(),
			2,
			// The same body again and again would be dropped as repeated.
			{ events: ['message.received'], options: { ignoreDuplicates: false } },
			'chakraHqWebhookApi',
			{ webhookSecret: SECRET, secondWebhookSecret: '' },
		),
		builtIn: runner(
			new WhatsAppTrigger(),
			1,
			{ updates: ['messages'], options: {} },
			'whatsAppTriggerApi',
			{ clientSecret: SECRET },
		),
	};
}
