import type { Item } from '../../nodes/shared/core/item/item';
import type { Workflow, WorkflowNode } from '../kit/n8n/client';
import { credentialData, sampleOf, type DiscoveredProvider } from '../kit/providers';
import { deliver, signedHeaders, withNewIds } from '../kit/sample-deliveries';
import { waitForWebhook } from '../kit/n8n/webhook';
import { until } from '../kit/until';
import PUBLIC_NAMES from '../public-names.json';
import { PROVIDERS_UNDER_TEST, providerUnderTest } from '../support/providers';
import { Recorder } from '../kit/services/recorder';
import { CUSTOMER, fromCustomer } from '../support/same-message';
import { journey, startEditorSession } from './editor-session';

jest.setTimeout(300_000);

const session = startEditorSession();
let recorder: Recorder;
let workflowId: string;

beforeAll(async () => {
	recorder = await Recorder.start();
	for (const provider of PROVIDERS_UNDER_TEST) {
		await session.n8n.client.saveCredential({
			name: `${provider.displayName} account`,
			type: provider.credentialType,
			data: credentialData(provider),
		});
	}
	const created = (await session.n8n.client.request('POST', '/rest/workflows', workflow())) as {
		data: { id: string };
	};
	workflowId = created.data.id;
	await session.editor.openWorkflow(workflowId);
});

afterAll(async () => {
	await recorder.stop();
});

const triggerName = (provider: DiscoveredProvider) =>
	PUBLIC_NAMES.find(({ provider: id }) => id === provider.id)?.displayName ?? '';

/** The provider whose trigger the workflow begins with: the last one, so that each is a replacement. */
const FIRST = providerUnderTest(PROVIDERS_UNDER_TEST.map(({ id }) => id).at(-1) ?? '');

/** Received and Failed, each by a node of its name to one that sends the recorder what it got. */
function workflow(): Workflow {
	const node = (name: string, type: string, position: [number, number], parameters = {}) => ({
		id: name,
		name,
		type,
		typeVersion: 1,
		position,
		parameters,
	});
	const post = (behind: string, y: number): WorkflowNode => {
		const body = `{ output: '${behind}', event: $json.event, text: $json.text, summary: $json.summary, phone: $('${behind}').item.json.contact.phone, name: $('${behind}').item.json.contact.name }`;
		return {
			...node(`Post ${behind}`, 'n8n-nodes-base.httpRequest', [560, y], {
				method: 'POST',
				url: recorder.url,
				sendBody: true,
				specifyBody: 'json',
				jsonBody: `={{ JSON.stringify(${body}) }}`,
				options: {},
			}),
			typeVersion: 4.2,
			// Shown in place of the recorder's URL, which means nothing to whoever sees the picture.
			notes: 'POST: your system',
			notesInFlow: true,
		};
	};
	const trigger = triggerName(FIRST);
	const wire = (to: string) => [{ node: to, type: 'main' as const, index: 0 }];
	return {
		name: 'One workflow for every provider',
		nodes: [
			{ ...node(trigger, FIRST.nodeType, [0, 0], { options: {} }), typeVersion: 2 },
			node('Received', 'n8n-nodes-base.noOp', [320, -80]),
			node('Failed', 'n8n-nodes-base.noOp', [320, 240]),
			post('Received', -80),
			post('Failed', 240),
		],
		connections: {
			[trigger]: { main: [wire('Received'), [], [], [], wire('Failed')] },
			Received: { main: [wire('Post Received')] },
			Failed: { main: [wire('Post Failed')] },
		},
		pinData: { Received: [{ json: { event: 'message.received', summary: 'A sample' } }] },
		settings: { executionOrder: 'v1' },
	};
}

/** The workflow as n8n has saved it. */
async function saved(): Promise<Workflow> {
	const answer = (await session.n8n.client.request('GET', `/rest/workflows/${workflowId}`)) as {
		data: Workflow;
	};
	return answer.data;
}

/** What the workflow sends the recorder for a sample. */
async function sentFor(provider: DiscoveredProvider, sample: string): Promise<unknown> {
	const trigger = (await saved()).nodes.find(({ type }) => type === provider.nodeType);
	const url = `${session.n8n.url}/webhook/${trigger?.webhookId ?? ''}/webhook`;
	await waitForWebhook(url);
	const body = withNewIds(provider, fromCustomer(provider, sample));
	const { status } = await deliver(url, body, signedHeaders(provider, url, body));
	expect(status).toBe(200);
	await until(() => recorder.texts.length > 0);
	const [text = '', ...more] = recorder.take();
	expect(more).toEqual([]);
	return JSON.parse(text);
}

const itemOf = (provider: DiscoveredProvider, sample: string) =>
	sampleOf(provider, sample).items[0] as unknown as Item;

describe('one workflow, moved through all providers by replacing its trigger', () => {
	const step = journey(session);

	describe.each(PROVIDERS_UNDER_TEST)('to $displayName', (provider) => {
		const index = PROVIDERS_UNDER_TEST.indexOf(provider);
		const before = PROVIDERS_UNDER_TEST[index - 1] ?? FIRST;

		step(
			'takes three clicks, the key R and one field, and keeps connections and pinned data',
			async () => {
				const { editor } = session;
				const { clicks, fields } = { ...editor.effort };
				await editor.replaceTrigger(triggerName(before), triggerName(provider));
				expect(editor.effort).toEqual({ clicks: clicks + 3, fields: fields + 1 });

				let after = await saved();
				await until(async () => {
					after = await saved();
					return after.nodes.some(({ type }) => type === provider.nodeType);
				});
				expect(
					after.connections[triggerName(provider)]?.main.map((wires) =>
						wires.map(({ node }) => node),
					),
				).toEqual([['Received'], [], [], [], ['Failed']]);
				expect(Object.keys(after.pinData ?? {})).toEqual(['Received']);
			},
		);

		step('publishes once it was opened, which chooses the only credential', async () => {
			const { editor } = session;
			await editor.openNode(triggerName(provider));
			await editor.seesCredential(`${provider.displayName} account`);
			// The provider's own API is tested elsewhere.
			if (provider.simulator.parameters?.webhookSetup)
				await editor.choose('webhookSetup', 'Manual');
			await editor.closeNode();
			if (provider.id === 'chirp') await editor.picture('replace');
			await editor.publish();
			if (index === 0) await editor.closePublished();
		});

		step('runs the same nodes with the same fields', async () => {
			const received = itemOf(provider, 'message.received');
			const name = received.contact.name === null ? null : CUSTOMER.name;
			const sender = name === null ? CUSTOMER.phone : `${name} (${CUSTOMER.phone})`;
			expect(await sentFor(provider, 'message.received')).toEqual({
				output: 'Received',
				event: 'message.received',
				text: CUSTOMER.text,
				summary: `Message from ${sender}: ${CUSTOMER.text}`,
				phone: CUSTOMER.phone,
				name,
			});

			const failed = itemOf(provider, 'message.failed');
			expect(await sentFor(provider, 'message.failed')).toEqual({
				output: 'Failed',
				event: 'message.failed',
				text: failed.text === null ? null : CUSTOMER.text,
				summary: expect.stringMatching(/^Message to .+ failed: ./) as unknown,
				phone: failed.contact.phone === null ? null : CUSTOMER.phone,
				name: null,
			});
		});
	});
});
