import type { IDataObject } from 'n8n-workflow';
import { Dialog360WebhookApi } from '../../../credentials/Dialog360WebhookApi.credentials';
import { credentialTestOf } from '../../../test/support/credential-test';
import {
	hookContext,
	TEST_URL,
	URL_OF_NODE,
	type HookChange,
} from '../../../test/support/hook-context';
import { allTasksEnded } from '../../shared/n8n/setup/one-at-a-time';
import { describeSetupFaults } from '../../../test/support/setup-faults';
import { describeSingleSlot, expectFault } from '../../../test/support/single-slot';
import { Dialog360Trigger } from '../Dialog360Trigger.node';
import { dialog360Webhook } from '../webhook';
import { API_KEY, Fake360dialog, rejection } from './fake-360dialog';

const SECRET = 'a long random text';
const METHODS = ['checkExists', 'create', 'delete'] as const;

const OURS = { url: URL_OF_NODE, headers: { 'X-Webhook-Secret': SECRET } };
const FOREIGN = {
	url: 'https://crm.example.com/whatsapp?key=address',
	headers: { Authorization: 'Basic c29tZWJvZHkgZWxzZQ==' },
};

let api: Fake360dialog;

beforeEach(async () => {
	api = await new Fake360dialog().start();
});

afterEach(async () => {
	await api.stop();
});

/** A published 360dialog Trigger of a direct client. */
function published(change: HookChange = {}) {
	return hookContext(
		{
			nodeType: new Dialog360Trigger(),
			credentialType: new Dialog360WebhookApi(),
			parameters: {},
			credential: {
				verifyBy: 'header',
				apiKey: API_KEY,
				webhookSecret: SECRET,
				headerName: 'X-Webhook-Secret',
				baseUrl: api.baseUrl,
			},
		},
		change,
	);
}

