import { OUTPUTS } from '../kit/outputs';
import { credentialData } from '../kit/providers';
import PUBLIC_NAMES from '../public-names.json';
import { PROVIDERS_UNDER_TEST } from '../support/providers';
import type { Editor } from './editor';
import { startEditorSession, withPictureOfFailure } from './editor-session';
import { emptyIdsOf, hintOf, sendTestOf, setupStepsOf } from './shown-texts';

jest.setTimeout(300_000);

const session = startEditorSession();
let editor: Editor;

beforeAll(() => {
	({ editor } = session);
});

/** All but the one that is walked through in editor.test.ts. */
const OTHERS = PROVIDERS_UNDER_TEST.filter(({ id }) => id !== 'pingmate');

describe.each(OTHERS)("$displayName in n8n's editor", (discovered) => {
	const { displayName, credentialType, Trigger } = discovered;
	const { description } = new Trigger();
	const published = PUBLIC_NAMES.find(({ provider }) => provider === discovered.id);
	if (!published) throw new Error(`${displayName} is not in public-names.json: npm run sync`);

	it('is found, explains itself, shows its outputs, and warns when it listens to nothing', async () => {
		const selected = OUTPUTS.flatMap(([event, label]) =>
			published.defaultEvents.includes(event) ? label : [],
		);
		await session.n8n.client.saveCredential({
			name: `${displayName} in the editor`,
			type: credentialType,
			data: credentialData(discovered),
		});
		await withPictureOfFailure(session, async () => {
			await editor.newWorkflow();
			await editor.searchFirstStep('WhatsApp');
			await editor.foundNode(published.displayName).waitFor();
			await editor.fill(editor.page.getByTestId('node-creator-search-bar'), displayName);
			await editor.addFoundNode(published.displayName);
			// n8n shows the panel once nothing that is required is empty.
			for (const name of emptyIdsOf(description)) await editor.typeId(name, '1');

			await editor.sees(`Receive events from ${displayName}`, editor.nodePanel);
			await editor.sees(sendTestOf(description), editor.nodePanel);
			for (const step of setupStepsOf(description)) await editor.sees(step, editor.nodePanel);

			await editor.closeNode();
			await editor.seesOutputs(
				published.outputs.map((label) =>
					selected.some((candidate) => candidate === label) ? label : `(${label})`,
				),
			);
			const node = editor.node(published.displayName);
			await editor.sees(new RegExp(`^${selected.join(', ').toLowerCase()}$`), node);

			await editor.openNode(published.displayName);
			await editor.clearListenTo();
			await editor.sees(hintOf(description, 'ndv'), editor.nodePanel);
			await editor.closeNode();
			await editor.sees('no event selected', node);
		});
	});
});
