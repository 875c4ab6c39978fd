import { FakeEvolution, instanceKey } from '../../nodes/Evolution/test/fake-evolution';
import { ACCESS_TOKEN, APP_SECRET, FakeMeta } from '../../nodes/Meta/test/fake-meta';
import { FakeWaha } from '../../nodes/Waha/test/fake-waha';
import { providerUnderTest } from '../support/providers';
import type { Editor } from './editor';
import { startEditorSession, withPictureOfFailure } from './editor-session';

jest.setTimeout(300_000);

const WAHA_KEY = 'waha-list-api-key';
const EVOLUTION_KEY = 'evolution-list-api-key';
const KEY_OF_A_SESSION = 'waha-key-of-a-session';

const waha = new FakeWaha(WAHA_KEY);
const evolution = new FakeEvolution(EVOLUTION_KEY);
const meta = new FakeMeta();

beforeAll(async () => {
	await Promise.all([waha.start(), evolution.start(), meta.start()]);
	waha.sessions.set('shop', undefined).set('support', undefined);
	waha.states
		.set('default', {
			status: 'WORKING',
			me: { id: '15550102030@c.us', pushName: 'My Shop' },
		})
		.set('shop', { status: 'SCAN_QR_CODE', me: null })
		.set('support', { status: 'STOPPED' });
	waha.sessionKeys.set(KEY_OF_A_SESSION, 'shop');
	evolution.instances.set('support', null);
	evolution.links
		.set('shop', { state: 'open', ownerJid: '15550102030@s.whatsapp.net' })
		.set('support', { state: 'close' });
	meta.mostInPart = 3;
	meta.targets?.push('2');
	meta.accounts.set('2', {
		name: 'Second Shop',
		numbers: Array.from({ length: 30 }, (_, n) => ({
			id: `20${n}`,
			display_phone_number: `+1 555-020-00${String(n).padStart(2, '0')}`,
			verified_name: `Branch ${n}`,
		})),
	});
});

afterAll(async () => {
	await Promise.all([waha.stop(), evolution.stop(), meta.stop()]);
});

const session = startEditorSession();
let editor: Editor;

beforeAll(() => {
	({ editor } = session);
});

const wahaData = (apiKey: string) => ({
	apiKey,
	webhookSecret: 'a long random text',
	baseUrl: waha.baseUrl,
});

let accounts = 0;

/** Opens the trigger of a new workflow, which has this credential. */
async function openTrigger(
	providerId: string,
	credential: Record<string, string>,
	parameters: Record<string, unknown>,
): Promise<void> {
	const { nodeType, credentialType, displayName } = providerUnderTest(providerId);
	const saved = await session.n8n.client.saveCredential({
		// A name of its own: one of the same name would be overwritten.
		name: `${displayName} account ${++accounts}`,
		type: credentialType,
		data: credential,
	});
	const { id } = await session.n8n.client.createWorkflow({
		name: `List of ${displayName}`,
		nodes: [
			{
				id: 'trigger',
				name: 'Trigger',
				type: nodeType,
				typeVersion: 2,
				position: [0, 0],
				parameters: { webhookSetup: 'automatic', ...parameters },
				credentials: { [credentialType]: saved },
			},
		],
		connections: {},
	});
	await editor.openWorkflow(id);
	await editor.openNode('Trigger');
}

const shown = (title: string, test: () => Promise<void>) => {
	it(title, async () => {
		await withPictureOfFailure(session, test);
	});
};

