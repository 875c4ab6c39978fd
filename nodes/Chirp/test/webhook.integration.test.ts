import { NodeApiError, NodeOperationError, type IDataObject } from 'n8n-workflow';
import { ChirpApi } from '../../../credentials/ChirpApi.credentials';
import { ChirpTrigger } from '../ChirpTrigger.node';
import { provider } from '../provider';
import { chirpWebhook } from '../webhook';
import { describeSetupFaults } from '../../../test/support/setup-faults';
import { errorBody, FakeChirp } from './fake-chirp';
import { until } from '../../../test/kit/until';
import { credentialTestOf } from '../../../test/support/credential-test';
import { hookContext, URL_OF_NODE, type HookChange } from '../../../test/support/hook-context';

const APP_KEY = `sk_live_app_${'k'.repeat(20)}`;
const SECRET = 'a long random text';

let chirp: FakeChirp;

beforeEach(async () => {
	chirp = await new FakeChirp(APP_KEY, 5).start();
});

afterEach(async () => {
	await chirp.stop();
});

/** A published Chirp Trigger that listens to Read. */
function published(change: HookChange = {}) {
	return hookContext(
		{
			nodeType: new ChirpTrigger(),
			credentialType: new ChirpApi(),
			parameters: { events: ['message.read'] },
			credential: {
				apiKey: APP_KEY,
				webhookSecret: SECRET,
				headerName: 'X-Webhook-Secret',
				baseUrl: chirp.baseUrl,
			},
		},
		change,
	);
}

const test = credentialTestOf('chirp');

