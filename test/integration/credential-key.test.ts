import { FakeApiServer, redirectingTo, type FakeResponse } from '../kit/fake-api-server';
import type { LoopbackRequest } from '../kit/loopback-server';
import { credentialTestOf } from '../support/credential-test';
import { LIMITS } from '../../nodes/shared/n8n/api/limits';

/** An API of which only the request is known that a credential is tested with. */
class FakeCheck extends FakeApiServer {
	constructor(
		private readonly url: string,
		private readonly header: [name: string, value: string],
		private readonly success: unknown,
		private readonly unauthorized: unknown,
	) {
		super();
	}

	protected respond({ method, url, headers }: LoopbackRequest): FakeResponse {
		if (method !== 'GET' || url !== this.url) return { status: 404, body: {} };
		const [name, value] = this.header;
		return headers[name] === value
			? { body: this.success }
			: { status: 401, body: this.unauthorized };
	}
}

const ACCOUNT_SID = `AC${'ab'.repeat(16)}`;
const AUTH_TOKEN = 'a-twilio-token';

interface Case {
	id: string;
	name: string;
	webhookSecret: string;
	keyField: string;
	key: string;
	/** What the API rejects. */
	wrong: Record<string, string>;
	fake: () => FakeCheck;
	works: RegExp;
	rejected: string;
	without: string;
}

