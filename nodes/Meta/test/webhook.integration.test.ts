import type { IDataObject } from 'n8n-workflow';
import { MetaWebhookApi } from '../../../credentials/MetaWebhookApi.credentials';
import { credentialTestOf } from '../../../test/support/credential-test';
import {
	hookContext,
	TEST_URL,
	URL_OF_NODE,
	type HookChange,
} from '../../../test/support/hook-context';
import { describeSetupFaults } from '../../../test/support/setup-faults';
import { describeSingleSlot, expectFault } from '../../../test/support/single-slot';
import { MetaTrigger } from '../MetaTrigger.node';
import { metaWebhook } from '../webhook';
import {
	ACCESS_TOKEN,
	ACCOUNT_ID,
	APP_ID,
	APP_SECRET,
	FakeMeta,
	PHONE_NUMBER_ID,
	rejection,
} from './fake-meta';

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
				webhookSecret: APP_SECRET,
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
		expect(staticData).toEqual({});
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
		expect(log[1]).toContain("The previous webhook couldn't be restored");
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
			rewriteUrls() {
				meta.rewritesUrls = true;
			},
			accept: (url) => meta.elsewhere.set(url, VERIFY_TOKEN),
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
		[{ credential: { accessToken: ' ' } }, 'needs the Access Token'],
		[{ credential: { baseUrl: 'http://graph.example.com' } }, 'begins with http://'],
		[{ parameters: { phoneNumberId: '' } }, 'The Phone Number ID is empty'],
		[{ parameters: { phoneNumberId: '+1 555 0102030' } }, 'has more in it than digits'],
		[{ parameters: { ...ACCOUNT, accountId: '../1' } }, 'has more in it than digits'],
		[{ parameters: ACCOUNT, credential: { appId: '' } }, 'needs the App ID'],
	])('before Meta is asked: %j', async (change, words) => {
		await expectFault(metaWebhook, published(change).context, words);
		expect(meta.log).toEqual([]);
	});

	it('when there is nothing to verify deliveries by, which unpublishing does not need', async () => {
		const { context } = published();
		await metaWebhook.create.call(context);
		const without = published({ credential: { webhookSecret: '' } }).context;

		for (const method of ['checkExists', 'create'] as const) {
			await expect(metaWebhook[method].call(without)).rejects.toMatchObject({
				message: "The credential can't be used",
				description: expect.stringContaining('The App Secret is empty') as string,
			});
		}
		await metaWebhook.delete.call(without);
		expect(meta.number).toBeNull();
	});

	it('when the URL is longer than Meta accepts', async () => {
		const { context } = published();
		Object.assign(context, { getNodeWebhookUrl: () => `https://x.example/${'y'.repeat(200)}` });

		await expect(metaWebhook.create.call(context)).rejects.toMatchObject({
			message: 'The Webhook URL has 218 characters, and Meta accepts 200',
		});
	});

	it.each([
		[
			'Meta verifies the URL in vain',
			() => meta.elsewhere.set(URL_OF_NODE, 'another'),
			{},
			{
				message: "Meta couldn't verify the Webhook URL",
				description:
					'Meta calls the URL right away. Check that n8n is reachable from the internet over HTTPS, and that N8N_WEBHOOK_URL (WEBHOOK_URL in older versions of n8n) is its public address. Meta says: "(#2200) Callback verification failed: the URL could not be validated"',
				httpCode: '400',
			},
		],
		[
			'the number is unknown',
			() => undefined,
			{ parameters: { phoneNumberId: '404' } },
			{
				message: 'The Access Token shows no phone number with this ID',
			},
		],
		[
			'the account is unknown',
			() => undefined,
			{ parameters: { ...ACCOUNT, accountId: '404' } },
			{
				message: 'The Access Token shows no WhatsApp Business Account with this ID',
			},
		],
		[
			'the App ID is of another app',
			() => {
				meta.isSubscribed = false;
			},
			{ parameters: ACCOUNT, credential: { appId: '1' } },
			{
				message: `The Access Token belongs to the app ${APP_ID}, and the App ID in the credential is 1`,
			},
		],
		[
			'the app has no Callback URL',
			() => {
				meta.receivesMessages = false;
			},
			{},
			{
				message:
					"Your app at Meta doesn't receive the messages of this WhatsApp Business Account yet",
				description: expect.stringContaining('Enter a Callback URL') as string,
			},
		],
		[
			'the App Secret is of another app',
			() => undefined,
			{ credential: { webhookSecret: 'other' } },
			{
				message: 'Meta rejected the App Secret',
			},
		],
		[
			'there is a version in the Base URL',
			() => undefined,
			{ credential: { baseUrl: '/v25.0' } },
			{
				message: 'The Base URL in the credential has more in it than the address of the Graph API',
			},
		],
		[
			'the token lacks a permission',
			() =>
				meta.faults.push({
					status: 403,
					body: { error: { code: 10, message: 'Permission' } },
				}),
			{},
			{ message: 'The Access Token lacks a permission' },
		],
		[
			'too much was asked',
			() =>
				meta.faults.push({
					status: 400,
					body: { error: { code: 80007 } },
				}),
			{},
			{ message: "Meta's rate limit was reached" },
		],
		[
			'Meta is out of order',
			() =>
				meta.faults.push({
					status: 500,
					body: { error: { code: 2 } },
				}),
			{},
			{ message: 'Meta reported a temporary internal error' },
		],
	])('when %s', async (_, prepare, change, words) => {
		prepare();
		const credential = 'credential' in change ? { ...change.credential } : {};
		if ('baseUrl' in credential) credential.baseUrl = meta.baseUrl + String(credential.baseUrl);

		const { context } = published({ ...change, credential });
		const publish = async () =>
			(await metaWebhook.checkExists.call(context)) || (await metaWebhook.create.call(context));

		await expect(publish()).rejects.toMatchObject(words);
		expect(meta.number).toBeNull();
	});

	it('when Meta is out of reach', async () => {
		const { context } = published();
		await meta.stop();

		await expect(metaWebhook.create.call(context)).rejects.toMatchObject({
			message: expect.stringContaining("couldn't reach Meta's API") as string,
		});
	});
});

