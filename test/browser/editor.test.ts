import { headline, rejection } from '../../nodes/shared/n8n/receive/problem';
import { sampleOf } from '../kit/providers';
import { deliver, signedHeaders, withNewIds } from '../kit/sample-deliveries';
import { until } from '../kit/until';
import PUBLIC_NAMES from '../public-names.json';
import { providerUnderTest, testCredential } from '../support/providers';
import type { Editor } from './editor';
import { journey, startEditorSession } from './editor-session';
import { hintOf, publishedTextOf, secretHintOf, sendTestOf, setupStepsOf } from './shown-texts';

jest.setTimeout(300_000);

/** The address that n8n is told is its own, as it would be behind a proxy. The pictures show it. */
const PUBLIC_URL = 'https://n8n.example.com';

const session = startEditorSession(() => ({ N8N_WEBHOOK_URL: PUBLIC_URL }));
let editor: Editor;

beforeAll(() => {
	({ editor } = session);
});

/** PingMate's setup is the one in the README's pictures. */
describe("PingMate, from an empty canvas to the first executions, as in n8n's editor", () => {
	const pingMate = providerUnderTest('pingmate');
	const { secret: pingMateSecret } = pingMate.simulator;
	const { description } = new pingMate.Trigger();
	const rejected = rejection(pingMate.provider, 'header_mismatch', {});
	const REJECTED = headline(pingMate.provider, rejected, 1);
	const QUESTION = 'Hi, is the blue one back in stock?';
	const OTHER_OUTPUT = hintOf(description, 'outputPane');
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
		const reached = url.replace(PUBLIC_URL, session.n8n.url);
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
				await editor.sees(description.description);
				await editor.picture('find-the-trigger');
			});
		},
	);

	step('says where to paste the URL and where to find the secret', async () => {
		await editor.addFoundNode('PingMate Trigger');
		testUrl = await editor.shownUrl('Test URL');
		expect(testUrl).toMatch(/^https:\/\/n8n\.example\.com\/webhook-test\/[0-9a-f-]{36}\/webhook$/);
		const steps = setupStepsOf(description);
		expect(steps).toHaveLength(4);
		for (const text of steps) await editor.sees(text, editor.nodePanel);
		await editor.picture('webhook-url-and-setup');
	});

	step(
		'says what is wrong with a secret that is pasted with a space or without its prefix',
		async () => {
			await editor.click(
				editor.nodePanel.getByRole('button', { name: 'Connect to PingMate Webhook' }),
			);
			const dialog = editor.credentialDialog;
			await editor.sees(secretHintOf(pingMate), dialog);
			await editor.detour(async () => {
				const padded = `${pingMateSecret} `;
				await enterSecret(padded);
				await editor.sees(/Couldn.t connect with these settings/, dialog);
				await editor.click(dialog.getByText('More details'));
				await editor.sees(await problemWith(padded), dialog);
				const withoutPrefix = pingMateSecret.replace('whsec_', '');
				await enterSecret(withoutPrefix);
				await editor.sees(await problemWith(withoutPrefix), dialog);
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

	/** The credential test's words for a secret that it fails. */
	async function problemWith(secret: string): Promise<string> {
		const { status, message } = await testCredential(pingMate, {}, { webhookSecret: secret });
		expect(status).toBe('Error');
		return message;
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
		await editor.sees(sendTestOf(description), panel);
		for (const name of ['sample item', 'troubleshooting']) {
			await panel.getByRole('link', { name }).waitFor();
		}
		await editor.click(panel.getByTestId('trigger-execute-button'));
		await editor.sees('Listening for test event', panel);
		await editor.picture('listen-for-a-test-event');
		await editor.detour(async () => {
			await editor.closeNode();
			await editor.sees(String(description.eventTriggerDescription));
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

	step('says where an event is that came out of another output than the first', async () => {
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

	step('has an output for each event, in parentheses if it does not listen to it', async () => {
		await editor.closeNode();
		const outputs = ['Received', '(Sent)', '(Delivered)', 'Read', 'Failed', '(Other)', 'Form'];
		await editor.seesOutputs(outputs);
		await editor.sees(/^received, failed, form, read$/);
		await editor.wire('Received', 'Add to CRM');
		await editor.wire('Failed', 'Alert in Slack');
	});

	step('shows in a test that a delivery was rejected, and what to do about it', async () => {
		const panel = editor.nodePanel;
		await editor.detour(async () => {
			await editor.openNode('PingMate Trigger');
			await editor.click(panel.getByTestId('trigger-execute-button'));
			await editor.sees('Listening for test event', panel);
			expect(await send(testUrl, 'message.received', 'whsec_of_another_endpoint')).toBe(401);
			await editor.sees(REJECTED, panel);
			await editor.sees(rejected.advice, panel);
			await panel.getByText(OTHER_OUTPUT).waitFor({ state: 'detached' });
			await editor.picture('rejected-test');
			await editor.closeNode();
		});
	});

	step('says when it is published that the provider must be given the Production URL', async () => {
		await editor.publish();
		await editor.sees('Workflow published');
		await editor.sees(String(description.activationMessage));
		await editor.click(editor.page.getByRole('button', { name: 'Got it' }));
		await editor.openNode('PingMate Trigger');
		productionUrl = await editor.shownUrl('Production URL');
		expect(productionUrl).toBe(testUrl.replace('/webhook-test/', '/webhook/'));
		await editor.sees(publishedTextOf(description), editor.nodePanel);
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

	step('lists the first rejected delivery as a failed execution that says what to do', async () => {
		for (let n = 0; n < 3; n++) {
			expect(await send(productionUrl, 'message.received', 'whsec_of_another_endpoint')).toBe(401);
		}
		// The newest first; the test that was rejected is further down.
		const newest = editor.page
			.getByTestId('current-executions-list')
			.locator('[data-test-id^="execution-details-"]')
			.first()
			.filter({ hasText: 'Error' });
		await editor.click(newest);
		await editor.openNode('PingMate Trigger');
		await editor.sees(REJECTED, editor.nodePanel);
		await editor.sees(rejected.advice, editor.nodePanel);
		await editor.picture('rejected-execution');
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