describe.each<Case>([
	{
		id: 'chakrahq',
		name: 'ChakraHQ',
		webhookSecret: 'a long random text',
		keyField: 'apiKey',
		key: 'chakra-token',
		wrong: { apiKey: 'chakra-other' },
		// Its body isn't documented; the wrapper is that of its other responses.
		fake: () =>
			new FakeCheck(
				'/v1/health',
				['authorization', 'Bearer chakra-token'],
				{ _data: {}, _meta: {}, _errors: [] },
				{ _data: null, _errors: [{ message: 'Unauthorized' }] },
			),
		works: /^ChakraHQ accepted a request with the access token\. .+ will show whether/,
		rejected:
			'ChakraHQ rejected the access token. Open the key under API Keys in ChakraHQ, and copy the token under Access Tokens again. ChakraHQ says: "Unauthorized"',
		without: 'the access token',
	},
	{
		id: 'ycloud',
		name: 'YCloud',
		webhookSecret: 'whsec_secret',
		keyField: 'apiKey',
		key: 'ycloud-key',
		wrong: { apiKey: 'ycloud-other' },
		fake: () =>
			new FakeCheck(
				'/v2/whatsapp/phoneNumbers?limit=1',
				['x-api-key', 'ycloud-key'],
				{ items: [], offset: 0, limit: 1, length: 0 },
				{ error: { status: 401, code: 'UNAUTHORIZED', message: 'Authentication is required.' } },
			),
		works: /^YCloud accepted the API key$/,
		rejected:
			'YCloud rejected the API key. Copy the whole key again from YCloud: Developers → API Keys. YCloud says: "Authentication is required."',
		without: 'the API key',
	},
	{
		id: 'twilio',
		name: 'Twilio',
		webhookSecret: AUTH_TOKEN,
		keyField: 'accountSid',
		key: ACCOUNT_SID,
		wrong: { webhookSecret: 'another-token' },
		fake: () =>
			new FakeCheck(
				`/2010-04-01/Accounts/${ACCOUNT_SID}.json`,
				[
					'authorization',
					`Basic ${Buffer.from(`${ACCOUNT_SID}:${AUTH_TOKEN}`).toString('base64')}`,
				],
				{ sid: ACCOUNT_SID, status: 'active', friendly_name: 'Shop' },
				{ code: 20003, message: 'Authenticate', status: 401 },
			),
		works: /^Twilio accepted the Account SID and the Auth Token$/,
		rejected:
			'Twilio rejected the Account SID with this Auth Token. Copy both from the same account or subaccount in the Twilio Console: Account Dashboard → Account Info. Twilio says: "Authenticate"',
		without: 'the Account SID',
	},
])("the test of $name's credential", ({ id, webhookSecret, keyField, key, ...expected }) => {
	const test = credentialTestOf(id);
	let api: FakeCheck;

	beforeEach(async () => {
		api = await expected.fake().start();
	});

	afterEach(async () => {
		jest.restoreAllMocks();
		await api.stop();
	});

	const testWith = (change: Record<string, string>) =>
		test({ webhookSecret, baseUrl: api.baseUrl, [keyField]: key, ...change });

	it('has the API accept the key', async () => {
		expect(await testWith({})).toEqual({
			status: 'OK',
			message: expect.stringMatching(expected.works) as string,
		});
		expect(api.log).toHaveLength(1);
	});

	it.each(['', ' \n'])(
		'passes without a key, asks nothing, and says what fails (%j)',
		async (none) => {
			expect(await testWith({ [keyField]: none })).toEqual({
				status: 'OK',
				message: `The secret looks valid. Without ${expected.without}, HTTP Request nodes can't use this credential.`,
			});
			expect(api.log).toEqual([]);
		},
	);

	it('says which key the API rejected', async () => {
		expect(await testWith(expected.wrong)).toEqual({ status: 'Error', message: expected.rejected });
	});

	it('sends no key that no request could carry, and none with a wrong secret', async () => {
		expect((await testWith({ [keyField]: 'sk-•••••••' })).message).toContain('is a masked value');
		expect((await testWith({ [keyField]: 'Bearer token' })).status).toBe('Error');
		expect((await testWith({ webhookSecret: '' })).message).toContain(' is empty. ');
		expect(api.log).toEqual([]);
	});

	it.each<[about: string, answer: FakeResponse, message: string]>([
		[
			'a fault that nobody knows',
			{ status: 403, body: {} },
			"'s API rejected the request (HTTP 403). Try again later.",
		],
		[
			'too many',
			{ status: 429, headers: { 'retry-after': '7' } },
			'Wait 7 seconds, then try again.',
		],
		[
			'an internal error',
			{ status: 500, body: {} },
			'reported an internal error (HTTP 500). Try again later.',
		],
		[
			'a sign-in page',
			{ headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>Sign in</title>' },
			'(HTTP 200, text/html). A proxy or a sign-in page may respond in its place. Check how n8n reaches the internet, then try again.',
		],
		[
			'a redirect, which n8n does not follow',
			redirectingTo('https://other.example.com')({}),
			'to another address. Check that no proxy responds in its place.',
		],
	])('names the fault, and nothing that this node does not have: %s', async (_, answer, words) => {
		api.faults.push(answer);

		const { status, message } = await testWith({});

		expect(status).toBe('Error');
		expect(message.endsWith(words)).toBe(true);
		expect(message).not.toMatch(/Base URL|Webhook Setup/);
		expect(api.log).toHaveLength(1);
	});

	it.each([
		['nothing there', "n8n couldn't reach"],
		['no response', "didn't respond within"],
	])('says that the API is out of reach: %s', async (about, words) => {
		jest.replaceProperty(LIMITS, 'responseMs', 500);
		if (about === 'no response') api.faults.push({ isSilent: true });
		else await api.stop();

		const { status, message } = await testWith({});

		expect(status).toBe('Error');
		expect(message).toContain(words);
		expect(message).toContain('heck that n8n can reach this address');
		expect(message).not.toMatch(/Base URL|Webhook Setup/);
	});

	it('repeats no key that the API quotes', async () => {
		// The Account SID is an ID.
		const secrets = [webhookSecret, ...(id === 'twilio' ? [] : [key])];
		const words = secrets.join(' ');
		api.faults.push({
			status: 401,
			body: { message: words, error: { message: words }, _errors: [{ message: words }] },
		});

		const { message } = await testWith({});

		expect(message).toContain('says: "•••');
		for (const secret of secrets) expect(message).not.toContain(secret);
	});
});

describe("the test of ChatMitra's credential", () => {
	const test = credentialTestOf('chatmitra');

	it.each([
		[
			'',
			"The secret looks valid. Without the API token, HTTP Request nodes can't use this credential.",
		],
		[
			'chatmitra-token',
			"The secret and the API token look valid. ChatMitra has no request to test the token with, so the first message you send will show whether it's the right one.",
		],
	])('looks at the form only: %j', async (apiKey, message) => {
		expect(await test({ webhookSecret: 'of-chatmitra', apiKey })).toEqual({
			status: 'OK',
			message,
		});
	});

	it('fails for a token that no request could carry', async () => {
		expect(await test({ webhookSecret: 'of-chatmitra', apiKey: 'Bearer token' })).toEqual({
			status: 'Error',
			message:
				"The API token in the credential can't be used. The API Token contains whitespace, which this provider's secrets never do. Copy it again.",
		});
	});
});