describe.each([
	['a number', NUMBER, 'number'],
	['an account', ACCOUNT, 'account'],
] as const)('an app that is not subscribed to the account of %s', (_, parameters, level) => {
	it('is subscribed', async () => {
		meta.isSubscribed = false;

		await metaWebhook.create.call(published({ parameters }).context);

		expect(meta.isSubscribed).toBe(true);
		expect(meta[level]).toBe(URL_OF_NODE);
	});
});

it('registers the GET before the POST, since n8n may forget what it registered before a fault', () => {
	const { webhooks } = new MetaTrigger().description;

	expect(webhooks?.map(({ name, httpMethod }) => [name, httpMethod])).toEqual([
		['setup', 'GET'],
		['default', 'POST'],
	]);
});

it('accepts either App Secret while it is being rotated', async () => {
	meta.demandsProof = true;
	meta.appSecret = 'the_new_one';
	const { context } = published({ credential: { secondWebhookSecret: 'the_new_one' } });

	expect(await metaWebhook.create.call(context)).toBe(true);
	expect(meta.number).toBe(URL_OF_NODE);
});

describeSetupFaults(
	{
		displayName: 'Meta',
		apiName: "Meta's API",
		stored: 'Callback URL',
		api: () => meta,
		errorBody: (status, words) => {
			const code = { 401: 190, 403: 10, 404: 100, 422: 100, 429: 4 }[status] ?? 2;
			const missing = `Unsupported get request. Object with ID '${PHONE_NUMBER_ID}' does not exist`;
			return rejection(status, code, status === 404 ? missing : words).body;
		},
		async create() {
			const { context } = published();
			if (!(await metaWebhook.checkExists.call(context))) await metaWebhook.create.call(context);
		},
		placeholders: () => ({ [meta.baseUrl]: '<Base URL>' }),
	},
	{
		'401': {
			message: 'Meta rejected the Access Token',
			description:
				'Make one for a system user in Meta Business Suite (Settings → System users → Generate token) and paste it into the credential. Or set Webhook Setup to Manual. Meta says: "Not you"',
		},
		'403': {
			message: 'The Access Token lacks a permission',
			description:
				'Generate it with the permissions whatsapp_business_management and whatsapp_business_messaging, for a system user that has the app and the WhatsApp account as assets. Meta says: "Not with this key"',
		},
		'404': {
			message: 'The Access Token shows no phone number with this ID',
			description:
				"Copy the Phone Number ID from the App Dashboard: WhatsApp → API Setup. It isn't the number itself. If it's right, give the system user of the token the number's account as an asset. Meta says: \"Unsupported get request. Object with ID '106540352242922' does not exist\"",
		},
		'429': {
			message: "Meta's rate limit was reached",
			description: 'Wait a few minutes, then try again. Meta says: "Too fast"',
		},
		'500': {
			message: 'Meta reported a temporary internal error',
			description: 'Try again later. Or set Webhook Setup to Manual. Meta says: "Something broke"',
		},
	},
);

describe('the test of a credential with an Access Token', () => {
	const testOf = credentialTestOf('meta');
	const test = async (data: IDataObject) =>
		await testOf({
			webhookSecret: APP_SECRET,
			verifyToken: VERIFY_TOKEN,
			baseUrl: meta.baseUrl,
			...data,
		});

	it('has Meta accept it', async () => {
		expect(await test({ accessToken: ` ${ACCESS_TOKEN}` })).toEqual({
			status: 'OK',
			message: 'Meta accepted the Access Token and the App Secret',
		});
		expect(meta.log).toEqual(['GET /v25.0/me 200']);
	});

	it.each([
		[{ accessToken: 'EAAother' }, 'Meta rejected the Access Token'],
		[{ webhookSecret: 'other', accessToken: ACCESS_TOKEN }, 'Meta rejected the App Secret'],
		[{ accessToken: 'EAA••••••••' }, 'is a masked value'],
		[{ accessToken: 'EAA x' }, 'contains whitespace'],
		[{ verifyToken: ' ' }, 'The Verify Token is empty'],
		[{ verifyToken: 'x ' }, 'The Verify Token starts or ends with whitespace'],
		[{ baseUrl: 'ftp://x', accessToken: ACCESS_TOKEN }, 'is not a web address'],
	])('says what is wrong: %j', async (data, words) => {
		expect(await test(data)).toEqual({
			status: 'Error',
			message: expect.stringContaining(words) as string,
		});
	});
});
