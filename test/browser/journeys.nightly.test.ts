import { FakeChirp } from '../../nodes/Chirp/test/fake-chirp';
import { sampleOf } from '../kit/providers';
import { deliver, signedHeaders, withNewIds } from '../kit/sample-deliveries';
import { waitForWebhook } from '../kit/n8n/webhook';
import { until } from '../kit/until';
import { exampleFile } from '../kit/examples/examples';
import { providerUnderTest } from '../support/providers';
import { FakeHubSpot } from '../support/services/hubspot';
import { Outgoing } from '../kit/services/outgoing';
import { FakeSlack } from '../kit/services/slack';
import type { Editor } from './editor';
import { journey, startEditorSession } from './editor-session';

jest.setTimeout(300_000);

/** The examples that are imported. */
const CRM_SYNC = exampleFile('crm-sync/chatmitra');
const SLACK_ALERTS = exampleFile('slack-alerts/chirp');

const APP_KEY = `sk_live_app_${'journeys'.repeat(3)}`;

const hubSpot = new FakeHubSpot('pat-eu1-journeys');
const slack = new FakeSlack('xoxb-journeys', ['#whatsapp-alerts']);
let outgoing: Outgoing;
let chirp: FakeChirp;

beforeAll(async () => {
	outgoing = await Outgoing.start([hubSpot, slack]);
	chirp = await new FakeChirp(APP_KEY, 100).start();
});

const session = startEditorSession(() => outgoing.environment);
let editor: Editor;

beforeAll(() => {
	({ editor } = session);
});

afterAll(async () => {
	await chirp.stop();
	await outgoing.stop();
});

/** A sample as Chirp delivers it to each webhook that it has for its event. */
async function deliverFromChirp(sample: string): Promise<number[][]> {
	const provider = providerUnderTest('chirp');
	const body = withNewIds(provider, sampleOf(provider, sample).rawBody).toString('utf8');
	return await chirp.deliver(JSON.parse(body) as { event: string });
}

describe('Chirp, from an empty canvas to a Slack message', () => {
	const step = journey(session);

	step('shows the first event after nine clicks and three fields', async () => {
		await editor.newWorkflow();
		editor.startCounting();
		await editor.searchFirstStep('Chirp');
		await editor.addFoundNode('Chirp Trigger');
		await editor.openNewCredential();
		await editor.fillCredential('apiKey', APP_KEY);
		await editor.fillCredential('webhookSecret', 'a long random text');
		// Who has an account at Chirp leaves it as it is.
		await editor.detour(() => editor.fillCredential('baseUrl', chirp.baseUrl));
		await editor.saveCredential();

		await editor.openListenTo();
		await editor.click(editor.event('Message Read'));
		await editor.click(editor.event('Template Updated'));
		// The list need not be closed first.
		await editor.click(editor.nodePanel.getByTestId('node-execute-button'));
		await until(() => chirp.webhooks.length === 1);
		expect(await deliverFromChirp('message.received')).toEqual([[200]]);
		await editor.sees('Received Branch (1 item)', editor.nodePanel.getByTestId('output-panel'));
		expect(editor.effort).toEqual({ clicks: 9, fields: 3 });
	});

	step('has its summary in a Slack message after 14 clicks and four fields', async () => {
		await editor.closeNode();
		await editor.addBehind('Received', 'Slack');
		await editor.click(editor.foundNode('Send a message'));
		await editor.dragField('summary', 'text');
		const { summary } = sampleOf(providerUnderTest('chirp'), 'message.received').items[0] ?? {};
		await editor.sees(String(summary), editor.resolved);
		expect(editor.effort).toEqual({ clicks: 14, fields: 4 });
		await editor.detour(() => editor.closeNode());
	});
});

describe('Chirp, with the example of Slack alerts', () => {
	const step = journey(session);

	step('is published after ten clicks and one field', async () => {
		editor.startCounting();
		await editor.importFile(SLACK_ALERTS);
		// The credential of the trigger was saved before: n8n chooses it by itself.
		await editor.openNode('Failed Message');
		await editor.openNewCredential();
		await editor.fillCredential('accessToken', 'xoxb-journeys');
		await editor.saveCredential();
		await editor.closeNode();
		await editor.nodesWithIssues.first().waitFor({ state: 'detached' });
		await editor.save();
		await editor.publish();
		await editor.closePublished();
		expect(editor.effort).toEqual({ clicks: 10, fields: 1 });
	});

	step('reports a failed message in Slack', async () => {
		await until(() => chirp.webhooks.some(({ url }) => url.includes('/webhook/')));
		const { url = '' } = chirp.webhooks.find((webhook) => webhook.url.includes('/webhook/')) ?? {};
		await waitForWebhook(url);
		expect(await deliverFromChirp('message.failed')).toEqual([[200]]);
		let messages: { text: string }[] = [];
		await until(() => (messages = slack.take()).length > 0);
		expect(messages).toEqual([
			{ channel: '#whatsapp-alerts', text: expect.stringContaining('failed') as unknown },
		]);
	});
});

describe('ChatMitra, with the example of CRM sync', () => {
	const step = journey(session);
	const chatMitra = providerUnderTest('chatmitra');
	const { secret, otherSecret } = chatMitra.simulator;
	let url: string;

	async function send(signedWith: string): Promise<number> {
		const body = withNewIds(chatMitra, sampleOf(chatMitra, 'message.received').rawBody);
		return (await deliver(url, body, signedHeaders(chatMitra, url, body, signedWith))).status;
	}

	step('is published, and its URL copied, after 18 clicks and two fields', async () => {
		editor.startCounting();
		await editor.importFile(CRM_SYNC);
		await editor.openNode('ChatMitra Trigger');
		url = await editor.shownUrl('Production URL');
		await editor.openNewCredential();
		await editor.fillCredential('webhookSecret', secret);
		await editor.saveCredential();
		await editor.closeNode();

		await editor.openNode('Find Contact');
		await editor.openNewCredential();
		await editor.fillCredential('appToken', 'pat-eu1-journeys');
		await editor.saveCredential();
		await editor.closeNode();
		await editor.nodesWithIssues.first().waitFor({ state: 'detached' });
		await editor.save();

		await editor.executeNode('Prepare HubSpot Once');
		await until(() =>
			outgoing.take().some(({ url: asked }) => asked.endsWith('/crm/v3/properties/contacts')),
		);
		await editor.publish();
		await editor.closePublished();
		expect(editor.effort).toEqual({ clicks: 18, fields: 2 });
	});

	step('creates a contact for a customer who writes', async () => {
		await waitForWebhook(url);
		expect(await send(secret)).toBe(200);
		await until(() => hubSpot.notes.length === 1);
		expect(hubSpot.contacts).toHaveLength(1);
	});

	step('accepts a new secret next to the old one after three clicks and one field', async () => {
		expect(await send(otherSecret)).toBe(401);
		editor.startCounting();
		await editor.openNode('ChatMitra Trigger');
		await editor.click(editor.nodePanel.getByTestId('credential-edit-button'));
		await editor.fillCredential('secondWebhookSecret', otherSecret);
		await editor.saveCredentialAgain();
		expect(editor.effort).toEqual({ clicks: 3, fields: 1 });
		expect([await send(secret), await send(otherSecret)]).toEqual([200, 200]);
	});
});
