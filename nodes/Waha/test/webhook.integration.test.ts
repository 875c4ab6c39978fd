import { WahaWebhookApi } from '../../../credentials/WahaWebhookApi.credentials';
import { startLoopbackServer } from '../../../playground/loopback-server';
import { credentialTestOf } from '../../../test/support/credential-test';
import { hookContext, URL_OF_NODE, type HookChange } from '../../../test/support/hook-context';
import { WahaTrigger } from '../WahaTrigger.node';
import { wahaWebhook } from '../webhook';
import { FakeWaha, type FakeConfig } from './fake-waha';

const API_KEY = 'waha-test-api-key';
const HMAC_KEY = 'a long random text';

let waha: FakeWaha;

beforeEach(async () => {
	waha = await new FakeWaha(API_KEY).start();
});

afterEach(async () => {
	await waha.stop();
});

/** A published WAHA Trigger that listens to Received. */
function published(change: HookChange = {}) {
	return hookContext(
		{
			nodeType: new WahaTrigger(),
			credentialType: new WahaWebhookApi(),
			parameters: { events: ['message.received'], session: 'default' },
			credential: {
				apiKey: API_KEY,
				webhookSecret: HMAC_KEY,
				baseUrl: waha.baseUrl,
			},
		},
		change,
	);
}

const test = credentialTestOf('waha');

/** What people keep in a session's configuration beside our webhook. */
const OTHERS: FakeConfig = {
	webhooks: [
		{
			url: 'https://crm.example.com/waha',
			events: ['message.any'],
			hmac: { key: "the CRM's key" },
			retries: { policy: 'exponential', delaySeconds: 3, attempts: 5 },
			customHeaders: [{ name: 'X-Tenant', value: '7' }],
		},
		{ url: 'http://logger:8080/', events: ['session.status'], hmac: null, retries: null },
	],
	metadata: { 'user.id': '123' },
	proxy: { server: 'localhost:3128', username: 'me', password: 'P@ssw0rd' },
	client: { deviceName: 'Shop' },
	ignore: { status: true, groups: false },
	noweb: { store: { enabled: true, fullSync: false } },
	debug: false,
};

const OURS = {
	url: URL_OF_NODE,
	events: ['message', 'message.reaction'],
	hmac: { key: HMAC_KEY },
};

const configOf = (session = 'default') => waha.sessions.get(session);

