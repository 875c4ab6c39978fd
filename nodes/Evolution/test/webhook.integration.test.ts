import { EvolutionWebhookApi } from '../../../credentials/EvolutionWebhookApi.credentials';
import { credentialTestOf } from '../../../test/support/credential-test';
import { hookContext, URL_OF_NODE, type HookChange } from '../../../test/support/hook-context';
import { post } from '../../../test/kit/post';
import { fixturesOf, providerUnderTest } from '../../../test/support/providers';
import { describeSetupFaults } from '../../../test/support/setup-faults';
import { describeSingleSlot } from '../../../test/support/single-slot';
import { startWebhookServer } from '../../../test/support/webhook-server';
import { EvolutionTrigger } from '../EvolutionTrigger.node';
import { provider } from '../provider';
import { evolutionWebhook } from '../webhook';
import { FakeEvolution, rejection, type FakeWebhook } from './fake-evolution';

const API_KEY = 'evolution-test-api-key';
const SECRET = 'a long random text';

let evolution: FakeEvolution;

beforeEach(async () => {
	evolution = await new FakeEvolution(API_KEY).start();
});

afterEach(async () => {
	await evolution.stop();
});

/** A published Evolution API Trigger that listens to Received. */
function published(change: HookChange = {}) {
	return hookContext(
		{
			nodeType: new EvolutionTrigger(),
			credentialType: new EvolutionWebhookApi(),
			parameters: { events: ['message.received'], instance: 'shop' },
			credential: {
				apiKey: API_KEY,
				webhookSecret: SECRET,
				headerName: 'X-Webhook-Secret',
				baseUrl: evolution.baseUrl,
			},
		},
		change,
	);
}

const test = credentialTestOf('evolution');

/** What stood there before. */
const THEIRS: FakeWebhook = {
	id: 'theirs',
	url: 'https://crm.example.com/evolution?token=t',
	headers: { Authorization: "Bearer the CRM's secret" },
	enabled: true,
	events: ['MESSAGES_UPSERT', 'CALL'],
	webhookByEvents: true,
	webhookBase64: true,
};

const OURS = {
	url: URL_OF_NODE,
	headers: { 'X-Webhook-Secret': SECRET },
	enabled: true,
	events: ['MESSAGES_UPSERT'],
	webhookByEvents: false,
	webhookBase64: false,
};

const webhook = () => evolution.instances.get('shop');

