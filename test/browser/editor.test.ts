import type { INodeTypeDescription } from 'n8n-workflow';
import { OUTPUTS } from '../kit/outputs';
import { credentialData, sampleOf } from '../kit/providers';
import { deliver, signedHeaders, withNewIds } from '../kit/sample-deliveries';
import { until } from '../kit/until';
import PUBLIC_NAMES from '../public-names.json';
import { PROVIDERS_UNDER_TEST, providerUnderTest } from '../support/providers';
import type { Editor } from './editor';
import { journey, startEditorSession, withPictureOfFailure } from './editor-session';

jest.setTimeout(300_000);

/** What n8n believes to be its address, as behind a proxy: it is the one that the pictures show. */
const PUBLIC_URL = 'https://n8n.example.com';

const session = startEditorSession(() => ({ N8N_WEBHOOK_URL: PUBLIC_URL }));
let editor: Editor;

beforeAll(() => {
	({ editor } = session);
});

/** The provider whose setup is walked through in the README's pictures. */
const WALKED_THROUGH = 'pingmate';

describe("PingMate, from an empty canvas to the first executions, as in n8n's editor", () => {
	const pingMate = providerUnderTest(WALKED_THROUGH);
	const { secret: pingMateSecret } = pingMate.simulator;
	const QUESTION = 'Hi, is the blue one back in stock?';
	const OTHER_OUTPUT = /^Each event leaves by its own output: the tab that says \(1 item\) has it/;
	let testUrl: string;
	let productionUrl: string;

	const step = journey(session);

	/** Signs a sample as PingMate does and sends it to a URL that the editor showed. */
	async function send(url: string, sample: string, secret = pingMateSecret): Promise<number> {
		// A server's browser has no font for emoji, and the pictures are for people.
		const text = sampleOf(pingMate, sample)
			.rawBody.toString('utf8')
			.replaceAll(/ \p{Emoji_Presentation}/gu, '');
		const body = withNewIds(pingMate, Buffer.from(text));
		const reached = url.replace(PUBLIC_URL, session.server.url);
		return (await deliver(reached, body, signedHeaders(pingMate, url, body, secret))).status;
	}

	step(
		'finds the trigger in the nodes panel by "WhatsApp" and by the name of the provider',
		async () => {
			await editor.newWorkflow();
			await editor.searchFirstStep('PingMate');
			await editor.foundNode('PingMate Trigger').waitFor();
			await editor.detour(async () => {
				await editor.fill(editor.page.getByTestId('node-creator-search-bar'), 'WhatsApp');
				for (const { displayName } of PUBLIC_NAMES) {
					await editor.foundNode(displayName).waitFor();
				}
				await editor.sees(
					'Starts the workflow when PingMate reports a WhatsApp message, status or form',
				);
				await editor.picture('find-the-trigger');
			});
		},
	);

	step('tells where to paste the URL and where to find the secret', async () => {
		await editor.addFoundNode('PingMate Trigger');
		testUrl = await editor.shownUrl('Test URL');
		expect(testUrl).toMatch(/^https:\/\/n8n\.example\.com\/webhook-test\/[0-9a-f-]{36}\/webhook$/);
		await editor.sees('1. Open Webhook URLs above and copy the Test URL.');
		await editor.sees(/^2\. In PingMate open Dashboard → Webhook and click Add Endpoint\./);
		await editor.sees(
			/copy its Signing secret \(whsec_…\) and paste it into a credential of its own above/,
		);
		await editor.sees(/change the Endpoint URL to the Production URL/);
		await editor.picture('webhook-url-and-setup');
	});

	step(
		'says what is wrong with a secret that is pasted with a blank or without its prefix',
		async () => {
			await editor.click(
				editor.nodePanel.getByRole('button', { name: 'Connect to PingMate Webhook' }),
			);
			const dialog = editor.credentialDialog;
			await editor.sees(
				/In PingMate: Dashboard → Webhook → open the endpoint → Signing secret/,
				dialog,
			);
			await editor.detour(async () => {
				await enterSecret(`${pingMateSecret} `);
				await editor.sees(/Couldn.t connect with these settings/, dialog);
				await editor.click(dialog.getByText('More details'));
				await editor.sees(
					'The Signing Secret begins or ends with white space. Remove it, then save again.',
					dialog,
				);
				await enterSecret(pingMateSecret.replace('whsec_', ''));
				await editor.sees(
					'The Signing Secret does not begin with whsec_. Copy it whole, with this prefix.',
					dialog,
				);
				await editor.picture('credential-that-is-wrong');
			});
		},
	);

	step('accepts the secret as PingMate shows it', async () => {
		await enterSecret(pingMateSecret);
		await editor.credentialDialog.waitFor({ state: 'hidden' });
		await editor.detour(async () => {
			await editor.click(editor.nodePanel.getByTestId('credential-edit-button'));
			await editor.sees('Connection tested successfully', editor.credentialDialog);
			await editor.click(editor.credentialDialog.getByRole('button', { name: 'Close' }));
			await editor.credentialDialog.waitFor({ state: 'hidden' });
		});
	});

	async function enterSecret(secret: string): Promise<void> {
		const dialog = editor.credentialDialog;
		await editor.fill(dialog.getByTestId('parameter-input-webhookSecret').locator('input'), secret);
		await editor.click(dialog.getByTestId('credential-save-button'));
	}

	step('lets the events be picked that start the workflow', async () => {
		const selected = editor.nodePanel.getByTestId('parameter-input-events');
		for (const name of ['Message Received', 'Message Failed', 'Form Submitted']) {
			await editor.sees(name, selected);
		}
		await editor.openListenTo();
		await editor.click(editor.event('Message Read'));
		await editor.sees('Message Read', selected);
		await editor.picture('pick-events');
		await editor.detour(() => editor.closeListenTo());
	});

	step('listens for a test event and names the button of PingMate that sends one', async () => {
		const panel = editor.nodePanel;
		await editor.sees('Receive events from PingMate', panel);
		await editor.sees('Send Test Event', panel);
		for (const name of ['sample item', 'troubleshooting']) {
			await panel.getByRole('link', { name }).waitFor();
		}
		await editor.click(panel.getByTestId('trigger-execute-button'));
		await editor.sees('Listening for test event', panel);
		await editor.picture('listen-for-a-test-event');
		await editor.detour(async () => {
			await editor.closeNode();
			await editor.sees('Now click Send Test Event on the endpoint in PingMate');
			await editor.openNode('PingMate Trigger');
		});
		expect(await send(testUrl, 'message.received')).toBe(200);
	});

	step('shows the event as an item of Received, after ten clicks and two fields', async () => {
		const output = editor.nodePanel.getByTestId('output-panel');
		await editor.sees('Received Branch (1 item)', output);
		expect(editor.effort).toEqual({ clicks: 10, fields: 2 });
		await editor.detour(async () => {
			await editor.click(output.getByRole('radio', { name: 'Schema' }));
		});
		await editor.sees(QUESTION, output);
		await editor.sees('+919876543210', output);
		await editor.sees('message.incoming', output);
		await editor.picture('first-event');
	});

	step('says where an event is that left by another output than the first', async () => {
		const panel = editor.nodePanel;
		await editor.detour(async () => {
			// It fades out, and must not be taken for that of the next test.
			const listening = panel.getByTestId('trigger-listening');
			await listening.waitFor({ state: 'detached' });
			await panel.getByText(OTHER_OUTPUT).waitFor({ state: 'detached' });
			await editor.click(panel.getByTestId('trigger-execute-button'));
			await editor.sees('Listening for test event', panel);
			expect(await send(testUrl, 'message.failed')).toBe(200);
			await editor.sees(OTHER_OUTPUT, panel);
			await listening.waitFor({ state: 'detached' });
		});
	});

	step('shows in a test that a delivery was refused, and what to do about it', async () => {
		const panel = editor.nodePanel;
		await editor.detour(async () => {
			await editor.click(panel.getByTestId('trigger-execute-button'));
			await editor.sees('Listening for test event', panel);
			expect(await send(testUrl, 'message.received', 'whsec_of_another_endpoint')).toBe(401);
			await editor.sees("Rejected a delivery from PingMate: the signature doesn't match", panel);
			await editor.sees(/If it came from PingMate, copy the secret again from PingMate/, panel);
			await panel.getByText(OTHER_OUTPUT).waitFor({ state: 'detached' });
			await editor.picture('refused-test');
		});
	});

	step('has an output for each event, those in brackets that it does not listen to', async () => {
		await editor.closeNode();
		const outputs = ['Received', '(Sent)', '(Delivered)', 'Read', 'Failed', '(Other)', 'Form'];
		await editor.seesOutputs(outputs);
		await editor.sees(/^received, failed, form, read$/);
		await editor.wire('Received', 'Add to CRM');
		await editor.wire('Failed', 'Alert in Slack');
		await editor.detour(async () => {
			await editor.click(editor.page.getByTestId('tidy-up-button'));
			await editor.drag('Add to CRM', 120, -100);
			await editor.drag('Alert in Slack', 120, -40);
			await editor.click(editor.page.getByTestId('zoom-to-fit'));
		});
		await editor.picture('wire-the-outputs');
	});

	step('says when it is published that the provider has to have the production URL', async () => {
		await editor.publish();
		await editor.sees('Workflow published');
		await editor.sees(/Put the Production URL into PingMate in place of the Test URL/);
		await editor.click(editor.page.getByRole('button', { name: 'Got it' }));
		await editor.openNode('PingMate Trigger');
		productionUrl = await editor.shownUrl('Production URL');
		expect(productionUrl).toBe(testUrl.replace('/webhook-test/', '/webhook/'));
		await editor.sees(
			/This workflow is published: events that PingMate sends to the Production URL start it/,
		);
		await editor.closeNode();
	});

	step('runs the node behind the output of each event, and lists the executions', async () => {
		expect(await sendWhenPublished('message.received')).toBe(200);
		expect(await send(productionUrl, 'message.failed')).toBe(200);
		await editor.click(editor.page.getByRole('radio', { name: 'Executions' }));
		// The newest first; the two oldest are test executions.
		const executions = editor.page
			.getByTestId('current-executions-list')
			.locator('[data-test-id^="execution-details-"]')
			.filter({ hasText: 'Succeeded' });
		await executions.nth(3).waitFor();
		const hasRun = (name: string) => editor.node(name).getByTestId('canvas-node-status-success');

		await editor.click(executions.nth(1));
		await hasRun('Add to CRM').waitFor();
		await hasRun('Alert in Slack').waitFor({ state: 'detached' });

		await editor.click(executions.nth(0));
		await hasRun('Alert in Slack').waitFor();
		await hasRun('Add to CRM').waitFor({ state: 'detached' });
		await editor.picture('executions');
	});

	step('lists the first refused delivery as a failed execution that says what to do', async () => {
		for (let n = 0; n < 3; n++) {
			expect(await send(productionUrl, 'message.received', 'whsec_of_another_endpoint')).toBe(401);
		}
		// The newest first; the test that was refused is further down.
		const newest = editor.page
			.getByTestId('current-executions-list')
			.locator('[data-test-id^="execution-details-"]')
			.first()
			.filter({ hasText: 'Error' });
		await editor.click(newest);
		await editor.openNode('PingMate Trigger');
		await editor.sees(
			"Rejected a delivery from PingMate: the signature doesn't match",
			editor.nodePanel,
		);
		await editor.sees(/copy the secret again from PingMate/, editor.nodePanel);
		await editor.picture('refused-execution');
	});

	/** n8n registers the production URL some seconds after the workflow was published. */
	async function sendWhenPublished(sample: string): Promise<number> {
		let status = 404;
		await until(async () => {
			status = await send(productionUrl, sample);
			return status !== 404;
		});
		return status;
	}
});

