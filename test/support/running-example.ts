import Table from 'cli-table3';
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

/** A delivery to an example, and what left n8n because of it. */
interface RecordedDelivery {
	example: string;
	delivery: string;
	requests: OutgoingRequest[];
	/** Whether the execution ended well. */
	isDone: boolean;
}

/** The deliveries of this run, oldest first. */
const recordedDeliveries: RecordedDelivery[] = [];

const LONGEST_SHOWN = 600;

/** Of what a failed execution says of itself, in the message of a failed test. */
const LONGEST_EXECUTION = 3_000;

/** Prints what each delivery made n8n ask of the services, for whoever reads the log of a run. */
export function printDeliveries(): void {
	const table = new Table({
		head: ['', 'Example', 'Delivery', 'Request', 'Body'],
		style: { head: [], border: [], compact: true },
		colWidths: [3, 31, 36, 62, 80],
		wordWrap: true,
		wrapOnWordBoundary: false,
	});
	const shown = (body: unknown) => (body ? JSON.stringify(body).slice(0, LONGEST_SHOWN) : '');
	for (const { example, delivery, requests, isDone } of recordedDeliveries) {
		const mark = isDone ? '✔' : '✖';
		if (requests.length === 0) table.push([mark, example, delivery, 'none', '']);
		for (const { method, url, body } of requests) {
			table.push([mark, example, delivery, `${method} ${url}`, shown(body)]);
		}
	}
	process.stdout.write(`${table.toString()}\n`);
}

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

	private async executeWorkflow(trigger: string, change = {}): Promise<OutgoingRequest[]> {
		return await this.record(trigger, async () => {
			const workflowData = { ...(await saved(this.host, this.id)), ...change };
			const body = { workflowData, triggerToStartFrom: { name: trigger } };
			await this.host.client.request('POST', `/rest/workflows/${this.id}/run`, body);
		});
	}

	/** Clicks "Execute step" on a node, with what is pinned before it; returns what left n8n. */
	async executeStep(nodeName: string): Promise<OutgoingRequest[]> {
		return await this.record(`step ${nodeName}`, async () => {
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
		const text = withNewIds(this.provider, sampleOf(this.provider, sample).rawBody).toString(
			'utf8',
		);
		const changed = change(text);
		const label = changed === text ? sample : `${sample}, changed`;
		return await this.deliverBody(Buffer.from(changed), label);
	}

	/** Delivers this body, signed. */
	async deliverBody(body: Buffer, label: string): Promise<OutgoingRequest[]> {
		return await this.record(label, async () => {
			const headers = signedHeaders(this.provider, this.url, body);
			const { status } = await deliver(this.url, body, headers);
			if (status !== 200) throw new Error(`answered ${status}`);
		});
	}

	/** Runs a step to the end of its execution; keeps, and returns, what left n8n meanwhile. */
	private async record(delivery: string, step: () => Promise<void>): Promise<OutgoingRequest[]> {
		this.host.outgoing.take();
		const record = {
			example: this.file,
			delivery,
			requests: [] as OutgoingRequest[],
			isDone: false,
		};
		recordedDeliveries.push(record);
		try {
			await this.untilExecuted(step);
			record.isDone = true;
		} finally {
			record.requests = this.host.outgoing.take();
		}
		return record.requests;
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
