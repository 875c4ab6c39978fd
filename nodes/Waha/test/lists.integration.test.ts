import { WahaWebhookApi } from '../../../credentials/WahaWebhookApi.credentials';
import { choice, openList } from '../../../test/support/list-context';
import { describeListFaults, expectListFault } from '../../../test/support/list-faults';
import { WahaTrigger } from '../WahaTrigger.node';
import { FakeWaha } from './fake-waha';

const API_KEY = 'waha-test-api-key';
const BY_ID = "Or switch to By ID and type the session's name.";

let waha: FakeWaha;

beforeEach(async () => {
	waha = await new FakeWaha(API_KEY).start();
	waha.sessions.set('shop 2', undefined).set('support', undefined).set('old', undefined);
	waha.states
		.set('default', {
			status: 'WORKING',
			me: { id: '15550102030@c.us', lid: '123@lid', pushName: 'My  Shop' },
		})
		.set('shop 2', { status: 'SCAN_QR_CODE', me: null })
		.set('support', { status: 'WORKING', me: { id: '15550104455@c.us' } })
		.set('old', { status: 'STOPPED' });
});

afterEach(async () => {
	await waha.stop();
});

const list = (apiKey = API_KEY) => ({
	nodeType: new WahaTrigger(),
	credentialType: new WahaWebhookApi(),
	// A list needs no HMAC key.
	credential: { apiKey, webhookSecret: '', baseUrl: waha.baseUrl },
	parameter: 'session',
});

it('shows every session, stopped ones too, with its state, number, and owner', async () => {
	expect(await openList(list())).toEqual({
		results: [
			choice('default', 'default (working, +15550102030, My Shop)'),
			choice('shop 2', 'shop 2 (scan QR code)'),
			choice('support', 'support (working, +15550104455)'),
			choice('old', 'old (stopped)'),
		],
	});
	expect(waha.log).toEqual(['GET /api/sessions 200']);
});

it.each([
	['a name in any case', ' SHOP ', ['default', 'shop 2']],
	['a number', '+15550104455', ['support']],
	['a number in groups', '+1 (555) 010-44', ['support']],
	['a state', 'qr', ['shop 2']],
	['nothing there is', 'sales', []],
])('is searched by %s', async (_, filter, names) => {
	const { results } = await openList(list(), filter);

	expect(results.map(({ value }) => value)).toEqual(names);
});

it('works with a WAHA that has no API key', async () => {
	await waha.stop();
	waha = await new FakeWaha(null).start();

	expect((await openList(list('any text'))).results).toHaveLength(1);
});

it('says that there is nothing to choose from yet', async () => {
	waha.sessions.clear();

	await expectListFault(list(), {
		message: 'WAHA has no session yet',
		description: `Create one in WAHA's dashboard, then open this list again. ${BY_ID}`,
	});
});

it('says that the key is wrong', async () => {
	await expectListFault(list('another-api-key'), {
		message: 'WAHA rejected the API key',
		description: `Copy the value of WAHA_API_KEY into API Key in the credential. If that value is a hash (sha512:…), enter the key it was made from. ${BY_ID} WAHA says: "Unauthorized"`,
	});
});

it('says that a key of one session may not list them', async () => {
	waha.sessionKeys.set('key-of-a-session', 'default');

	await expectListFault(list('key-of-a-session'), {
		message: "The API key isn't allowed to list the sessions",
		description: `A key of one session can't list them. Use WAHA's main key. ${BY_ID} WAHA says: "Forbidden resource"`,
	});
});

it('keeps a host name with hyphens, which the editor would take out of an error', async () => {
	const { credential, ...options } = list();
	const baseUrl = 'http://127.0.0.1:1/my-waha';

	await expectListFault(
		{ ...options, credential: { ...credential, baseUrl } },
		{
			message: `n8n couldn't reach WAHA's API at ${baseUrl.replace('-', '\u2011')}`,
			description: expect.stringContaining(BY_ID) as string,
		},
	);
});

it.each([
	['no name', [{ status: 'WORKING' }]],
	['no state', [{ name: 'default' }]],
	['a text', ['default']],
])('takes no list in which a session is %s', async (_, body) => {
	waha.outage = () => ({ body });

	await expect(openList(list())).rejects.toThrow("isn't in the form that WAHA's API documents");
});

it('shows at most a thousand, and finds the others by a search', async () => {
	for (let n = 0; n < 1_500; n++) waha.sessions.set(`tenant-${n}`, undefined);

	expect((await openList(list())).results).toHaveLength(1_000);
	expect((await openList(list(), 'tenant-1499')).results).toHaveLength(1);
});

describeListFaults(
	{
		api: () => waha,
		list,
		keyField: 'apiKey',
		byId: BY_ID,
		displayName: 'WAHA',
		apiName: "WAHA's API",
	},
	{
		message: 'To choose from a list, enter the API Key in the credential',
		description: `Copy it from WAHA's setting WAHA_API_KEY. If your WAHA has no key, enter any text. ${BY_ID}`,
	},
);