const OTHERS = PROVIDERS_UNDER_TEST.filter(({ id }) => id !== WALKED_THROUGH);

describe.each(OTHERS)("$displayName in n8n's editor", (discovered) => {
	const { displayName, credentialType, Trigger } = discovered;
	const { description } = new Trigger();
	const published = PUBLIC_NAMES.find(({ provider }) => provider === discovered.id);
	if (!published) throw new Error(`${displayName} is not in public-names.json: npm run sync`);

	it('is found, explains itself, shows its outputs, and warns when it listens to nothing', async () => {
		const [toTry, firstStep] = [toTryFirst(description), firstStepOf(description)];
		const selected = OUTPUTS.flatMap(([event, label]) =>
			published.defaultEvents.includes(event) ? label : [],
		);
		await session.client.saveCredential({
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
			for (const name of emptyRequiredTexts(description)) {
				const parameter = editor.nodePanel.getByTestId(`parameter-input-${name}`);
				await editor.fill(parameter.locator('input'), '1');
			}

			await editor.sees(`Receive events from ${displayName}`, editor.nodePanel);
			await editor.sees(toTry, editor.nodePanel);
			await editor.sees(firstStep, editor.nodePanel);

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
			await editor.sees(
				'No event is selected, so nothing will start this workflow.',
				editor.nodePanel,
			);
			await editor.closeNode();
			await editor.sees('no event selected', node);
		});
	});
});

