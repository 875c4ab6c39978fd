import { exampleFile, readExample } from '../kit/examples/examples';
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
