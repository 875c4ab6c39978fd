import { MetaWebhookApi } from '../../../credentials/MetaWebhookApi.credentials';
import { choice, openAllParts, openList } from '../../../test/support/list-context';
import { describeListFaults, expectListFault } from '../../../test/support/list-faults';
import { MetaTrigger } from '../MetaTrigger.node';
import {
	ACCESS_TOKEN,
	ACCOUNT_ID,
	APP_SECRET,
	FakeMeta,
	PHONE_NUMBER_ID,
	rejection,
} from './fake-meta';

let meta: FakeMeta;

beforeEach(async () => {
	meta = await new FakeMeta().start();
});

afterEach(async () => {
	await meta.stop();
});

const listOf = (parameter: string, change: Record<string, string> = {}) => ({
	nodeType: new MetaTrigger(),
	credentialType: new MetaWebhookApi(),
	credential: {
		webhookSecret: APP_SECRET,
		verifyToken: '',
		accessToken: ACCESS_TOKEN,
		baseUrl: meta.baseUrl,
		...change,
	},
	parameter,
});
const numbers = (change?: Record<string, string>) => listOf('phoneNumberId', change);
const accounts = (change?: Record<string, string>) => listOf('accountId', change);

/** Adds an account with so many numbers. */
function addAccount(id: string, name: string, count: number): void {
	meta.accounts.set(id, {
		name,
		numbers: Array.from({ length: count }, (_, n) => ({
			id: `${id}${n}`,
			display_phone_number: `+1 555-020-${String(n).padStart(4, '0')}`,
			verified_name: `${name} ${n}`,
		})),
	});
	meta.targets?.push(id);
}

const valuesOf = ({ results }: Awaited<ReturnType<typeof openList>>) =>
	results.map(({ value }) => value);

describe('the list of accounts', () => {
	it('has those that the permission of the token is for, with their names', async () => {
		addAccount('2', 'Second', 0);

		expect(await openList(accounts())).toEqual({
			results: [choice(ACCOUNT_ID, `My Shop (${ACCOUNT_ID})`), choice('2', 'Second (2)')],
		});
	});

	it('has those that are assets of the user where the permission is not limited', async () => {
		meta.targets = null;
		meta.mostInPart = 2;
		for (const n of [2, 3, 4, 5]) addAccount(String(n), `Account ${n}`, 0);

		expect(valuesOf(await openList(accounts()))).toEqual([ACCOUNT_ID, '2', '3', '4', '5']);
		expect(meta.log.filter((line) => line.includes('assigned_'))).toHaveLength(3);
	});

	it('has an ID without a name where the token does not show the account', async () => {
		meta.targets?.push('404');

		expect((await openList(accounts())).results[1]).toEqual(choice('404', '404'));
	});

	it('comes in parts, and is searched to its end', async () => {
		for (let n = 2; n < 35; n++) addAccount(String(n), `Account ${n}`, 0);

		const parts = await openAllParts(accounts());
		expect(parts.map((part) => part.length)).toEqual([20, 14]);
		expect(new Set(parts.flat()).size).toBe(34);
		expect(await openList(accounts(), 'ACCOUNT 34')).toEqual({
			results: [choice('34', 'Account 34 (34)')],
		});
	});
});

