import type { IDataObject } from 'n8n-workflow';
import { MetaWebhookApi } from '../../../credentials/MetaWebhookApi.credentials';
import { credentialTestOf } from '../../../test/support/credential-test';
import {
	hookContext,
	TEST_URL,
	URL_OF_NODE,
	type HookChange,
} from '../../../test/support/hook-context';
import { describeSingleSlot } from '../../../test/support/single-slot';
import { MetaTrigger } from '../MetaTrigger.node';
import { metaWebhook } from '../webhook';
import { ACCESS_TOKEN, ACCOUNT_ID, APP_ID, FakeMeta, PHONE_NUMBER_ID } from './fake-meta';

const VERIFY_TOKEN = 'a long random text';
const FOREIGN_URL = 'https://crm.example.com/whatsapp?key=secret';
const METHODS = ['checkExists', 'create', 'delete'] as const;

const NUMBER = { receiveFor: 'number', phoneNumberId: PHONE_NUMBER_ID };
const ACCOUNT = { receiveFor: 'account', accountId: ACCOUNT_ID };

let meta: FakeMeta;

beforeEach(async () => {
	meta = await new FakeMeta().start();
	for (const url of [URL_OF_NODE, TEST_URL]) meta.elsewhere.set(url, VERIFY_TOKEN);
});

afterEach(async () => {
	await meta.stop();
});

/** A published Meta WhatsApp Trigger for one phone number. */
function published(change: HookChange = {}) {
	return hookContext(
		{
			nodeType: new MetaTrigger(),
			credentialType: new MetaWebhookApi(),
			parameters: { ...NUMBER },
			credential: {
				webhookSecret: 'app_secret',
				verifyToken: VERIFY_TOKEN,
				accessToken: ACCESS_TOKEN,
				appId: APP_ID,
				baseUrl: meta.baseUrl,
			},
		},
		change,
	);
}

describe.each([
	['a number', NUMBER, 'number', `POST /v25.0/${PHONE_NUMBER_ID} 200`],
	['an account', ACCOUNT, 'account', `POST /v25.0/${ACCOUNT_ID}/subscribed_apps 200`],
] as const)('the override of %s', (_, parameters, level, request) => {
	it('is set when the workflow is published, found, and taken back', async () => {
		const { context, staticData, log } = published({ parameters });

		expect(await metaWebhook.checkExists.call(context)).toBe(false);
		expect(await metaWebhook.create.call(context)).toBe(true);
		expect(meta[level]).toBe(URL_OF_NODE);
		expect(await metaWebhook.checkExists.call(context)).toBe(true);

		expect(await metaWebhook.delete.call(context)).toBe(true);
		expect(meta[level]).toBeNull();
		expect(staticData).toEqual({ webhooksBefore: {} });
		expect(meta.log.filter((line) => line.startsWith('POST'))).toEqual([
			`${request} ${URL_OF_NODE}`,
			`${request} (none)`,
		]);
		expect(log).toEqual([]);
	});

	it('leaves the other level and other apps alone', async () => {
		const other = level === 'number' ? 'account' : 'number';
		meta[other] = FOREIGN_URL;
		const { context } = published({ parameters });

		await metaWebhook.create.call(context);
		await metaWebhook.delete.call(context);

		expect(meta[other]).toBe(FOREIGN_URL);
	});

	it('leaves nothing there where Meta does not take back what stood there', async () => {
		meta[level] = FOREIGN_URL;
		meta.elsewhere.set(FOREIGN_URL, 'a token that nobody here knows');
		const { context, log } = published({ parameters });

		await metaWebhook.create.call(context);
		await metaWebhook.delete.call(context);

		expect(meta[level]).toBeNull();
		expect(log[1]).toContain('could not be put back');
	});

	describe('as the only one', () => {
		beforeEach(() => {
			const others = [FOREIGN_URL, URL_OF_NODE.replace('n8n.', 'other-n8n.')];
			for (const url of others) meta.elsewhere.set(url, VERIFY_TOKEN);
		});

		describeSingleSlot({
			loadWebhook: async () => (await import('../webhook')).metaWebhook,
			node: (change) => published({ parameters, ...change }),
			read: () => (meta[level] === null ? null : { url: meta[level] }),
			write({ url }) {
				meta[level] = url;
			},
			foreign: { url: FOREIGN_URL },
			canClear: true,
		});
	});
});

describe('manual setup', () => {
	it('asks Meta nothing', async () => {
		const { context } = published({ parameters: { webhookSetup: 'manual' } });

		for (const method of METHODS) expect(await metaWebhook[method].call(context)).toBe(true);
		expect(meta.log).toEqual([]);
	});

	it('needs a Verify Token as well', async () => {
		const { context } = published({
			parameters: { webhookSetup: 'manual' },
			credential: { verifyToken: '' },
		});

		await expect(metaWebhook.checkExists.call(context)).rejects.toMatchObject({
			description: expect.stringContaining('The Verify Token is empty') as string,
		});
	});
});

