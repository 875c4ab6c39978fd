import { setTimeout as sleep } from 'node:timers/promises';
import type { N8nClient } from './client';
import { OUTPUTS } from '../outputs';
import { credentialData, sampleNames, sampleOf, type DiscoveredProvider } from '../providers';
import { deliver, signedHeaders, withNewIds } from '../sample-deliveries';
import { waitForWebhook } from './webhook';
import { NARROW_TRIGGER, sampleWorkflow, TRIGGER, webhookPath } from './sample-workflow';

/** One delivery and what became of it. */
export interface Row {
	provider: string;
	delivery: string;
	status: number;
	execution: string;
	output: string;
	/** Whether it is as it should be. */
	isRight: boolean;
}

const EXECUTED_WITHIN_MS = 30_000;
/** How long a run that must not happen is waited for, once for each provider. */
const QUIET_MS = 2_000;

/**
 * Sets up a provider in n8n (credential, published workflow) and waits until its webhooks answer.
 *
 * @param apiAccess what the credential needs to reach the provider's API
 * @returns the workflow's id
 */
export async function setUp(
	client: N8nClient,
	url: string,
	provider: DiscoveredProvider,
	apiAccess: Record<string, string> = {},
): Promise<string> {
	const credential = await client.saveCredential({
		name: `${provider.displayName} (playground)`,
		type: provider.credentialType,
		data: { ...credentialData(provider), ...apiAccess },
	});
	const workflowId = await client.publishWorkflow(sampleWorkflow(provider, credential));
	for (const trigger of [TRIGGER, NARROW_TRIGGER]) {
		await waitForWebhook(`${url}${webhookPath(provider, trigger)}`);
	}
	return workflowId;
}

/** The outputs for whose event there is a sample. */
function outputsOf(provider: DiscoveredProvider) {
	const names = new Set(sampleNames(provider));
	return OUTPUTS.filter(([event]) => names.has(event));
}

/** Delivers every sample and the ways in which a delivery can be wrong, and watches n8n. */
export async function show(
	client: N8nClient,
	url: string,
	provider: DiscoveredProvider,
	workflowId: string,
	onRow: (row: Row) => void,
): Promise<void> {
	const target = `${url}${webhookPath(provider)}`;
	const narrowTarget = `${url}${webhookPath(provider, NARROW_TRIGGER)}`;
	const seen = new Set((await client.executions(workflowId)).map(({ id }) => id));
	const report = (row: Omit<Row, 'provider'>) => {
		onRow({ provider: provider.displayName, ...row });
	};

	for (const [event, label] of outputsOf(provider)) {
		const body = withNewIds(provider, sampleOf(provider, event).rawBody);
		const headers = signedHeaders(provider, target, body);
		const { status } = await deliver(target, body, headers);
		const { execution, output } = await nextExecution(client, workflowId, seen);
		report({
			delivery: event,
			status,
			execution,
			output,
			isRight: status === 200 && execution.endsWith('success') && output === label,
		});
	}

	const body = withNewIds(provider, sampleOf(provider, 'message.received').rawBody);
	const signed = signedHeaders(provider, target, body);
	const first = await deliver(target, body, signed);
	await nextExecution(client, workflowId, seen);
	const forged = signedHeaders(provider, target, body, provider.simulator.otherSecret);
	// The first rejection for a reason is reported as a failed execution, the next one is not.
	for (const [delivery, headers] of [
		['forged', forged],
		['unsigned', { 'content-type': signed['content-type'] ?? '' }],
	] as const) {
		const { status } = await deliver(target, body, headers);
		const { execution, output } = await nextExecution(client, workflowId, seen);
		const isRight = status === 401 && execution.endsWith('error') && output === '';
		report({ delivery, status, execution, output, isRight });
	}
	const without = [
		{ name: 'repeated', url: target, headers: signed, expected: 200 },
		{ name: 'forged again', url: target, headers: forged, expected: 401 },
		{
			name: 'unselected',
			url: narrowTarget,
			headers: signedHeaders(provider, narrowTarget, body),
			expected: 200,
		},
	];
	const answers = [];
	for (const delivery of without) {
		answers.push({ ...delivery, ...(await deliver(delivery.url, body, delivery.headers)) });
	}
	await sleep(QUIET_MS);
	const started = (await client.executions(workflowId)).filter(({ id }) => !seen.has(id));
	for (const { name, status, expected } of answers) {
		report({
			delivery: name,
			status,
			execution: started.length === 0 ? 'none' : `${started.length} too many`,
			output: '',
			isRight: first.status === 200 && status === expected && started.length === 0,
		});
	}
}

/** The next execution that ends, with the outputs by which the items left the trigger. */
async function nextExecution(
	client: N8nClient,
	workflowId: string,
	seen: Set<string>,
): Promise<{ execution: string; output: string }> {
	const deadline = Date.now() + EXECUTED_WITHIN_MS;
	while (Date.now() < deadline) {
		const next = (await client.executions(workflowId)).find(({ id }) => !seen.has(id));
		if (next && !['new', 'running', 'waiting'].includes(next.status)) {
			seen.add(next.id);
			const { itemsOf } = await client.execution(next.id);
			const labels = OUTPUTS.filter(([, label]) => itemsOf(label).length > 0);
			return {
				execution: `${next.id} ${next.status}`,
				output: labels.map(([, label]) => label).join(' + '),
			};
		}
		await sleep(100);
	}
	return { execution: 'none', output: '' };
}
