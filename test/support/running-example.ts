import { randomUUID } from 'node:crypto';
import type { Item } from '../../nodes/shared/core/item/item';
import type { Workflow, WorkflowNode } from '../kit/n8n/client';
import { sampleOf, type DiscoveredProvider } from '../kit/providers';
import { deliver, signedHeaders, withNewIds } from '../kit/sample-deliveries';
import { waitForWebhook } from '../kit/n8n/webhook';
import { until } from '../kit/until';
import type { ExampleHost } from './example-host';
import { providerOf } from '../kit/examples/examples';
import { importExample } from '../kit/examples/import-example';
import type { OutgoingRequest } from '../kit/services/outgoing';

/** Of what a failed execution says of itself, in the message of a failed test. */
const LONGEST_EXECUTION = 3_000;

/** An example that was imported, set up as its sticky note says, and published. */
export class RunningExample {
	private constructor(
		private readonly host: ExampleHost,
		private readonly file: string,
		private readonly id: string,
		private readonly provider: DiscoveredProvider,
		private readonly webhookId: string,
	) {}

	/** @param settings what the user changes in the workflow's settings */
	static async start(
		host: ExampleHost,
		file: string,
		settings: Record<string, unknown> = {},
	): Promise<RunningExample> {
		const workflow = importExample(file, host.credentials);
		workflow.settings = { ...workflow.settings, ...settings };
		const provider = providerOf(workflow);
		for (const node of workflow.nodes) {
			if (node.type === provider.nodeType) {
				Object.assign(node.parameters, provider.simulator.parameters);
				// Older n8n leave this to the editor, which does it when a workflow is imported.
				node.webhookId ??= randomUUID();
			}
			for (const field of fieldsOf(node)) {
				if (/^spreadsheet/i.test(field.name)) field.value = host.spreadsheetUrl;
			}
		}
		const id = await host.client.publishWorkflow(workflow);
		const { nodes } = await saved(host, id);
		const webhookId = nodes.find(({ type }) => type === provider.nodeType)?.webhookId;
		if (webhookId === undefined) throw new Error(`${file}: n8n gave its trigger no URL`);
		const example = new RunningExample(host, file, id, provider, webhookId);
		await example.isListening();
		return example;
	}

	/** The trigger's production URL. */
	get url(): string {
		return `${this.host.url}/webhook/${this.webhookId}/webhook`;
	}

	/** Waits until n8n has registered the trigger's webhook. */
	async isListening(): Promise<void> {
		await waitForWebhook(this.url);
	}

	/** The items that a sample becomes. */
	itemsOf(sample: string): Item[] {
		return sampleOf(this.provider, sample).items as Item[];
	}

	/** Clicks "Execute workflow" on one of the example's other triggers; returns what left n8n. */
	async executeFrom(trigger: string): Promise<OutgoingRequest[]> {
		return await this.executeWorkflow(trigger, { pinData: {} });
	}

	/** Clicks "Execute workflow" beside Try the Samples; returns what left n8n. */
	async trySamples(): Promise<OutgoingRequest[]> {
		return await this.executeWorkflow('Try the Samples');
	}

	/** Clicks "Retry" on the last execution; returns what left n8n. */
	async retryLast(): Promise<OutgoingRequest[]> {
		return await this.record(async () => {
			const [last] = await this.host.client.executions(this.id);
			await this.host.client.request('POST', `/rest/executions/${last?.id}/retry`, {
				loadWorkflow: false,
			});
		});
	}

	private async executeWorkflow(trigger: string, change = {}): Promise<OutgoingRequest[]> {
		return await this.record(async () => {
			const workflowData = { ...(await saved(this.host, this.id)), ...change };
			const body = { workflowData, triggerToStartFrom: { name: trigger } };
			await this.host.client.request('POST', `/rest/workflows/${this.id}/run`, body);
		});
	}

	/** Clicks "Execute step" on a node, with what is pinned before it; returns what left n8n. */
	async executeStep(nodeName: string): Promise<OutgoingRequest[]> {
		return await this.record(async () => {
			await this.host.client.executeStep(await saved(this.host, this.id), nodeName);
		});
	}

	/**
	 * Delivers a sample with new ids, signed, and waits for its execution.
	 *
	 * @param change makes another body of the sample's text
	 * @returns the requests that left n8n
	 */
	async deliver(sample: string, change = (text: string) => text): Promise<OutgoingRequest[]> {
		const body = withNewIds(this.provider, sampleOf(this.provider, sample).rawBody);
		return await this.deliverBody(Buffer.from(change(body.toString('utf8'))));
	}

	/** Delivers this body, signed. */
	async deliverBody(body: Buffer): Promise<OutgoingRequest[]> {
		return await this.record(async () => {
			await this.send(body);
		});
	}

	/** Delivers a sample with new IDs, signed; returns how many executions that started. */
	async executionsOf(sample: string): Promise<number> {
		const before = await this.host.client.executions(this.id);
		await this.send(withNewIds(this.provider, sampleOf(this.provider, sample).rawBody));
		return (await this.host.client.executions(this.id)).length - before.length;
	}

	private async send(body: Buffer): Promise<void> {
		const headers = signedHeaders(this.provider, this.url, body);
		const { status } = await deliver(this.url, body, headers);
		if (status !== 200) throw new Error(`answered ${status}`);
	}

	/** Runs a step to the end of its execution; returns what left n8n in the meantime. */
	private async record(step: () => Promise<void>): Promise<OutgoingRequest[]> {
		this.host.outgoing.take();
		await this.untilExecuted(step);
		return this.host.outgoing.take();
	}

	async stop(): Promise<void> {
		await this.host.client.request('POST', `/rest/workflows/${this.id}/deactivate`, {});
	}

	/** Runs a step and waits until the execution that it starts has ended well; throws if it failed. */
	private async untilExecuted(step: () => Promise<void>): Promise<void> {
		const client = this.host.client;
		const known = new Set((await client.executions(this.id)).map(({ id }) => id));
		await step();
		await until(async () => {
			const execution = (await client.executions(this.id)).find(({ id }) => !known.has(id));
			if (execution?.status !== 'error') return execution?.status === 'success';
			const { data } = (await client.request('GET', `/rest/executions/${execution.id}`)) as {
				data: { data: string };
			};
			throw new Error(
				`${this.file}: an execution failed: ${data.data.slice(0, LONGEST_EXECUTION)}`,
			);
		});
	}
}

/** The fields that a node sets, if it is one of n8n's Edit Fields. */
function fieldsOf({ parameters }: WorkflowNode): { name: string; value: unknown }[] {
	const { assignments = [] } = (parameters.assignments ?? {}) as {
		assignments?: { name: string; value: unknown }[];
	};
	return assignments;
}

async function saved(host: ExampleHost, id: string): Promise<Workflow> {
	const { data } = (await host.client.request('GET', `/rest/workflows/${id}`)) as {
		data: Workflow;
	};
	return data;
}

/**
 * An example that runs for the tests of a `describe`.
 *
 * @param prepare the node that its note has executed once; the CRM is emptied before
 */
export function useExample(
	host: ExampleHost,
	file: string,
	prepare?: string,
): () => RunningExample {
	let example: RunningExample;

	beforeAll(async () => {
		example = await RunningExample.start(host, file);
		if (prepare === undefined) return;
		host.hubSpot.reset();
		await example.executeStep(prepare);
	});

	afterAll(() => example.stop());

	return () => example;
}
