import type { IDataObject } from 'n8n-workflow';
import { Dialog360WebhookApi } from '../../../credentials/Dialog360WebhookApi.credentials';
import { credentialTestOf } from '../../../test/support/credential-test';
import {
	hookContext,
	TEST_URL,
	URL_OF_NODE,
	type HookChange,
} from '../../../test/support/hook-context';
import { describeSingleSlot } from '../../../test/support/single-slot';
import { Dialog360Trigger } from '../Dialog360Trigger.node';
import { dialog360Webhook } from '../webhook';
import { API_KEY, Fake360dialog } from './fake-360dialog';

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
		expect(staticData).toEqual({ webhooksBefore: { [URL_OF_NODE]: null } });
		expect(api.log).toEqual([
			'GET /v1/configs/webhook 200',
			'GET /v1/configs/webhook 200',
			`POST /v1/configs/webhook 200 ${URL_OF_NODE}`,
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
		expect(log).toEqual([expect.stringContaining(`goes on sending events to ${URL_OF_NODE}`)]);
	});

	it('can no longer be put back with another API key, and n8n’s log says so', async () => {
		api.webhook = FOREIGN;
		const { context, staticData, log } = published();
		await dialog360Webhook.create.call(context);
		staticData.webhooksBefore = { [URL_OF_NODE]: 'c2VhbGVkIHdpdGggYW5vdGhlciBrZXk=' };

		await dialog360Webhook.delete.call(context);

		expect(api.webhook).toEqual(OURS);
		expect(log[1]).toMatch(/could not be put back\. It goes on sending events to https/);
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
		[{ apiKey: ' ' }, 'needs an API key'],
		[{ apiKey: 'd360 ••••••••' }, 'API key in the credential cannot be used'],
		[{ baseUrl: 'http://waba.example.com' }, 'begins with http://'],
	])('before 360dialog is asked: %j', async (credential, words) => {
		for (const method of METHODS) {
			await expect(
				dialog360Webhook[method].call(published({ credential }).context),
			).rejects.toMatchObject({ message: expect.stringContaining(words) as string });
		}
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
					message: 'The credential cannot be used',
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
			message: '360dialog did not accept the webhook (status 400)',
			description: expect.stringMatching(
				/without an underscore.+N8N_WEBHOOK_URL.+says: "Invalid webhook url"/,
			) as string,
			httpCode: '400',
		});
	});

	it.each([
		[{ status: 401 }, 'did not accept the API key'],
		[{ status: 403, body: { error: 'Forbidden' } }, 'did not accept the API key'],
		[{ status: 404 }, 'No 360dialog API was found'],
		[{ status: 429 }, 'rate limit'],
		[{ status: 400 }, 'did not say where events go (status 400)'],
		[{ status: 502 }, 'is unavailable (status 502)'],
		[{ status: 302, headers: { location: 'https://x.example' } }, 'answers from elsewhere'],
	])('when 360dialog answers %j', async (fault, words) => {
		api.faults.push(fault);

		await expect(dialog360Webhook.checkExists.call(published().context)).rejects.toMatchObject({
			message: expect.stringContaining(words) as string,
		});
	});

	it('when 360dialog does not answer', async () => {
		const { context } = published();
		await api.stop();

		await expect(dialog360Webhook.create.call(context)).rejects.toMatchObject({
			message: expect.stringContaining('did not answer') as string,
		});
	});
});

describe('the test of a credential', () => {
	const testOf = credentialTestOf('360dialog');
	const test = async (data: IDataObject) =>
		await testOf({ webhookSecret: SECRET, baseUrl: api.baseUrl, ...data });

	it('has 360dialog show the webhook with the API key', async () => {
		expect(await test({ apiKey: ` ${API_KEY} ` })).toEqual({
			status: 'OK',
			message: '360dialog accepted the API key',
		});
		expect(api.log).toEqual(['GET /v1/configs/webhook 200']);
	});

	it.each([
		[{ apiKey: 'another' }, '360dialog did not accept the API key'],
		[{ webhookSecret: '' }, 'Enter a long random text of your own'],
		[{ webhookSecret: '', verifyBy: 'signature' }, 'Copy the Platform Secret'],
		[{ headerName: 'X_Secret' }, 'has an underscore in it'],
		[{ headerName: 'Cookie' }, 'has a meaning of its own'],
		[{ webhookSecret: 'é' }, 'that a header cannot carry'],
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