describe('the webhook of a published node', () => {
	it('is set, found, brought up to date and switched off, the secret taken out', async () => {
		const { context, staticData } = published();

		expect(await evolutionWebhook.checkExists.call(context)).toBe(false);
		expect(await evolutionWebhook.create.call(context)).toBe(true);
		expect(webhook()).toMatchObject(OURS);
		expect(await evolutionWebhook.checkExists.call(context)).toBe(true);

		const changed = published({ staticData, parameters: { events: ['message.failed'] } }).context;
		expect(await evolutionWebhook.checkExists.call(changed)).toBe(false);
		expect(await evolutionWebhook.create.call(changed)).toBe(true);
		expect(webhook()).toMatchObject({ ...OURS, events: ['MESSAGES_UPDATE'] });

		expect(await evolutionWebhook.delete.call(changed)).toBe(true);
		expect(webhook()).toMatchObject({ enabled: false, headers: {}, events: [] });
		const [find, set] = ['GET /webhook/find/shop 200', 'POST /webhook/set/shop 201'];
		// Each write is read back, and what is cleared is looked at first.
		expect(evolution.log).toEqual([
			...[find, find, set, find],
			find,
			...[find, find, set, find],
			...[find, find, set, find],
		]);
	});

	it('puts back what stood there, and keeps no secret of it that could be read', async () => {
		evolution.instances.set('shop', structuredClone(THEIRS));
		const { context, staticData } = published();

		await evolutionWebhook.create.call(context);
		expect(webhook()).toMatchObject(OURS);
		expect(JSON.stringify(staticData)).not.toMatch(/CRM|crm|Bearer/);

		await evolutionWebhook.delete.call(context);
		expect(webhook()).toEqual({ ...THEIRS, id: webhook()?.id });
	});

	it('says so where another API key cannot read any more what stood there', async () => {
		evolution.instances.set('shop', structuredClone(THEIRS));
		const { context, staticData } = published();
		await evolutionWebhook.create.call(context);
		await evolution.stop();
		const other = await new FakeEvolution('another-key').start();
		other.instances.set('shop', webhook() ?? null);
		const { context: changed, log } = published({
			staticData,
			credential: { apiKey: 'another-key', baseUrl: other.baseUrl },
		});

		jest.resetModules();
		await (await import('../webhook')).evolutionWebhook.delete.call(changed);
		await other.stop();

		expect(other.instances.get('shop')).toMatchObject({ enabled: false, headers: {} });
		expect(log).toEqual([expect.stringContaining("couldn't be restored")]);
	});

	it('does not put back what was switched off', async () => {
		evolution.instances.set('shop', { ...THEIRS, enabled: false });
		const { context } = published();

		await evolutionWebhook.create.call(context);
		await evolutionWebhook.delete.call(context);
		expect(webhook()).toMatchObject({ enabled: false, headers: {}, events: [] });
	});

	it.each([
		['another secret', { headers: { 'X-Webhook-Secret': 'x' } }],
		['no headers', { headers: null }],
		['other events', { events: ['CALL'] }],
		['the event behind the URL', { webhookByEvents: true }],
		['files in the body', { webhookBase64: true }],
		['been switched off', { enabled: false }],
	])('is brought up to date where it has %s', async (_, change) => {
		evolution.instances.set('shop', { id: 'x', ...OURS, ...change });
		const { context } = published();

		expect(await evolutionWebhook.checkExists.call(context)).toBe(false);
		await evolutionWebhook.create.call(context);
		expect(webhook()).toMatchObject(OURS);
	});

	it('is left alone with manual setup', async () => {
		const { context } = published({ parameters: { webhookSetup: 'manual' } });

		expect(await evolutionWebhook.checkExists.call(context)).toBe(true);
		expect(await evolutionWebhook.create.call(context)).toBe(true);
		expect(await evolutionWebhook.delete.call(context)).toBe(true);
		expect(evolution.log).toEqual([]);
	});
});

describe('the only webhook of an instance', () => {
	describeSingleSlot({
		loadWebhook: async () => (await import('../webhook')).evolutionWebhook,
		node: published,
		read: () => (webhook()?.enabled ? { ...THEIRS, ...webhook(), id: THEIRS.id } : null),
		write(theirs) {
			evolution.instances.set('shop', theirs);
		},
		rewriteUrls() {
			evolution.rewritesUrls = true;
		},
		accept: () => undefined,
		foreign: THEIRS,
		canClear: true,
	});
});

describe('what went wrong is said in the editor', () => {
	it.each([
		['no API key', { credential: { apiKey: '' } }, 'Automatic setup needs the API Key'],
		['another API key', { credential: { apiKey: 'x' } }, 'rejected the API key'],
		['no instance', { parameters: { instance: '' } }, 'Instance is empty'],
		['an instance that is another path', { parameters: { instance: '..' } }, 'no instance ".."'],
		['an unknown instance', { parameters: { instance: 'x' } }, 'has no such instance'],
		['no event', { parameters: { events: [] } }, 'No event is selected that Evolution API sends'],
		['no secret', { credential: { webhookSecret: '' } }, "The credential can't be used"],
		[
			'an address on the internet without encryption',
			{ credential: { baseUrl: 'http://evolution.example.com' } },
			'begins with http://',
		],
	])('for %s', async (_, change, message) => {
		await expect(evolutionWebhook.create.call(published(change).context)).rejects.toMatchObject({
			message: expect.stringContaining(message) as string,
		});
		expect(webhook()).toBeNull();
	});

	it('in the words of Evolution API', async () => {
		const body = '{"status":400,"response":{"message":[["events[0] is wrong","url is wrong"]]}}';
		evolution.faults.push({ status: 200, body: 'null' }, { status: 400, body });

		await expect(evolutionWebhook.create.call(published().context)).rejects.toMatchObject({
			message: "Evolution API doesn't know an event that was selected",
			description: expect.stringContaining('"events[0] is wrong; url is wrong"') as string,
		});
	});

	it('for an older version, which drops the header', async () => {
		evolution.dropsHeaders = true;
		evolution.instances.set('shop', { ...structuredClone(THEIRS), headers: null });

		await expect(evolutionWebhook.create.call(published().context)).rejects.toMatchObject({
			message: 'This version of Evolution API drops the header that carries the Webhook Secret',
			description: 'Without it, n8n would reject every delivery. Update Evolution API.',
		});
		expect(webhook()?.url).toBe(THEIRS.url);
	});
});

