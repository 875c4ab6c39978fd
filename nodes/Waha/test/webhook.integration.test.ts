import { WahaWebhookApi } from '../../../credentials/WahaWebhookApi.credentials';
import { isWrite } from '../../../test/kit/fake-api-server';
import { until } from '../../../test/kit/until';
import { credentialTestOf } from '../../../test/support/credential-test';
import {
	hookContext,
	TEST_URL,
	URL_OF_NODE,
	type HookChange,
} from '../../../test/support/hook-context';
import { describeSetupFaults } from '../../../test/support/setup-faults';
import { LIMITS } from '../../shared/n8n/api/limits';
import { allTasksEnded } from '../../shared/n8n/setup/one-at-a-time';
import { WahaTrigger } from '../WahaTrigger.node';
import { wahaWebhook } from '../webhook';
import { errorBody, FakeWaha, type FakeConfig, type FakeWebhook } from './fake-waha';

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
		expect(waha.restarts).toBe(3);
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
		waha.sessions.set('shop 2', undefined);

		await wahaWebhook.create.call(published({ parameters: { session: ' shop 2 ' } }).context);

		expect(configOf('shop 2')).toEqual({ webhooks: [OURS] });
		expect(configOf()).toBeUndefined();
		expect(waha.log.at(-1)).toBe('GET /api/sessions/shop%202 200');
	});

	it.each(['.', '..', '../apps', 'a/b', 'a\\b'])(
		'is never looked for on another path of WAHA: session %j',
		async (session) => {
			for (const method of ['checkExists', 'create', 'delete'] as const) {
				const { context } = published({ parameters: { session }, node: { webhookId: method } });
				await expect(wahaWebhook[method].call(context)).rejects.toThrow(
					`"${session}" isn't the name of a session`,
				);
			}
			expect(waha.log).toEqual([]);
		},
	);

	it('is known in another spelling of its URL, and updated and removed there', async () => {
		const respelled = URL_OF_NODE.replace('https://n8n.example.com', 'HTTPS://N8N.example.com:443');
		waha.storesAs = (webhook) => ({ ...webhook, url: respelled });
		const { context } = published();

		await wahaWebhook.create.call(context);
		expect(await wahaWebhook.checkExists.call(context)).toBe(true);
		await wahaWebhook.create.call(
			published({ parameters: { events: ['message.failed'] } }).context,
		);
		expect(configOf()?.webhooks).toMatchObject([{ events: ['message.ack', 'message.ack.group'] }]);

		await wahaWebhook.delete.call(context);
		expect(configOf()).toEqual({ webhooks: [] });
	});

	it('is there once where somebody entered its URL twice', async () => {
		const theirs = { url: URL_OF_NODE, events: ['message.any'] };
		waha.sessions.set('default', { webhooks: [theirs, theirs] });

		await wahaWebhook.create.call(published().context);

		expect(configOf()).toEqual({ webhooks: [OURS] });
	});

	it('is gone with its session, which unpublishing says in the log', async () => {
		const { context, log } = published();
		await wahaWebhook.create.call(context);
		waha.sessions.delete('default');

		expect(await wahaWebhook.delete.call(context)).toBe(true);
		expect(log).toEqual([expect.stringContaining(`WAHA doesn't show the webhook ${URL_OF_NODE}`)]);
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
			message: "The credential can't be used",
			description: expect.stringContaining('The HMAC Key is empty') as string,
		});
	});
});

/** A node of its own: n8n gives each trigger its own path. */
const OTHER_NODE = (n: number) => `https://n8n.example.com/webhook/node-${n}/webhook`;

function publishedAt(url: string, change: HookChange = {}) {
	const { context } = published(change);
	context.getNodeWebhookUrl = () => url;
	return context;
}

