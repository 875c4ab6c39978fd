import { randomUUID } from 'node:crypto';
import { exampleFile, readExample } from '../kit/examples/examples';
import { credentialData, sampleOf } from '../kit/providers';
import { deliver, signedHeaders, withNewIds } from '../kit/sample-deliveries';
import { providerUnderTest } from '../support/providers';
import { startEditorSession, withPictureOfFailure } from './editor-session';

jest.setTimeout(300_000);

const session = startEditorSession();

/** The screen of a common laptop, on which a note has to be readable as the workflow opens. */
const LAPTOP = { width: 1366, height: 768 };

beforeAll(() => session.editor.page.setViewportSize(LAPTOP));

/** An example of each flow, and a node whose expressions n8n can resolve before anything ran. */
const FLOWS = [
	{ file: 'message-to-sheet-and-slack/twilio', node: 'Choose Sheet and Columns' },
	{ file: 'crm-sync/chatmitra', node: 'Contact Details' },
	{ file: 'lead-capture/ycloud', node: 'Choose Sheet and Columns' },
	{ file: 'slack-alerts/chirp', node: 'Failed Message' },
	{ file: 'delivery-monitoring/pingmate', node: 'Save Failed' },
];

describe.each(FLOWS)('$file, as it opens', ({ file, node }) => {
	it('shows its nodes, its note, its samples, and what expressions make of them', async () => {
		const { editor } = session;
		const [flow] = file.split('/');
		await withPictureOfFailure(session, async () => {
			const workflow = readExample(file);
			await editor.importFile(exampleFile(file));
			await editor.sees(/no unsaved changes/);
			// n8n leaves out what a workflow may hold only once, such as a second Manual Trigger.
			const nodes = workflow.nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote');
			expect(await editor.nodeNames()).toEqual(nodes.map(({ name }) => name).sort());
			for (const name of Object.keys(workflow.pinData ?? {})) {
				await editor.node(name).getByTestId('canvas-node-status-pinned').waitFor();
			}
			// All of them are selected; a click beside them ends that.
			await editor.page.mouse.click(100, 700);
			await editor.picture(`flow-${flow}`);
			await editor.openNode(node);
			await editor.resolved.first().waitFor();
			if (flow === 'slack-alerts') await editor.picture('flow-expressions');
		});
	});
});

/** What the README shows first: leads to HubSpot, failures to Slack, and an event that has come. */
describe('a trigger with the apps of whoever installs it', () => {
	const provider = providerUnderTest('pingmate');
	const webhookId = randomUUID();
	const TRIGGER = 'PingMate Trigger';

	it('sends a form to the output of forms', async () => {
		const { editor, n8n } = session;
		const credentials = async (type: string, data: Record<string, unknown>) => ({
			[type]: await n8n.client.saveCredential({ name: `${type} account`, type, data }),
		});
		const wire = (node: string) => [{ node, type: 'main' as const, index: 0 }];
		const workflow = {
			name: 'WhatsApp leads and alerts',
			nodes: [
				{
					id: randomUUID(),
					name: TRIGGER,
					type: provider.nodeType,
					typeVersion: 2,
					position: [0, 0] as [number, number],
					webhookId,
					parameters: { events: ['message.failed', 'form.submitted'], options: {} },
					credentials: await credentials(provider.credentialType, credentialData(provider)),
				},
				{
					id: randomUUID(),
					name: 'Add Lead to HubSpot',
					type: 'n8n-nodes-base.hubspot',
					typeVersion: 2.1,
					position: [340, 140] as [number, number],
					parameters: { authentication: 'appToken', email: '={{ $json.form.fields.email }}' },
					credentials: await credentials('hubspotAppToken', { appToken: 'pat-eu1-0000' }),
				},
				{
					id: randomUUID(),
					name: 'Send Alert to Slack',
					type: 'n8n-nodes-base.slack',
					typeVersion: 2.3,
					position: [340, -60] as [number, number],
					parameters: {
						select: 'channel',
						channelId: { __rl: true, mode: 'name', value: '#whatsapp-alerts' },
						text: '={{ $json.summary }}',
						otherOptions: {},
					},
					credentials: await credentials('slackApi', { accessToken: 'xoxb-0000' }),
				},
			],
			connections: {
				[TRIGGER]: {
					main: [[], [], [], [], wire('Send Alert to Slack'), [], wire('Add Lead to HubSpot')],
				},
			},
			settings: { executionOrder: 'v1' },
		};
		await withPictureOfFailure(session, async () => {
			const { data } = (await n8n.client.request('POST', '/rest/workflows', workflow)) as {
				data: { id: string };
			};
			await editor.openWorkflow(data.id);
			await editor.openNode(TRIGGER);
			await editor.click(editor.nodePanel.getByTestId('trigger-execute-button'));
			await editor.sees('Listening for test event', editor.nodePanel);
			const url = `${n8n.url}/webhook-test/${webhookId}/webhook`;
			const body = withNewIds(provider, sampleOf(provider, 'form.submitted').rawBody);
			const { status } = await deliver(url, body, signedHeaders(provider, url, body));
			expect(status).toBe(200);
			await editor.sees('Form Branch (1 item)', editor.nodePanel);
			await editor.closeNode();
			await editor.node(TRIGGER).getByTestId('canvas-node-status-success').waitFor();
			await editor.click(editor.page.getByTestId('zoom-to-fit'));
			await editor.picture('leads-and-alerts');
		});
	});
});