describe('the webhook of a published node', () => {
	it('is added, found, brought up to date and removed', async () => {
		const { context, staticData } = published();

		expect(await wahaWebhook.checkExists.call(context)).toBe(false);
		expect(await wahaWebhook.create.call(context)).toBe(true);
		expect(configOf()).toEqual({ webhooks: [OURS] });
		expect(await wahaWebhook.checkExists.call(context)).toBe(true);

		const changed = published({ staticData, parameters: { events: ['message.failed'] } }).context;
		expect(await wahaWebhook.checkExists.call(changed)).toBe(false);
		expect(await wahaWebhook.create.call(changed)).toBe(true);
		expect(configOf()).toEqual({
			webhooks: [{ ...OURS, events: ['message.ack', 'message.ack.group'] }],
		});

		expect(await wahaWebhook.delete.call(changed)).toBe(true);
		expect(configOf()).toEqual({ webhooks: [] });
		expect(waha.log).toEqual([
			'GET /api/sessions/default 200',
			'GET /api/sessions/default 200',
			'GET /api/sessions/default 200',
			'PUT /api/sessions/default 200',
			'GET /api/sessions/default 200',
			'GET /api/sessions/default 200',
			'GET /api/sessions/default 200',
			'GET /api/sessions/default 200',
			'PUT /api/sessions/default 200',
			'GET /api/sessions/default 200',
			'PUT /api/sessions/default 200',
			'GET /api/sessions/default 200',
		]);
	});

	it('leaves everything else in the configuration of the session as it was', async () => {
		waha.sessions.set('default', structuredClone(OTHERS));
		const { context } = published();

		await wahaWebhook.create.call(context);
		expect(configOf()).toEqual({ ...OTHERS, webhooks: [...(OTHERS.webhooks ?? []), OURS] });

		await wahaWebhook.delete.call(context);
		expect(configOf()).toEqual(OTHERS);
	});

	it('keeps retries and headers that a person gave it', async () => {
		const theirs = {
			retries: { policy: 'linear' as const, delaySeconds: 9, attempts: 4 },
			customHeaders: [{ name: 'X-Tenant', value: '7' }],
		};
		waha.sessions.set('default', {
			webhooks: [{ url: URL_OF_NODE, events: ['message.any'], ...theirs }],
		});

		await wahaWebhook.create.call(published().context);

		expect(configOf()).toEqual({ webhooks: [{ ...OURS, ...theirs }] });
	});

	it.each([
		['another HMAC key', { hmac: { key: 'another' } }],
		['no HMAC key', { hmac: null }],
		['other events', { events: ['message'] }],
	])('is brought up to date where WAHA has %s', async (_, change) => {
		waha.sessions.set('default', { webhooks: [{ ...OURS, ...change }] });
		const { context } = published();

		expect(await wahaWebhook.checkExists.call(context)).toBe(false);
		await wahaWebhook.create.call(context);
		expect(configOf()).toEqual({ webhooks: [OURS] });
	});

	it('restarts the session once for each change, and for nothing else', async () => {
		const { context } = published();
		await wahaWebhook.checkExists.call(context);
		expect(waha.restarts).toBe(0);

		await wahaWebhook.create.call(context);
		await wahaWebhook.checkExists.call(context);
		expect(waha.restarts).toBe(1);

		await wahaWebhook.delete.call(context);
		expect(waha.restarts).toBe(2);
	});

	it('is that of the session that the node names', async () => {
		waha.sessions.set('shop/2', undefined);

		await wahaWebhook.create.call(published({ parameters: { session: ' shop/2 ' } }).context);

		expect(configOf('shop/2')).toEqual({ webhooks: [OURS] });
		expect(configOf()).toBeUndefined();
		expect(waha.log.at(-1)).toBe('PUT /api/sessions/shop%2F2 200');
	});

	it('is gone with its session, which unpublishing says in the log', async () => {
		const { context, log } = published();
		await wahaWebhook.create.call(context);
		waha.sessions.delete('default');

		expect(await wahaWebhook.delete.call(context)).toBe(true);
		expect(log).toEqual([expect.stringContaining(`WAHA shows no webhook ${URL_OF_NODE}`)]);
	});

	it('is left alone with manual setup', async () => {
		const { context } = published({ parameters: { webhookSetup: 'manual' } });

		expect(await wahaWebhook.checkExists.call(context)).toBe(true);
		expect(await wahaWebhook.create.call(context)).toBe(true);
		expect(await wahaWebhook.delete.call(context)).toBe(true);
		expect(waha.log).toEqual([]);
	});

	it('needs an HMAC key with manual setup, too', async () => {
		const { context } = published({
			parameters: { webhookSetup: 'manual' },
			credential: { webhookSecret: ' ' },
		});

		await expect(wahaWebhook.checkExists.call(context)).rejects.toMatchObject({
			message: 'The credential cannot be used',
			description: expect.stringContaining('The HMAC Key is empty') as string,
		});
	});
});