describe('several nodes on one session', () => {
	it('read the session before they wait for their turn: n8n evaluates nothing afterwards', async () => {
		const others = publishedAt(OTHER_NODE(1));
		await wahaWebhook.create.call(publishedAt(TEST_URL, { isTest: true }));
		waha.writesTakeMs = 50;
		const busy = wahaWebhook.create.call(others);

		const test = publishedAt(TEST_URL, {
			isTest: true,
			parameters: { session: { __rl: true, mode: 'id', value: '={{ "def" + "ault" }}' } },
		});
		const getNodeParameter = jest.spyOn(test, 'getNodeParameter');
		await wahaWebhook.delete.call(test);
		getNodeParameter.mockImplementation(() => {
			throw new Error('n8n has let go of its expressions');
		});
		await busy;
		await allTasksEnded();

		expect(configOf()?.webhooks?.map(({ url }) => url)).toEqual([OTHER_NODE(1)]);
	});

	it('lose nothing when they are published and unpublished at the same time', async () => {
		waha.sessions.set('default', structuredClone(OTHERS));
		waha.writesTakeMs = 20;
		const urls = [1, 2, 3, 4, 5].map(OTHER_NODE);

		await Promise.all(urls.map((url) => wahaWebhook.create.call(publishedAt(url))));
		expect(
			configOf()
				?.webhooks?.slice(2)
				.map(({ url }) => url),
		).toEqual(urls);

		const half = urls.slice(0, 3);
		await Promise.all([
			...half.map((url) => wahaWebhook.delete.call(publishedAt(url))),
			wahaWebhook.create.call(publishedAt(OTHER_NODE(6))),
		]);
		expect(
			configOf()
				?.webhooks?.slice(2)
				.map(({ url }) => url),
		).toEqual([...urls.slice(3), OTHER_NODE(6)]);
		expect(configOf()?.webhooks?.slice(0, 2)).toEqual(OTHERS.webhooks);
	});

	it('wait for each other only where it is the same session of the same WAHA', async () => {
		waha.sessions.set('shop', undefined);
		const order: string[] = [];
		const sessionOf = (url = '') => url.slice('/api/sessions/'.length);
		waha.outage = ({ method, url }) => {
			order.push(`${method} ${sessionOf(url)}`);
			return null;
		};
		const create = async (session: string, n: number) => {
			await wahaWebhook.create.call(publishedAt(OTHER_NODE(n), { parameters: { session } }));
		};

		await Promise.all([create('default', 1), create('default', 2), create('shop', 3)]);

		const ofDefault = order.filter((line) => line.endsWith('default'));
		const oneNode = ['GET', 'GET', 'PUT', 'GET'].map((method) => `${method} default`);
		expect(ofDefault).toEqual([...oneNode, ...oneNode]);
		expect(order.indexOf('PUT shop')).toBeLessThan(order.lastIndexOf('GET default'));
	});
});

describe('a session that restarts for longer than n8n waits for a response', () => {
	beforeEach(() => {
		// As with 10 and 12 seconds.
		jest.replaceProperty(LIMITS, 'responseMs', 1_500);
		jest.replaceProperty(LIMITS, 'looksMs', [100, 200, 500, 500]);
		waha.writesTakeMs = 1_800;
	});

	afterEach(() => {
		jest.restoreAllMocks();
	});

	it('is looked at until the webhook is there, and gone again', async () => {
		const { context } = published();

		expect(await wahaWebhook.create.call(context)).toBe(true);
		expect(configOf()).toEqual({ webhooks: [OURS] });
		expect(waha.restarts).toBe(1);

		expect(await wahaWebhook.delete.call(context)).toBe(true);
		expect(configOf()).toEqual({ webhooks: [] });
		expect(waha.restarts).toBe(2);
	});

	it('is not waited for where WAHA rejects the change in the end', async () => {
		waha.knownEvents = ['message'];
		const { context } = published();

		await expect(wahaWebhook.create.call(context)).rejects.toThrow(
			"didn't respond within 1.5 seconds",
		);
		expect(configOf()).toBeUndefined();
	});
});

describe('what WAHA accepted and did not store', () => {
	beforeEach(() => {
		jest.replaceProperty(LIMITS, 'looksMs', [10, 10]);
	});

	afterEach(() => {
		jest.restoreAllMocks();
	});

	it.each<[string, (webhook: FakeWebhook) => FakeWebhook]>([
		['events', (webhook) => ({ ...webhook, events: ['message'] })],
		['HMAC key', (webhook) => ({ ...webhook, hmac: null })],
		['events and HMAC key', ({ url }) => ({ url, events: [] })],
		['URL, events, and HMAC key', (webhook) => ({ ...webhook, url: 'https://x.example' })],
	])('fails the publication, which names it: %s', async (lost, storesAs) => {
		waha.storesAs = storesAs;

		await expect(wahaWebhook.create.call(published().context)).rejects.toThrow(
			`WAHA accepted the webhook but didn't store its ${lost}`,
		);
	});

	it('fails the unpublishing', async () => {
		const { context } = published();
		await wahaWebhook.create.call(context);
		waha.forgetsWrites = true;

		await expect(wahaWebhook.delete.call(context)).rejects.toMatchObject({
			message: 'WAHA accepted the deletion but still has the webhook',
			description: expect.stringContaining('by hand') as string,
		});
	});
});

