import { EvolutionWebhookApi } from '../../../credentials/EvolutionWebhookApi.credentials';
import { choice, openList } from '../../../test/support/list-context';
import { describeListFaults, expectListFault } from '../../../test/support/list-faults';
import { writtenBy } from '../../../test/support/written-output';
import { EvolutionTrigger } from '../EvolutionTrigger.node';
import { FakeEvolution, instanceKey, rejection } from './fake-evolution';

const API_KEY = 'evolution-test-api-key';
const BY_ID = "Or switch to By ID and type the instance's name.";

let evolution: FakeEvolution;

beforeEach(async () => {
	evolution = await new FakeEvolution(API_KEY).start();
	evolution.instances.set('Support', null).set('sales', null);
	evolution.links
		.set('shop', { state: 'open', ownerJid: '15550102030@s.whatsapp.net' })
		.set('Support', { state: 'close', ownerJid: '15550104455@s.whatsapp.net' })
		.set('sales', { state: 'connecting' });
});

afterEach(async () => {
	await evolution.stop();
});

const list = (apiKey = API_KEY) => ({
	nodeType: new EvolutionTrigger(),
	credentialType: new EvolutionWebhookApi(),
	credential: { apiKey, webhookSecret: 'a long random text', baseUrl: evolution.baseUrl },
	parameter: 'instance',
});

it('shows every instance with its state and number, and nothing more of it', async () => {
	expect(await openList(list())).toEqual({
		results: [
			choice('shop', 'shop (connected, +15550102030)'),
			choice('Support', 'Support (disconnected, +15550104455)'),
			choice('sales', 'sales (connecting)'),
		],
	});
});

it('shows an instance key its own instance', async () => {
	expect((await openList(list(instanceKey('sales')))).results).toEqual([
		choice('sales', 'sales (connecting)'),
	]);
});

it.each([
	['a name in any case', 'support', ['Support']],
	['a number', '5550104455', ['Support']],
	['a state', 'Connecting', ['sales']],
	['nothing there is', 'returns', []],
])('is searched by %s', async (_, filter, names) => {
	const { results } = await openList(list(), filter);

	expect(results.map(({ value }) => value)).toEqual(names);
});

it('is not searched by the keys of the instances', async () => {
	expect((await openList(list(), instanceKey('shop'))).results).toEqual([]);
});

it('lets no key of an instance out, whatever is wrong with the response', async () => {
	const key = instanceKey('shop');
	const instance = { id: '1', connectionStatus: 'open', token: key, Setting: { token: key } };
	const errors: unknown[] = [];
	const answers = [
		{ body: [instance] },
		{ body: [{ ...instance, name: 7 }] },
		{ body: { instance } },
		{ body: `[${JSON.stringify(instance)}` },
		{ status: 500, body: { ...instance, status: 500 } },
		{ status: 302, body: instance, headers: { location: `http://127.0.0.1/?token=${key}` } },
	];
	const written = await writtenBy(async () => {
		for (const answer of answers) {
			evolution.faults.push(answer);
			errors.push(await openList(list()).catch((error: unknown) => error));
		}
	});

	expect(errors).toHaveLength(6);
	for (const error of errors) {
		expect(error).toBeInstanceOf(Error);
		expect(`${JSON.stringify(error)} ${String((error as Error).stack)}`).not.toContain(key);
	}
	expect(written).not.toContain(key);
});

it('says that there is nothing to choose from yet', async () => {
	evolution.instances.clear();

	await expectListFault(list(), {
		message: 'The API key opens no instance yet',
		description: `Create one in Evolution API's manager, then open this list again. ${BY_ID}`,
	});
});

it.each([401, 403])('says that the key is wrong, HTTP %i', async (status) => {
	evolution.outage = () => rejection(status, 'Unauthorized', 'Unauthorized');

	await expectListFault(list('another-api-key'), {
		message: 'Evolution API rejected the API key',
		description: `Enter the instance's key or the global AUTHENTICATION_API_KEY as API Key in the credential. ${BY_ID} Evolution API says: "Unauthorized"`,
	});
});

describeListFaults(
	{
		api: () => evolution,
		list,
		keyField: 'apiKey',
		byId: BY_ID,
		displayName: 'Evolution API',
		apiName: 'Evolution API',
	},
	{
		message: 'To choose from a list, enter the API Key in the credential',
		description: `It is the instance's key in the manager, or the global AUTHENTICATION_API_KEY. ${BY_ID}`,
	},
);