describe('what went wrong is said in the editor', () => {
	it.each([
		['no API key', { credential: { apiKey: ' ' } }, 'Automatic setup needs an API key'],
		['another API key', { credential: { apiKey: 'x' } }, 'WAHA did not accept the API key'],
		[
			'an API key that no request could carry',
			{ credential: { apiKey: '…' } },
			'The API key in the credential cannot be used',
		],
		['no session', { parameters: { session: ' ' } }, 'Session is empty'],
		['an unknown session', { parameters: { session: 'x' } }, 'WAHA has no session "x"'],
		['no event', { parameters: { events: [] } }, 'There is no event to ask WAHA for'],
		[
			'an address on the internet without encryption',
			{ credential: { baseUrl: 'http://waha.example.com' } },
			'The Base URL of the credential begins with http://',
		],
	])('for %s', async (_, change, message) => {
		await expect(wahaWebhook.create.call(published(change).context)).rejects.toMatchObject({
			message: expect.stringContaining(message) as string,
			description: expect.stringMatching(/.{20}/) as string,
		});
		expect(waha.restarts).toBe(0);
	});

	it.each([
		[
			{ status: 400, body: '{"message":["events: bad","url: bad"]}' },
			'did not accept the webhook',
			'WAHA says: "events: bad; url: bad"',
		],
		[{ status: 422, body: '{"message":"no"}' }, 'did not accept the webhook', 'WAHA says: "no"'],
		[{ status: 500, body: '' }, 'WAHA did not do what was asked (status 500)', 'log'],
		[{ status: 404, body: '{}' }, 'WAHA has no session', 'dashboard'],
	])('for what WAHA answers to the change: %j', async (fault, message, advice) => {
		waha.faults.push(
			{ status: 200, body: '{"name":"default"}' },
			{ status: 200, body: '{"name":"default"}' },
			fault,
		);

		await expect(wahaWebhook.create.call(published().context)).rejects.toMatchObject({
			message: expect.stringContaining(message) as string,
			description: expect.stringContaining(advice) as string,
		});
	});

	it('for an answer that is not WAHA’s', async () => {
		waha.faults.push({ status: 200, body: '<html>' });

		await expect(wahaWebhook.checkExists.call(published().context)).rejects.toThrow(
			"The answer is not in the documented form of WAHA's API",
		);
	});

	it('for a redirect, which gets neither the API key nor the HMAC key', async () => {
		const received: string[] = [];
		const other = await startLoopbackServer((request, response) => {
			received.push(String(request.url));
			response.end('{}');
		}, '127.0.0.2');
		waha.faults.push({ status: 307, headers: { location: `${other.url}/` } });

		await expect(wahaWebhook.create.call(published().context)).rejects.toThrow(
			"WAHA's API answers from elsewhere (status 307)",
		);
		expect(received).toEqual([]);
		await other.stop();
	});
});

describe('the test of a credential', () => {
	it.each([
		[undefined, 'The HMAC Key is empty. Enter a long random text of your own'],
		[{ webhookSecret: ' x' }, 'The HMAC Key begins or ends with white space'],
		[{ webhookSecret: '••••' }, 'in place of a hidden secret'],
		[
			{ webhookSecret: 'x', secondWebhookSecret: 'y ' },
			'The Second Webhook Secret begins or ends with white space',
		],
		[{ webhookSecret: 'x', apiKey: 'x', baseUrl: 'waha:3000' }, 'is not a web address'],
	])('says what is wrong with %j', async (data, message) => {
		expect(await test(data)).toEqual({
			status: 'Error',
			message: expect.stringContaining(message) as string,
		});
	});

	it('passes an HMAC key without an API key, and asks nothing', async () => {
		expect(await test({ webhookSecret: 'x' })).toMatchObject({ status: 'OK' });
		expect(waha.log).toEqual([]);
	});

	it('has WAHA list its sessions with the API key', async () => {
		const data = { webhookSecret: HMAC_KEY, apiKey: API_KEY, baseUrl: `${waha.baseUrl}/` };

		expect(await test(data)).toEqual({ status: 'OK', message: 'WAHA accepted the API key' });
		expect(waha.log).toEqual(['GET /api/sessions 200']);
	});

	it.each([
		[{ status: 401 }, 'WAHA did not accept the API key. Enter as API Key'],
		[{ status: 404 }, 'not in the documented form'],
		[{ status: 200, body: '{}' }, 'not in the documented form'],
	])('says what WAHA answers: %j', async (fault, message) => {
		waha.faults.push(fault);

		expect(await test({ webhookSecret: HMAC_KEY, apiKey: API_KEY, baseUrl: waha.baseUrl })).toEqual(
			{ status: 'Error', message: expect.stringContaining(message) as string },
		);
	});

	it('says that WAHA does not answer', async () => {
		const { baseUrl } = waha;
		await waha.stop();

		expect(await test({ webhookSecret: HMAC_KEY, apiKey: API_KEY, baseUrl })).toMatchObject({
			status: 'Error',
			message: expect.stringContaining(`WAHA's API at ${baseUrl} did not answer`) as string,
		});
	});
});