describeSetupFaults(
	{
		displayName: 'WAHA',
		apiName: "WAHA's API",
		stored: 'URL, events, and HMAC key',
		api: () => waha,
		errorBody,
		create: () => wahaWebhook.create.call(published().context),
		placeholders: () => ({ [waha.baseUrl]: '<Base URL>' }),
	},
	{
		'401': {
			message: 'WAHA rejected the API key',
			description:
				'Copy the value of WAHA_API_KEY into API Key in the credential. If that value is a hash (sha512:…), enter the key it was made from. Or set Webhook Setup to Manual. WAHA says: "Not you"',
		},
		'403': {
			message: "The API key isn't allowed to change this session",
			description:
				'Use WAHA\'s main key, or a key of this session that may change its settings. Or set Webhook Setup to Manual. WAHA says: "Not with this key"',
		},
		'404': {
			message: 'There is no WAHA API at the Base URL',
			description:
				'Set the Base URL in the credential to WAHA\'s own address, without /dashboard or /api at its end. An old WAHA can\'t change a session: update it. Or set Webhook Setup to Manual. WAHA says: "Nothing here"',
		},
	},
);

describe('a fault has its own cause, and WAHA’s own words', () => {
	it.each([
		[
			'no API key',
			{ credential: { apiKey: ' ' } },
			'Automatic setup needs the API Key, which is empty in the credential',
			'If your WAHA has no key, enter any text.',
		],
		[
			'another API key',
			{ credential: { apiKey: 'x' } },
			'WAHA rejected the API key',
			'WAHA_API_KEY',
		],
		[
			'an API key that no request could carry',
			{ credential: { apiKey: '…' } },
			"The API key in the credential can't be used",
			'is a masked value',
		],
		['no session', { parameters: { session: ' ' } }, 'Session is empty', 'dashboard'],
		[
			'an unknown session',
			{ parameters: { session: 'x' } },
			'WAHA has no session named "x"',
			'under Session',
		],
		[
			'no event',
			{ parameters: { events: [] } },
			"WAHA has no events for this node's selection",
			'Listen To',
		],
		[
			'an address on the internet without encryption',
			{ credential: { baseUrl: 'http://waha.example.com' } },
			'The Base URL of the credential begins with http://',
			'own network',
		],
	])('for %s', async (_, change, message, advice) => {
		await expect(wahaWebhook.create.call(published(change).context)).rejects.toMatchObject({
			message: expect.stringContaining(message) as string,
			description: expect.stringContaining(advice) as string,
		});
		expect(waha.restarts).toBe(0);
	});

	it('for the only session of WAHA Core', async () => {
		waha.isCore = true;
		for (const method of ['checkExists', 'create', 'delete'] as const) {
			const { context } = published({
				parameters: { session: 'shop' },
				node: { webhookId: method },
			});
			await expect(wahaWebhook[method].call(context)).rejects.toMatchObject({
				message: 'WAHA Core has a single session, named default',
				description: expect.stringContaining(
					"WAHA says: \"WAHA Core support only 'default' session",
				) as string,
			});
		}
	});

	it('for an older WAHA, which names the events that it knows', async () => {
		waha.knownEvents = ['message', 'message.ack', 'session.status'];
		const { context } = published();

		await expect(wahaWebhook.create.call(context)).rejects.toMatchObject({
			message: "This WAHA doesn't know all of the selected events",
			description: expect.stringMatching(/^Update WAHA\. .+each value in events must be/) as string,
		});
		expect(configOf()).toBeUndefined();
	});

	it('for none where WAHA has no key, which accepts any', async () => {
		await waha.stop();
		waha = await new FakeWaha(null).start();

		expect(await wahaWebhook.create.call(published({ credential: { apiKey: 'x' } }).context)).toBe(
			true,
		);
	});

	it.each([
		[401, '', 'A server in front of WAHA rejected the request'],
		[403, 'Forbidden by the proxy', 'A server in front of WAHA rejected the request'],
		[403, errorBody(403, 'Forbidden'), "The API key isn't allowed to change this session"],
		[
			404,
			errorBody(404, 'Cannot PUT /api/sessions/default'),
			'There is no WAHA API at the Base URL',
		],
		[404, errorBody(404, 'Session not found'), 'WAHA has no session named "default"'],
		[
			400,
			errorBody(400, ['config.webhooks.0.url must be a URL address']),
			"WAHA rejected this node's URL",
		],
		[
			400,
			errorBody(400, ['config.webhooks must be an array']),
			"WAHA's API rejected the request (HTTP 400)",
		],
		[
			422,
			errorBody(422, "Session 'default' is already started."),
			"WAHA's API rejected the request (HTTP 422)",
		],
		[
			500,
			{ statusCode: 500, exception: { message: 'Protocol error' }, request: {} },
			'WAHA reported an internal error (HTTP 500)',
		],
	])('for %i to a change: %j', async (status, body, message) => {
		waha.outage = (request) => (isWrite(request) ? { status, body } : null);

		await expect(wahaWebhook.create.call(published().context)).rejects.toMatchObject({ message });
	});

	it.each([
		[errorBody(400, ['events: bad', 'url: bad']), 'WAHA says: "events: bad; url: bad"'],
		[errorBody(400, 'no'), 'WAHA says: "no"'],
		[{ exception: { message: 'Protocol error' } }, 'WAHA says: "Protocol error"'],
	])('quotes WAHA: %j', async (body, quote) => {
		waha.outage = () => ({ status: 400, body });

		await expect(wahaWebhook.create.call(published().context)).rejects.toMatchObject({
			description: expect.stringContaining(quote) as string,
		});
	});

	it.each([
		['a list', []],
		['no name', { config: {} }],
		['a text', '"default"'],
	])('for a session in another form: %s', async (_, body) => {
		waha.outage = () => ({ status: 200, body });

		await expect(wahaWebhook.checkExists.call(published().context)).rejects.toThrow(
			"The response isn't in the form that WAHA's API documents (HTTP 200",
		);
	});
});