describe('the webhook of a published node', () => {
	it('is created, found, brought up to date and deleted', async () => {
		const { context, staticData } = published();

		expect(await chirpWebhook.checkExists.call(context)).toBe(false);
		expect(await chirpWebhook.create.call(context)).toBe(true);
		expect(chirp.webhooks).toMatchObject([
			{
				url: URL_OF_NODE,
				events: ['messages.whatsapp.read'],
				headers: { 'X-Webhook-Secret': SECRET },
			},
		]);
		expect(staticData).toEqual({ webhookIds: { [URL_OF_NODE]: chirp.webhooks[0]?.id } });
		expect(await chirpWebhook.checkExists.call(context)).toBe(true);

		const changed = published({ staticData, parameters: { events: ['message.failed'] } }).context;
		expect(await chirpWebhook.checkExists.call(changed)).toBe(false);
		expect(await chirpWebhook.create.call(changed)).toBe(true);
		expect(chirp.webhooks).toMatchObject([{ events: ['messages.whatsapp.failed'] }]);

		expect(await chirpWebhook.delete.call(changed)).toBe(true);
		expect(chirp.webhooks).toEqual([]);
		expect(staticData).toEqual({ webhookIds: {} });
	});

	it('keeps what it remembers of other URLs, and replaces what is no memory', async () => {
		const kept = published({ staticData: { webhookIds: { 'https://x.example': 'whk_x' } } });
		await chirpWebhook.create.call(kept.context);
		expect(kept.staticData.webhookIds).toEqual({
			'https://x.example': 'whk_x',
			[URL_OF_NODE]: chirp.webhooks[0]?.id,
		});

		const broken = published({ staticData: { webhookIds: ['whk_x'] } });
		await chirpWebhook.create.call(broken.context);
		expect(broken.staticData.webhookIds).toEqual({ [URL_OF_NODE]: chirp.webhooks[0]?.id });
	});

	it('carries the secret in the header that the credential names', async () => {
		const named = published({ credential: { headerName: ' X-My-Secret ' } });
		await chirpWebhook.create.call(named.context);
		expect(chirp.webhooks[0]?.headers).toEqual({ 'X-My-Secret': SECRET });

		await chirpWebhook.create.call(published({ credential: { headerName: ' ' } }).context);
		expect(chirp.webhooks[0]?.headers).toEqual({ 'X-Webhook-Secret': SECRET });
	});

	it.each(['X-Webhook-Secret', 'x-My-secret'])(
		'has Chirp send along, in %s, what the node accepts',
		async (headerName) => {
			await chirpWebhook.create.call(published({ credential: { headerName } }).context);
			const sent = Object.entries(chirp.webhooks[0]?.headers ?? {});
			const headers = Object.fromEntries(sent.map(([name, value]) => [name.toLowerCase(), value]));
			const delivery = { rawBody: Buffer.from('{}'), headers, url: URL_OF_NODE, receivedAt: 0 };
			const verify = (webhookSecret: string) =>
				provider.verifier.verify(delivery, { webhookSecret, headerName });

			expect(verify(SECRET)).toEqual({ ok: true });
			expect(verify('another')).toEqual({ ok: false, reason: 'header_mismatch' });
		},
	);

	it.each([
		[undefined, ['messages.whatsapp.received', 'messages.whatsapp.failed']],
		[['whatsapp'], ['messages.whatsapp.received', 'messages.whatsapp.failed']],
		[['sms'], ['messages.sms.received', 'messages.sms.failed']],
		[
			['sms', 'whatsapp'],
			[
				...['messages.sms.received', 'messages.sms.failed'],
				...['messages.whatsapp.received', 'messages.whatsapp.failed'],
			],
		],
	])('gets SMS only where it is asked for: channels %j', async (channels, events) => {
		const parameters = {
			events: ['message.received', 'message.failed'],
			...(channels ? { channels } : {}),
		};
		await chirpWebhook.create.call(published({ parameters }).context);

		expect(chirp.webhooks).toMatchObject([{ events }]);
	});

	it.each([
		['no event', { events: [] }],
		['no channel', { channels: [] }],
		['no event that the channel has', { events: ['message.read'], channels: ['sms'] }],
	])('is not created for %s', async (_, parameters) => {
		await expect(chirpWebhook.create.call(published({ parameters }).context)).rejects.toMatchObject(
			{
				message: "Chirp has no events for this node's selection",
				description: expect.stringContaining('under Listen To') as string,
			},
		);
		expect(chirp.log).toEqual([]);
	});

	it('is left alone with manual setup', async () => {
		const { context } = published({ parameters: { webhookSetup: 'manual' } });

		expect(await chirpWebhook.checkExists.call(context)).toBe(true);
		expect(await chirpWebhook.create.call(context)).toBe(true);
		expect(await chirpWebhook.delete.call(context)).toBe(true);
		expect(chirp.log).toEqual([]);
	});
});

describe('unpublishing', () => {
	const OTHER_KEY = `sk_live_app_${'o'.repeat(20)}`;

	it('warns in the log of a webhook that was made with another app key, and does not fail', async () => {
		const { context, staticData } = published();
		await chirpWebhook.create.call(context);
		const [left] = chirp.webhooks;
		chirp.addApp(OTHER_KEY);
		const withOtherKey = published({
			credential: { apiKey: OTHER_KEY },
			staticData,
			workflowName: 'Leads\n2026-01-01 | info | Owner logged in\u001b[2K',
		});

		expect(await chirpWebhook.delete.call(withOtherKey.context)).toBe(true);

		expect(chirp.webhooks).toEqual([left]);
		expect(withOtherKey.log).toEqual([
			`Chirp doesn't show the webhook ${left?.id} to the key of node "Trigger" of workflow "Leads 2026-01-01 | info | Owner logged in [2K" (workflow-1). If you changed the app key while the workflow was published, the webhook still belongs to the other application and sends events to ${URL_OF_NODE}: delete it on that application's Webhooks page in Chirp, and next time unpublish first. If you deleted it there yourself, there's nothing to do.`,
		]);
		expect(withOtherKey.staticData).toEqual({ webhookIds: {} });
	});

	it('deletes the webhook that somebody made again by hand, and logs nothing', async () => {
		const { context, log } = published();
		await chirpWebhook.create.call(context);
		const url = String(chirp.webhooks[0]?.url);
		chirp.webhooks = [];
		chirp.add({ url, events: ['messages.whatsapp.read'] });

		expect(await chirpWebhook.delete.call(context)).toBe(true);

		expect(chirp.webhooks).toEqual([]);
		expect(log).toEqual([]);
	});

	it('logs nothing where nothing was remembered', async () => {
		const { context, log } = published();

		expect(await chirpWebhook.delete.call(context)).toBe(true);
		expect(log).toEqual([]);
	});
});