describeSetupFaults(
	{
		displayName: 'Evolution API',
		apiName: 'Evolution API',
		stored: 'URL',
		api: () => evolution,
		errorBody: (status, words) =>
			rejection(status, 'Error', [status === 404 ? 'The "shop" instance does not exist' : words])
				.body,
		async create() {
			const { context } = published();
			if (!(await evolutionWebhook.checkExists.call(context)))
				await evolutionWebhook.create.call(context);
		},
		placeholders: () => ({ [evolution.baseUrl]: '<Base URL>' }),
	},
	{
		'401': {
			message: 'Evolution API rejected the API key',
			description:
				'Enter the instance\'s key or the global AUTHENTICATION_API_KEY as API Key in the credential. Or set Webhook Setup to Manual. Evolution API says: "Not you"',
		},
		'403': {
			message: 'Evolution API rejected the API key',
			description:
				'Enter the instance\'s key or the global AUTHENTICATION_API_KEY as API Key in the credential. Or set Webhook Setup to Manual. Evolution API says: "Not with this key"',
		},
		'404': {
			message: 'Evolution API has no such instance',
			description:
				'Choose it under Instance, or enter its name as the manager shows it. Evolution API says: "The "shop" instance does not exist"',
		},
	},
);

describe('the test of a credential', () => {
	it.each([
		[undefined, 'The Webhook Secret is empty'],
		[{ webhookSecret: 'pässword' }, "that a header can't carry"],
		[{ webhookSecret: 'x', headerName: 'Authorization' }, 'in HTTP'],
		[{ webhookSecret: 'x', headerName: 'JWT_key' }, 'sends a JWT instead of the secret'],
		[{ webhookSecret: 'same', apiKey: 'same' }, 'writes into every delivery'],
		[{ webhookSecret: 'x', apiKey: 'k', baseUrl: 'evolution' }, 'is not a web address'],
	])('says what is wrong with %j', async (data, message) => {
		expect(await test(data)).toEqual({
			status: 'Error',
			message: expect.stringContaining(message) as string,
		});
	});

	it('has Evolution API list the instances with the API key', async () => {
		const data = { webhookSecret: SECRET, apiKey: API_KEY, baseUrl: evolution.baseUrl };

		expect(await test(data)).toEqual({
			status: 'OK',
			message: 'Evolution API accepted the API key, which opens: shop',
		});
		expect(evolution.log).toEqual(['GET /instance/fetchInstances 200']);
		expect(await test({ ...data, apiKey: 'x' })).toMatchObject({ status: 'Error' });
	});
});

it('lets the API key of a delivery into no execution, answer, failure or log', async () => {
	const server = await startWebhookServer({
		nodeType: new EvolutionTrigger(),
		credentialType: provider.credentialType,
		credential: { webhookSecret: SECRET },
		parameters: {
			events: [...provider.emits],
			chats: 'all',
			options: { ignoreDuplicates: false },
		},
	});
	const answers: unknown[] = [];
	const fixtures = fixturesOf(providerUnderTest('evolution'));
	for (const { rawBody } of fixtures) {
		answers.push(await post(server.url, rawBody, { 'x-webhook-secret': SECRET }));
	}
	const key = (JSON.parse(fixtures[0]?.rawBody.toString('utf8') ?? '{}') as { apikey: string })
		.apikey;
	const list = Buffer.from(JSON.stringify([{ apikey: key }]));
	answers.push(await post(server.url, list, { 'x-webhook-secret': SECRET }));
	answers.push(await post(server.url, fixtures[0]?.rawBody ?? list, { 'x-webhook-secret': key }));

	const told = server.failures.map((error) => [error.message, JSON.stringify(error), error.stack]);
	expect(server.executions).toHaveLength(fixtures.length);
	expect(server.failures).toHaveLength(2);
	expect(JSON.stringify([server.executions, answers, told, server.log])).not.toContain(key);
	await server.close();
});