/** The parameters that a person has to type, as a new node shows them. */
function emptyRequiredTexts({ properties }: INodeTypeDescription): string[] {
	const defaults = new Map(properties.map((property) => [property.name, property.default]));
	return properties.flatMap(({ name, type, required, displayOptions: { show = {} } = {} }) => {
		const isShown = Object.entries(show).every(([other, values]) =>
			(values ?? []).some((value) => value === defaults.get(other)),
		);
		return type === 'string' && required && isShown ? [name] : [];
	});
}

/** What the panel of a trigger says how to have an event sent, which stands out in it. */
function toTryFirst({ triggerPanel }: INodeTypeDescription): string {
	const hint = typeof triggerPanel === 'object' ? triggerPanel.activationHint : undefined;
	return partOf(typeof hint === 'object' ? hint.inactive : undefined, /<b>(.+?)<\/b>/);
}

/** The first step of the setup that a new node shows. */
function firstStepOf({ properties }: INodeTypeDescription): string {
	const defaults = new Map(properties.map((property) => [property.name, property.default]));
	const notice = properties.find(
		({ type, displayOptions: { show = {} } = {} }) =>
			type === 'notice' &&
			Object.entries(show).every(([name, values]) =>
				(values ?? []).some((value) => value === defaults.get(name)),
			),
	);
	return partOf(notice?.displayName, /<ul>([^<]+)/);
}

function partOf(html: string | undefined, pattern: RegExp): string {
	const part = pattern.exec(html ?? '')?.[1];
	if (part === undefined) throw new Error(`Nothing like ${String(pattern)} in "${html}"`);
	return part;
}