describe('a key that WAHA quotes', () => {
	it.each(['message', 'exception'])('is in no text of the editor or the log: %s', async (field) => {
		const words = `${API_KEY} is wrong, and so is ${HMAC_KEY}`;
		waha.outage = () => ({
			status: 400,
			body: field === 'message' ? errorBody(400, words) : { exception: { message: words } },
		});

		const thrown: unknown = await wahaWebhook.create
			.call(published().context)
			.catch((error: unknown) => error);
		expect(thrown).toMatchObject({
			description: expect.stringContaining('••• is wrong, and so is •••') as string,
		});

		const listening = published({ isTest: true });
		expect(await wahaWebhook.delete.call(listening.context)).toBe(true);
		await until(() => listening.log.length > 0);
		expect(listening.log).toEqual([expect.stringContaining('••• is wrong, and so is •••')]);

		const tested = await test({ webhookSecret: HMAC_KEY, apiKey: API_KEY, baseUrl: waha.baseUrl });
		expect(tested.message).toContain('••• is wrong, and so is •••');

		for (const text of [JSON.stringify(thrown), listening.log.join(), tested.message]) {
			expect(text).not.toContain(API_KEY);
			expect(text).not.toContain(HMAC_KEY);
		}
	});
});

describe('the test of a credential', () => {
	it.each([
		[undefined, 'The HMAC Key is empty. Make up a long random text: WAHA signs with it.'],
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
		[{ status: 401, body: errorBody(401, 'Unauthorized') }, 'WAHA rejected the API key. Copy the'],
		[{ status: 404 }, 'There is no WAHA API at the Base URL'],
		[{ status: 200, body: '{}' }, "isn't in the form that WAHA's API documents"],
		[{ status: 200, body: '<html>' }, "isn't in the form that WAHA's API documents"],
	])('says what WAHA answers: %j', async (fault, message) => {
		waha.faults.push(fault);

		expect(await test({ webhookSecret: HMAC_KEY, apiKey: API_KEY, baseUrl: waha.baseUrl })).toEqual(
			{ status: 'Error', message: expect.stringContaining(message) as string },
		);
	});
});