it.each([
	[{ status: 300, body: '[]' }, ''],
	[{ status: 399, headers: { location: 'https://x.example/some/path' } }, ' to https://x.example'],
	[{ status: 308, headers: { location: '/v2/webhooks' } }, ''],
])('a redirect is named by the host that it points to: %j', async (fault, where) => {
	chirp.outage = () => fault;

	await expect(chirpWebhook.checkExists.call(published().context)).rejects.toMatchObject({
		message: `Chirp's API returned a redirect${where} (HTTP ${fault.status})`,
		description:
			"n8n didn't follow it, because that would send the app key to another address. Set the Base URL in the credential to https://api.buildwithchirp.com, and check that no proxy responds in its place.",
	});
});

describe('a header that no delivery could carry', () => {
	const BAD: [string, IDataObject, string][] = [
		['a secret that is not ASCII', { webhookSecret: 'pässwörd' }, "that a header can't carry"],
		['a secret with a line break', { webhookSecret: 'a\nb' }, "that a header can't carry"],
		['a secret with white space around it', { webhookSecret: 'a ' }, 'ends with whitespace'],
		['a hidden secret', { webhookSecret: '••••••••' }, 'is a masked value'],
		['a header of which Node.js keeps the first', { headerName: 'Authorization' }, 'in HTTP'],
		['a header that proxies remove', { headerName: 'Connection' }, 'in HTTP'],
		['a header name with a space', { headerName: 'X Secret' }, 'no spaces'],
	];

	it.each(BAD)('is rejected when the workflow is published: %s', async (_, credential, words) => {
		for (const method of ['checkExists', 'create'] as const) {
			await expect(
				chirpWebhook[method].call(published({ credential }).context),
			).rejects.toMatchObject({
				message: expect.stringMatching(/ in the credential can't be used$/) as string,
				description: expect.stringContaining(words) as string,
			});
		}
		expect(chirp.webhooks).toEqual([]);
	});

	it.each(BAD)('is rejected with manual setup too: %s', async (_, credential, words) => {
		const { context } = published({ credential, parameters: { webhookSetup: 'manual' } });

		await expect(chirpWebhook.checkExists.call(context)).rejects.toMatchObject({
			description: expect.stringContaining(words) as string,
		});
	});

	it.each(BAD)('is rejected by the test of the credential: %s', async (_, credential, words) => {
		for (const access of [{}, { apiKey: APP_KEY, baseUrl: chirp.baseUrl }]) {
			expect(await test({ webhookSecret: SECRET, ...access, ...credential })).toEqual({
				status: 'Error',
				message: expect.stringContaining(words) as string,
			});
		}
		expect(chirp.log).toEqual([]);
	});

	it.each(BAD)('does not stand in the way of unpublishing: %s', async (_, credential) => {
		const { context, staticData } = published();
		await chirpWebhook.create.call(context);

		await chirpWebhook.delete.call(published({ credential, staticData }).context);
		expect(chirp.webhooks).toEqual([]);
	});

	it.each(['checkExists', 'create', 'delete'] as const)(
		'nor an app key that no request could carry: %s',
		async (method) => {
			const credential = { apiKey: 'sk_live_app_é' };

			await expect(
				chirpWebhook[method].call(published({ credential, node: { webhookId: method } }).context),
			).rejects.toMatchObject({ message: "The app key in the credential can't be used" });
			expect(
				await test({ webhookSecret: SECRET, baseUrl: chirp.baseUrl, ...credential }),
			).toMatchObject({
				message: expect.stringContaining('The App Key contains a character') as string,
			});
			expect(chirp.log).toEqual([]);
		},
	);
});

describe('what went wrong is said in the editor', () => {
	const METHODS = ['checkExists', 'create', 'delete'] as const;

	it.each(METHODS)('when %s has no app key to ask with', async (method) => {
		for (const apiKey of ['', ' ', undefined]) {
			const { context } = published({ credential: { apiKey }, node: { webhookId: method } });

			const thrown: unknown = await chirpWebhook[method]
				.call(context)
				.catch((error: unknown) => error);

			expect(thrown).toBeInstanceOf(NodeApiError);
			expect(thrown).toMatchObject({
				message: 'Automatic setup needs the App Key, which is empty in the credential',
				description: expect.stringContaining('sk_live_app_') as string,
				httpCode: null,
			});
		}
		expect(chirp.log).toEqual([]);
	});

	it.each(['checkExists', 'create'] as const)('when %s has no secret', async (method) => {
		for (const webhookSecret of ['', ' ', undefined]) {
			const { context } = published({ credential: { webhookSecret } });

			await expect(chirpWebhook[method].call(context)).rejects.toMatchObject({
				message: 'The Webhook Secret in the credential is empty',
				description: expect.stringContaining('Make up a long random text.') as string,
			});
		}
		expect(chirp.log).toEqual([]);
	});

	it('with the words of the API, which cannot become a link', async () => {
		const { context } = published();
		const message = 'bad <a href="https://x.example">key</a>';
		chirp.faults.push({ status: 403, body: JSON.stringify({ error: { type: 'x', message } }) });

		await expect(chirpWebhook.create.call(context)).rejects.toMatchObject({
			description: expect.stringContaining(
				'Chirp says: "bad ‹a href="https://x.example">key‹/a>"',
			) as string,
		});
	});

	it.each(METHODS)('when n8n has no credential for %s', async (method) => {
		const { context } = published({ credential: null, node: { webhookId: method } });

		const thrown: unknown = await chirpWebhook[method]
			.call(context)
			.catch((error: unknown) => error);

		expect(thrown).toBeInstanceOf(NodeOperationError);
		expect(thrown).toMatchObject({ message: 'Credential with ID "1" does not exist' });
	});

	it('when what was thrown is no error', async () => {
		const { context } = published();
		Object.assign(context, {
			getCredentials: jest.fn().mockRejectedValue('text'),
		});

		await expect(chirpWebhook.create.call(context)).rejects.toMatchObject({ message: 'text' });
	});
});

describe('where Chirp’s API is', () => {
	it('is read from the credential, with slashes and white space around it', async () => {
		for (const baseUrl of [
			` ${chirp.baseUrl}// `,
			chirp.baseUrl.replace('127.0.0.1', 'LOCALHOST'),
		]) {
			await chirpWebhook.checkExists.call(published({ credential: { baseUrl } }).context);
		}

		expect(chirp.log).toEqual(['GET /v1/webhooks 200', 'GET /v1/webhooks 200']);
	});

	it('is rejected without encryption', async () => {
		const baseUrl = 'http://api.buildwithchirp.com';
		const words = expect.stringContaining('begins with http://') as string;

		for (const method of ['checkExists', 'create', 'delete'] as const) {
			const { context } = published({ credential: { baseUrl }, node: { webhookId: method } });
			await expect(chirpWebhook[method].call(context)).rejects.toMatchObject({ message: words });
		}
		for (const apiKey of ['', APP_KEY]) {
			const tested = await test({ webhookSecret: SECRET, apiKey, baseUrl });
			expect(tested).toEqual({ status: 'Error', message: words });
		}
	});
});

describe('the test of a credential', () => {
	const SIGNATURE = '7246ce1cc3552cded771812a15581ca0c65daa64b6a257599057c873c5b7db89';

	it.each([undefined, '', ' ', 7])('passes a secret without an app key (%j)', async (apiKey) => {
		for (const webhookSecret of ['x', SIGNATURE]) {
			expect(await test({ webhookSecret, apiKey })).toEqual({
				status: 'OK',
				message:
					"The secret looks valid. Without the app key, only manual setup works, and HTTP Request nodes can't use this credential.",
			});
		}
	});

	it('has Chirp list the webhooks with the app key', async () => {
		chirp.add({ url: 'https://x.example', events: [] });
		const data = { webhookSecret: SECRET, apiKey: ` ${APP_KEY} `, baseUrl: `${chirp.baseUrl}/` };

		expect(await test(data)).toEqual({ status: 'OK', message: 'Chirp accepted the app key' });
		expect(chirp.log).toEqual(['GET /v1/webhooks 200']);
	});

	it.each([
		[
			{ status: 401, body: '{"error":{"message":"Invalid API key"}}' },
			/^Chirp rejected the app key\. Copy an app key .+ Chirp says: "Invalid API key"$/,
		],
		[
			{ status: 429, headers: { 'retry-after': '7' } },
			/^Chirp's rate limit was reached\. Wait 7 seconds, then try again\.$/,
		],
		[{ status: 200, body: '<html>' }, /isn't in the form that Chirp's API documents/],
	])('says what is wrong at Chirp: %j', async (fault, message) => {
		chirp.faults.push(fault);
		const data = { webhookSecret: SECRET, apiKey: APP_KEY, baseUrl: chirp.baseUrl };

		expect(await test(data)).toEqual({
			status: 'Error',
			message: expect.stringMatching(message) as string,
		});
	});
});

describe('a key that Chirp quotes', () => {
	it('is in no text of the editor or the log', async () => {
		chirp.outage = () => ({
			status: 400,
			body: errorBody(`${APP_KEY} is wrong, and so is ${SECRET}`),
		});

		const thrown: unknown = await chirpWebhook.create
			.call(published().context)
			.catch((error: unknown) => error);
		const listening = published({ isTest: true });
		expect(await chirpWebhook.delete.call(listening.context)).toBe(true);
		await until(() => listening.log.length > 0);
		const tested = await test({ webhookSecret: SECRET, apiKey: APP_KEY, baseUrl: chirp.baseUrl });

		expect(thrown).toMatchObject({
			description: expect.stringContaining('••• is wrong, and so is •••') as string,
		});
		for (const text of [JSON.stringify(thrown), listening.log.join(), tested.message]) {
			expect(text).toContain('••• is wrong, and so is •••');
			expect(text).not.toContain(APP_KEY);
			expect(text).not.toContain(SECRET);
		}
	});
});

describeSetupFaults(
	{
		displayName: 'Chirp',
		apiName: "Chirp's API",
		stored: 'URL, events, and secret header',
		api: () => chirp,
		errorBody: (_, words) => errorBody(words),
		create: () => chirpWebhook.create.call(published().context),
		placeholders: () => ({ [chirp.baseUrl]: '<Base URL>' }),
	},
	{
		'401': {
			message: 'Chirp rejected the app key',
			description:
				'Copy an app key (sk_live_app_… or sk_test_app_…) from your application in Chirp into the credential. Admin keys (sk_admin_…) can\'t manage webhooks here. Or set Webhook Setup to Manual. Chirp says: "Not you"',
		},
		'403': {
			message: "Chirp doesn't allow this app key to manage webhooks",
			description:
				'Check the application and its account in Chirp, or use another application\'s key. Or set Webhook Setup to Manual. Chirp says: "Not with this key"',
		},
		'404': {
			message: 'There is no Chirp API at the Base URL',
			description:
				'Set the Base URL in the credential to https://api.buildwithchirp.com. Chirp says: "Nothing here"',
		},
	},
);