describe("WAHA's sessions", () => {
	shown('are listed, searched, and chosen, and the name stays when it is typed', async () => {
		await openTrigger('waha', wahaData(WAHA_KEY), {});
		expect(await editor.shownId('session')).toBe('default');

		await editor.openList('session');
		await editor.seesChoices([
			'default (working, +15550102030, My Shop)',
			'shop (scan QR code)',
			'support (stopped)',
		]);
		await editor.picture('list-waha');

		await editor.searchList('SHOP (', ['shop (scan QR code)']);
		await editor.click(editor.choice.first());
		expect(await editor.shownId('session')).toBe('shop (scan QR code)');

		await editor.typeId('session');
		expect(await editor.shownId('session')).toBe('shop');
		await editor.picture('list-waha-by-id');
	});

	shown('are not listed with a wrong key', async () => {
		await openTrigger('waha', wahaData('wrong-api-key'), {});
		await editor.openList('session');

		await editor.sees('401 - WAHA rejected the API key', editor.listFault);
		await editor.sees(/^Copy the value of WAHA_API_KEY into API Key/, editor.listFault);
		await editor.sees('Check your credential', editor.listFault);
		await editor.picture('list-waha-wrong-key');
	});

	shown('are not listed without a key, and can be typed', async () => {
		await openTrigger('waha', wahaData(''), {});
		await editor.openList('session');

		await editor.sees(
			'To choose from a list, enter the API Key in the credential',
			editor.listFault,
		);
		await editor.sees(/Or switch to By ID and type the session's name\.$/, editor.listFault);
		await editor.picture('list-waha-no-key');

		const { length } = waha.log;
		await editor.page.keyboard.press('Escape');
		await editor.typeId('session', 'support');
		expect(await editor.shownId('session')).toBe('support');
		expect(waha.log).toHaveLength(length);
	});

	shown('are not listed with a key of one session', async () => {
		await openTrigger('waha', wahaData(KEY_OF_A_SESSION), {});
		await editor.openList('session');

		await editor.sees("403 - The API key isn't allowed to list the sessions", editor.listFault);
		await editor.picture('list-waha-not-allowed');
	});

	shown('are named where a workflow has the name as plain text', async () => {
		await openTrigger('waha', wahaData(WAHA_KEY), { session: 'support' });

		expect(await editor.shownId('session')).toBe('support');
		await editor.picture('list-waha-plain-text');
	});
});

describe("Evolution API's instances", () => {
	const data = (apiKey: string) => ({
		apiKey,
		webhookSecret: 'a long random text',
		headerName: 'X-Webhook-Secret',
		baseUrl: evolution.baseUrl,
	});

	shown('are listed, and their keys reach the browser in no response', async () => {
		const responses: Promise<string>[] = [];
		editor.page.on('response', (response) => {
			if (response.url().includes('/dynamic-node-parameters/')) responses.push(response.text());
		});
		await openTrigger('evolution', data(EVOLUTION_KEY), {});
		await editor.openList('instance');

		await editor.seesChoices(['shop (connected, +15550102030)', 'support (disconnected)']);
		await editor.picture('list-evolution');
		const texts = (await Promise.all(responses)).join();
		expect(texts).toContain('+15550102030');
		expect(texts).not.toContain(instanceKey(''));
	});

	shown('are none yet', async () => {
		const empty = await new FakeEvolution(EVOLUTION_KEY).start();
		empty.instances.clear();
		await openTrigger('evolution', { ...data(EVOLUTION_KEY), baseUrl: empty.baseUrl }, {});
		await editor.openList('instance');

		await editor.sees('The API key opens no instance yet', editor.listFault);
		await editor.picture('list-evolution-none');
		await empty.stop();
	});
});

describe("Meta's IDs", () => {
	const data = {
		webhookSecret: APP_SECRET,
		verifyToken: 'a long random text',
		accessToken: ACCESS_TOKEN,
	};
	const credential = () => ({ ...data, baseUrl: meta.baseUrl });

	shown('of phone numbers are listed, and more of them are loaded', async () => {
		await openTrigger('meta', credential(), { receiveFor: 'number' });
		await editor.openList('phoneNumberId');

		await editor.sees('+1 555-010-2030 (My Shop)', editor.choice.first());
		await editor.picture('list-meta-numbers');
		await editor.choice.last().scrollIntoViewIfNeeded();
		await editor.sees('+1 555-020-0029 (Branch 29)');

		await editor.searchList('5550200007', ['+1 555-020-0007 (Branch 7)']);
		await editor.click(editor.choice.first());
		await editor.picture('list-meta-number-chosen');
	});

	shown('of accounts are listed with their names', async () => {
		await openTrigger('meta', credential(), { receiveFor: 'account' });
		await editor.openList('accountId');

		await editor.seesChoices(['My Shop (102290129340398)', 'Second Shop (2)']);
		await editor.picture('list-meta-accounts');
	});

	shown('that are typed have digits only', async () => {
		await openTrigger('meta', credential(), { receiveFor: 'number' });
		const whereToFindIt = 'App Dashboard → WhatsApp → API Setup → Phone number ID';
		await expect(editor.nodePanel.getByText(whereToFindIt).count()).resolves.toBe(0);
		await editor.typeId('phoneNumberId', '+1 555 0102030');
		await editor.sees(whereToFindIt, editor.nodePanel);
		await editor.closeNode();
		await editor.openNode('Trigger');
		await editor.nodePanel.getByTestId('parameter-issues').first().hover();
		await editor.sees("Meta's ID has digits only. It isn't the phone number itself.");
		await editor.picture('list-meta-typed');
	});
});