describe('what went wrong is said in the editor', () => {
	it.each([
		[{ credential: { accessToken: ' ' } }, 'needs an Access Token'],
		[{ credential: { baseUrl: 'http://graph.example.com' } }, 'begins with http://'],
		[{ parameters: { phoneNumberId: '' } }, 'The Phone Number ID is empty'],
		[{ parameters: { phoneNumberId: '+1 555 0102030' } }, 'not an id of Meta'],
		[{ parameters: { ...ACCOUNT, accountId: '../1' } }, 'not an id of Meta'],
		[{ parameters: ACCOUNT, credential: { appId: '' } }, 'needs the App ID'],
	])('before Meta is asked: %j', async (change, words) => {
		for (const method of METHODS) {
			await expect(metaWebhook[method].call(published(change).context)).rejects.toMatchObject({
				message: expect.stringContaining(words) as string,
			});
		}
		expect(meta.log).toEqual([]);
	});

	it('when there is nothing to verify deliveries by, which unpublishing does not need', async () => {
		const { context } = published();
		await metaWebhook.create.call(context);
		const without = published({ credential: { webhookSecret: '' } }).context;

		for (const method of ['checkExists', 'create'] as const) {
			await expect(metaWebhook[method].call(without)).rejects.toMatchObject({
				message: 'The credential cannot be used',
				description: expect.stringContaining('The App Secret is empty') as string,
			});
		}
		await metaWebhook.delete.call(without);
		expect(meta.number).toBeNull();
	});

	it('when Meta asks the URL in vain', async () => {
		meta.elsewhere.set(URL_OF_NODE, 'another token');

		await expect(metaWebhook.create.call(published().context)).rejects.toMatchObject({
			message: 'Meta did not accept the webhook (status 400)',
			description: expect.stringMatching(
				/N8N_WEBHOOK_URL.+Meta says: "\(#2200\) Callback verification failed/,
			) as string,
			httpCode: '400',
		});
	});

	it('when the URL is longer than Meta takes', async () => {
		const { context } = published();
		Object.assign(context, { getNodeWebhookUrl: () => `https://x.example/${'y'.repeat(200)}` });

		await expect(metaWebhook.create.call(context)).rejects.toMatchObject({
			message: 'The Webhook URL has 218 characters, and Meta takes 200',
		});
	});

	it.each([
		[
			{ status: 401, body: { error: { code: 190, message: 'Expired' } } },
			'did not accept the Access',
		],
		[{ status: 400, body: { error: { code: 190 } } }, 'did not accept the Access Token'],
		[{ status: 403, body: { error: { code: 10 } } }, 'may not do this'],
		[{ status: 400, body: { error: { code: 200 } } }, 'may not do this'],
		[{ status: 400, body: { error: { code: 80007 } } }, 'rate limit'],
		[{ status: 429 }, 'rate limit'],
		[{ status: 400, body: { error: { code: 100 } } }, 'did not say where events go (status 400)'],
		[{ status: 503 }, 'is unavailable (status 503)'],
		[{ status: 302, headers: { location: 'https://x.example' } }, 'answers from elsewhere'],
		[{ status: 200, body: { success: false } }, 'did not say where events go'],
	])('when Meta answers %j', async (fault, words) => {
		meta.faults.push(fault);

		await expect(metaWebhook.checkExists.call(published().context)).rejects.toMatchObject({
			message: expect.stringContaining(words) as string,
		});
	});

	it('when Meta does not answer', async () => {
		const { context } = published();
		await meta.stop();

		await expect(metaWebhook.create.call(context)).rejects.toMatchObject({
			message: expect.stringContaining('did not answer') as string,
		});
	});
});

describe('the test of a credential with an Access Token', () => {
	const testOf = credentialTestOf('meta');
	const test = async (data: IDataObject) =>
		await testOf({
			webhookSecret: 'secret',
			verifyToken: VERIFY_TOKEN,
			baseUrl: meta.baseUrl,
			...data,
		});

	it('has Meta accept it', async () => {
		expect(await test({ accessToken: ` ${ACCESS_TOKEN}` })).toEqual({
			status: 'OK',
			message: 'Meta accepted the Access Token',
		});
		expect(meta.log).toEqual(['GET /v25.0/me 200']);
	});

	it.each([
		[{ accessToken: 'EAAother' }, 'Meta did not accept the Access Token'],
		[{ accessToken: 'EAA••••••••' }, 'in place of a hidden secret'],
		[{ accessToken: 'EAA x' }, 'has white space in it'],
		[{ verifyToken: ' ' }, 'The Verify Token is empty'],
		[{ verifyToken: 'x ' }, 'The Verify Token begins or ends with white space'],
		[{ baseUrl: 'ftp://x', accessToken: ACCESS_TOKEN }, 'is not a web address'],
	])('says what is wrong: %j', async (data, words) => {
		expect(await test(data)).toEqual({
			status: 'Error',
			message: expect.stringContaining(words) as string,
		});
	});
});