describe('the list of phone numbers', () => {
	it('has the numbers of every account, with the names that customers see', async () => {
		addAccount('2', 'Second', 1);

		expect(await openList(numbers())).toEqual({
			results: [
				choice(PHONE_NUMBER_ID, '+1 555-010-2030 (My Shop)'),
				choice('20', '+1 555-020-0000 (Second 0)'),
			],
		});
	});

	it('comes in parts, each number once, by the cursors of each account', async () => {
		meta.mostInPart = 7;
		addAccount('2', 'Empty', 0);
		addAccount('3', 'Large', 60);
		addAccount('4', 'Small', 3);

		const parts = await openAllParts(numbers());
		expect(parts.length).toBeGreaterThan(2);
		expect(new Set(parts.flat()).size).toBe(64);
		expect(parts.flat()).toHaveLength(64);
	});

	it.each([
		['a name in any case', 'large 59'],
		['a number', '15550200059'],
		['a number in groups', '555 020-0059'],
	])('is searched to its end by %s', async (_, filter) => {
		meta.mostInPart = 10;
		addAccount('3', 'Large', 60);

		expect(valuesOf(await openList(numbers(), filter))).toEqual(['359']);
	});

	it('asks for no more than ten parts at once, and goes on where it stopped', async () => {
		meta.mostInPart = 1;
		addAccount('3', 'Large', 30);

		const first = await openList(numbers(), 'Large 29');
		expect(first.results).toEqual([]);
		expect(meta.log.filter((line) => line.includes('phone_numbers'))).toHaveLength(10);

		const second = await openList(numbers(), 'Large 29', first.paginationToken);
		const third = await openList(numbers(), 'Large 29', second.paginationToken);
		const fourth = await openList(numbers(), 'Large 29', third.paginationToken);
		expect(valuesOf(fourth)).toEqual(['329']);
	});

	it('leaves out an account that the token does not show', async () => {
		meta.targets?.unshift('404');

		expect(valuesOf(await openList(numbers()))).toEqual([PHONE_NUMBER_ID]);
	});

	it.each(['404', '404 cursor', '../me x', ''])(
		'asks for no account that the token is not for: a part named %j',
		async (token) => {
			expect(await openList(numbers(), undefined, token)).toEqual({ results: [] });
			expect(meta.log).toEqual(['GET /v25.0/debug_token 200']);
		},
	);

	it('never shows the Access Token, which is in Meta’s link to the next part', async () => {
		meta.mostInPart = 1;
		addAccount('3', 'Large', 40);

		expect(JSON.stringify(await openList(numbers()))).not.toContain(ACCESS_TOKEN);
	});
});

describe.each([
	['accounts', accounts, "the account's ID"],
	['phone numbers', numbers, "the number's ID"],
])('the list of %s', (_, list, typed) => {
	const byId = `Or switch to By ID and type ${typed}.`;

	it('says that the token is wrong', async () => {
		await expectListFault(list({ accessToken: 'EAAanother' }), {
			message: 'Meta rejected the Access Token',
			description: `Make one for a system user in Meta Business Suite (Settings → System users → Generate token) and paste it into the credential. ${byId} Meta says: "Invalid OAuth access token - Cannot parse access token"`,
		});
	});

	it('says that the App Secret is wrong, and works without one', async () => {
		await expectListFault(list({ webhookSecret: 'another app secret' }), {
			message: 'Meta rejected the App Secret',
			description: expect.stringContaining(byId) as string,
		});
		expect((await openList(list({ webhookSecret: '' }))).results).toHaveLength(1);
	});

	it('says which permission is missing', async () => {
		meta.scopes = ['whatsapp_business_messaging'];

		await expectListFault(list(), {
			message: 'The Access Token lacks the permission whatsapp_business_management',
			description: `Generate it with the permissions whatsapp_business_management and whatsapp_business_messaging, for a system user that has the app and the WhatsApp account as assets. ${byId}`,
		});
	});

	it.each([
		['the permission is for no account', []],
		['the user has no account', null],
	])('says that there is nothing to choose from where %s', async (__, targets) => {
		meta.targets = targets;
		meta.accounts.clear();

		await expectListFault(list(), {
			message: expect.stringMatching(
				/^The Access Token shows no (phone number|WhatsApp Business Account)$/,
			) as string,
			description: `In Meta Business Suite (Settings → System users), give the system user of the token the WhatsApp account as an asset. Then open this list again. ${byId}`,
		});
	});

	it('passes on that Meta is asked too often', async () => {
		meta.outage = ({ url = '' }) =>
			url.includes('debug_token') ? null : rejection(400, 80008, 'Too many calls');

		await expectListFault(list(), {
			message: "Meta's rate limit was reached",
			description: `Wait a few minutes, then try again. Meta says: "Too many calls" ${byId}`,
		});
	});

	describeListFaults(
		{
			api: () => meta,
			list,
			keyField: 'accessToken',
			byId,
			displayName: 'Meta',
			apiName: "Meta's API",
		},
		{
			message: 'To choose from a list, enter the Access Token in the credential',
			description: `Make one for a system user in Meta Business Suite: Settings → System users → Generate token. ${byId}`,
		},
	);
});