describe('the webhook of a number', () => {
	it('is set with the secret in its header, and found', async () => {
		const { context, staticData } = published();

		expect(await dialog360Webhook.checkExists.call(context)).toBe(false);
		expect(await dialog360Webhook.create.call(context)).toBe(true);
		expect(api.webhook).toEqual(OURS);
		expect(await dialog360Webhook.checkExists.call(context)).toBe(true);
		expect(staticData).toEqual({
			claim: { url: URL_OF_NODE, previousWebhooks: expect.any(String) as string },
		});
		expect(api.log).toEqual([
			'GET /v1/configs/webhook 200',
			'GET /v1/configs/webhook 200',
			`POST /v1/configs/webhook 200 ${URL_OF_NODE}`,
			'GET /v1/configs/webhook 200',
			'GET /v1/configs/webhook 200',
		]);
	});

	it('is put back as it was, headers included, which are never stored in the clear', async () => {
		api.webhook = FOREIGN;
		const { context, staticData, log } = published();

		await dialog360Webhook.create.call(context);
		expect(api.webhook).toEqual(OURS);
		expect(JSON.stringify(staticData)).not.toMatch(/crm|Basic|c29t/);
		expect(log.join()).not.toContain('Basic');

		await dialog360Webhook.delete.call(context);
		expect(api.webhook).toEqual(FOREIGN);
	});

	it('is brought up to date, and what stood there before is not forgotten', async () => {
		api.webhook = FOREIGN;
		const { context, staticData } = published();
		await dialog360Webhook.create.call(context);
		const changed = published({ staticData, credential: { webhookSecret: 'another text' } });

		expect(await dialog360Webhook.checkExists.call(changed.context)).toBe(false);
		await dialog360Webhook.create.call(changed.context);
		expect(api.webhook).toEqual({ ...OURS, headers: { 'X-Webhook-Secret': 'another text' } });

		await dialog360Webhook.delete.call(changed.context);
		expect(api.webhook).toEqual(FOREIGN);
	});

	it('is found whatever case 360dialog writes the header in, beside other headers', async () => {
		api.webhook = { ...OURS, headers: { 'x-webhook-secret': SECRET, 'X-Other': '1' } };

		expect(await dialog360Webhook.checkExists.call(published().context)).toBe(true);
	});

	it('has no header for a partner, whose deliveries are signed', async () => {
		await dialog360Webhook.create.call(
			published({ credential: { verifyBy: 'signature' } }).context,
		);

		expect(api.webhook).toEqual({ url: URL_OF_NODE, headers: {} });
	});

	it('stays where nothing stood there before, since there is no way to take it away', async () => {
		const { context, log } = published();
		await dialog360Webhook.create.call(context);

		expect(await dialog360Webhook.delete.call(context)).toBe(true);
		expect(log).toEqual([expect.stringContaining(`still sends events to ${URL_OF_NODE}`)]);
	});

	it('can no longer be put back with another API key, and n8n’s log says so', async () => {
		api.webhook = FOREIGN;
		const { context, staticData, log } = published();
		await dialog360Webhook.create.call(context);
		jest.resetModules();
		const { dialog360Webhook: restarted } = await import('../webhook');
		staticData.claim = { url: URL_OF_NODE, previousWebhooks: 'c2VhbGVkIHdpdGggYW5vdGhlciBrZXk=' };

		await restarted.delete.call(context);

		expect(api.webhook).toEqual(OURS);
		expect(log[1]).toMatch(/couldn't be restored\. 360dialog still sends events to https/);
	});

	it.each([
		[{ status: 200, body: {} }],
		[{ status: 200, body: { url: '' } }],
		[{ status: 404, body: { meta: { success: false, developer_message: 'no webhook' } } }],
	])('is none where 360dialog answers %j', async (answer) => {
		api.ifNone = answer;

		expect(await dialog360Webhook.checkExists.call(published().context)).toBe(false);
		expect(await dialog360Webhook.create.call(published().context)).toBe(true);
	});
});

it('is given back after a test with its secret, which the test keeps in no clear text', async () => {
	await dialog360Webhook.create.call(published().context);
	const test = published({ isTest: true });

	await dialog360Webhook.create.call(test.context);
	expect(api.webhook).toEqual({ ...OURS, url: TEST_URL });
	expect(JSON.stringify(test.staticData)).not.toContain(SECRET);
	await dialog360Webhook.delete.call(test.context);
	await allTasksEnded();

	expect(api.webhook).toEqual(OURS);
});

describe('the only webhook of a number', () => {
	describeSingleSlot({
		loadWebhook: async () => (await import('../webhook')).dialog360Webhook,
		node: published,
		read: () => api.webhook,
		write(webhook) {
			api.webhook = webhook;
		},
		rewriteUrls() {
			api.rewritesUrls = true;
		},
		accept: () => undefined,
		foreign: FOREIGN,
		canClear: false,
	});
});

it('is asked nothing with manual setup, which needs a header that can be sent as well', async () => {
	const parameters = { webhookSetup: 'manual' };
	for (const method of METHODS) {
		expect(await dialog360Webhook[method].call(published({ parameters }).context)).toBe(true);
	}
	const { context } = published({ parameters, credential: { headerName: 'Authorization' } });
	await expect(dialog360Webhook.checkExists.call(context)).rejects.toMatchObject({
		description: expect.stringContaining('has a meaning of its own') as string,
	});
	expect(api.log).toEqual([]);
});

describe('what went wrong is said in the editor', () => {
	it.each([
		[{ apiKey: ' ' }, 'needs the API Key'],
		[{ apiKey: 'd360 ••••••••' }, 'API key in the credential can'],
		[{ baseUrl: 'http://waba.example.com' }, 'begins with http://'],
	])('before 360dialog is asked: %j', async (credential, words) => {
		await expectFault(dialog360Webhook, published({ credential }).context, words);
		expect(api.log).toEqual([]);
	});

	it.each([{ webhookSecret: '' }, { headerName: 'X_Secret' }])(
		'when nothing could be verified, which unpublishing does not need: %j',
		async (credential) => {
			api.webhook = FOREIGN;
			const { context, staticData } = published();
			await dialog360Webhook.create.call(context);
			const without = published({ staticData, credential }).context;

			for (const method of ['checkExists', 'create'] as const) {
				await expect(dialog360Webhook[method].call(without)).rejects.toMatchObject({
					message: "The credential can't be used",
				});
			}
			await dialog360Webhook.delete.call(without);
			expect(api.webhook).toEqual(FOREIGN);
		},
	);

	it('when 360dialog takes no such address', async () => {
		const { context } = published();
		Object.assign(context, {
			getNodeWebhookUrl: () => 'https://my_n8n.example.com/webhook/1/webhook',
		});

		await expect(dialog360Webhook.create.call(context)).rejects.toMatchObject({
			message: '360dialog rejected the Webhook URL or its header',
			description: expect.stringMatching(
				/no underscore.+N8N_WEBHOOK_URL.+says: "Invalid webhook url"/,
			) as string,
			httpCode: '400',
		});
	});
});

describeSetupFaults(
	{
		displayName: '360dialog',
		apiName: "360dialog's API",
		stored: 'URL and secret header',
		api: () => api,
		errorBody: (status, words) =>
			// What 360dialog itself writes with a 404 may mean that the number has no webhook.
			status === 404 ? { detail: words } : rejection(status, words).body,
		async create() {
			const { context } = published();
			if (!(await dialog360Webhook.checkExists.call(context)))
				await dialog360Webhook.create.call(context);
		},
		placeholders: () => ({ [api.baseUrl]: '<Base URL>' }),
	},
	{
		'401': {
			message: '360dialog rejected the API key',
			description:
				'Generate one for the number in the 360dialog Hub and paste it into the credential. The old key ends with that. Or set Webhook Setup to Manual. 360dialog says: "Not you"',
		},
		'403': {
			message: '360dialog rejected the API key',
			description:
				'Generate one for the number in the 360dialog Hub and paste it into the credential. The old key ends with that. Or set Webhook Setup to Manual. 360dialog says: "Not with this key"',
		},
		'404': {
			message: 'There is no 360dialog API at the Base URL',
			description:
				'Set the Base URL in the credential to https://waba-v2.360dialog.io. 360dialog says: "Nothing here"',
		},
		'422 for the write': {
			message: '360dialog rejected the Webhook URL or its header',
			description:
				'It accepts HTTPS addresses without a port, and no underscore in a host or a header. Check the Webhook URL of this node, the Header Name in the credential, and N8N_WEBHOOK_URL (WEBHOOK_URL in older versions of n8n). 360dialog says: "Not like this"',
		},
	},
);

describe('the test of a credential', () => {
	const testOf = credentialTestOf('360dialog');
	const test = async (data: IDataObject) =>
		await testOf({ webhookSecret: SECRET, baseUrl: api.baseUrl, ...data });

	it('has 360dialog show the webhook with the API key', async () => {
		expect(await test({ apiKey: ` ${API_KEY} ` })).toEqual({
			status: 'OK',
			message: '360dialog accepted the API key. The number has no webhook yet.',
		});
		expect(api.log).toEqual(['GET /v1/configs/webhook 200']);
	});

	it.each([
		[{ apiKey: 'another' }, '360dialog rejected the API key'],
		[{ webhookSecret: '' }, 'Enter a long random text of your own'],
		[{ webhookSecret: '', verifyBy: 'signature' }, 'Copy the Platform Secret'],
		[{ headerName: 'X_Secret' }, 'has an underscore in it'],
		[{ headerName: 'Cookie' }, 'has a meaning of its own'],
		[{ webhookSecret: 'é' }, "that a header can't carry"],
		[{ baseUrl: 'x' }, 'is not a web address'],
	])('says what is wrong: %j', async (data, words) => {
		expect(await test(data)).toEqual({
			status: 'Error',
			message: expect.stringContaining(words) as string,
		});
	});

	it('asks no header of a partner', async () => {
		expect(await test({ verifyBy: 'signature', headerName: 'Cookie' })).toMatchObject({
			status: 'OK',
		});
	});
});
