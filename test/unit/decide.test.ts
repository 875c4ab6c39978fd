import { NO_FILTERS } from '../../nodes/shared/core/read/filters';
import { idsOf, type Claimable } from '../../nodes/shared/core/remember/claims';
import type { Delivery } from '../../nodes/shared/core/verify/delivery';
import type { ClaimedIds } from '../../nodes/shared/core/remember/ledger';
import type { Provider } from '../../nodes/shared/core/read/provider';
import {
	decideOnDelivery,
	decideOnGet,
	type NodeSettings,
} from '../../nodes/shared/n8n/receive/decide';
import type { NodeParameters } from '../../nodes/shared/n8n/receive/read-parameters';
import { credentialData } from '../kit/providers';
import { signedHeaders } from '../kit/sample-deliveries';
import { fixturesOf, providerUnderTest } from '../support/providers';

const MINUTE = 60_000;

/** Its documents give each event a time, and sign the bytes. */
const pingmate = providerUnderTest('pingmate');
const { provider, simulator } = pingmate;
const sample = fixturesOf(pingmate).find(({ name }) => name === 'message.received');
if (!sample) throw new Error('there is no sample of a message');
const { rawBody, items } = sample;
const [item] = items;
const occurredAt = Date.parse(item?.occurredAt ?? '');

/** A delivery as it is received: with its headers in lower case. */
function deliveryOf(body: Buffer, secret = simulator.secret): Delivery {
	const headers = signedHeaders(pingmate, '', body, secret);
	return {
		rawBody: body,
		headers: Object.fromEntries(
			Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
		),
		url: '',
		receivedAt: occurredAt + MINUTE,
	};
}

const PARAMETERS: NodeParameters = {
	selection: { events: ['message.received'], maxEventAgeMinutes: 0, filters: NO_FILTERS },
	includeRaw: true,
	ignoreDuplicates: true,
	reportRejected: true,
};

const SETTINGS: NodeSettings = {
	credential: { data: credentialData(pingmate) },
	parameters: PARAMETERS,
	isTest: false,
};

const withParameters = (change: Partial<NodeParameters>): Partial<NodeSettings> => ({
	parameters: { ...PARAMETERS, ...change },
});

/** What the ledger makes of the ids: all of them are new unless a test says otherwise. */
const allFresh = (ids: readonly string[]): ClaimedIds => ({
	fresh: new Set(ids),
	undecided: new Set(),
});

/** Decides on a delivery; by default one that is right, of a selected and new event. */
async function decisionOn(
	delivery: Delivery | null = deliveryOf(rawBody),
	change: Partial<NodeSettings> = {},
	claimed: (ids: readonly string[]) => ClaimedIds = allFresh,
) {
	const claim = jest.fn(async (claimable: Claimable) => claimed([...idsOf(claimable).keys()]));
	const decision = await decideOnDelivery(provider, delivery, { ...SETTINGS, ...change }, claim);
	return { decision, claims: claim.mock.calls.length };
}

const rejected = (status: number, reason: string) => ({
	decision: { kind: 'reject', status, problem: { subject: 'delivery', reason } },
	claims: 0,
});

describe('a delivery', () => {
	it('starts an execution with its items', async () => {
		expect(await decisionOn()).toEqual({ decision: { kind: 'start', items }, claims: 1 });
	});

	it('starts one without the raw payload where that is left out', async () => {
		const { decision } = await decisionOn(undefined, withParameters({ includeRaw: false }));

		const { raw, ...others } = item ?? {};
		expect(raw).toBeDefined();
		expect(decision).toEqual({ kind: 'start', items: [others] });
	});

	it.each([
		['that is forged', deliveryOf(rawBody, simulator.otherSecret), 'header_mismatch'],
		['without a signature', { ...deliveryOf(rawBody), headers: {} }, 'header_missing'],
		['whose bytes cannot be had', null, 'bytes_missing'],
	])('%s is rejected with 401', async (_, delivery, reason) => {
		expect(await decisionOn(delivery)).toMatchObject(rejected(401, reason));
	});

	it('is rejected with 401 while the credential has no secret', async () => {
		expect(await decisionOn(undefined, { credential: { data: {} } })).toMatchObject(
			rejected(401, 'secret_missing'),
		);
	});

	it.each([
		['forged or not', deliveryOf(rawBody)],
		['with or without its bytes', null],
	])(
		'is rejected with 503 while n8n does not hand over the credential: %s',
		async (_, delivery) => {
			const credential = { data: {}, error: 'it was deleted' };

			expect(await decisionOn(delivery, { credential })).toMatchObject(
				rejected(503, 'credential_unreadable'),
			);
		},
	);

	it.each(['[1]', '7', '', '{"a":'])(
		'that is authentic and no JSON object is rejected with 400: %s',
		async (text) => {
			expect(await decisionOn(deliveryOf(Buffer.from(text)))).toMatchObject(
				rejected(400, 'body_not_an_object'),
			);
		},
	);

	it('is acknowledged when nothing in it is selected, and claims nothing', async () => {
		const change = withParameters({
			selection: { events: ['message.failed'], maxEventAgeMinutes: 0, filters: NO_FILTERS },
		});

		expect(await decisionOn(undefined, change)).toEqual({
			decision: { kind: 'acknowledge' },
			claims: 0,
		});
	});

	it.each([
		['older', 1.001, 'acknowledge'],
		['just as old', 1, 'start'],
	])('that is %s than the limit allows → %s', async (_, minutes, kind) => {
		const delivery = { ...deliveryOf(rawBody), receivedAt: occurredAt + minutes * MINUTE };
		const change = withParameters({
			selection: { events: ['message.received'], maxEventAgeMinutes: 1, filters: NO_FILTERS },
		});

		expect((await decisionOn(delivery, change)).decision.kind).toBe(kind);
	});

	it('is acknowledged when it was accepted before', async () => {
		const { decision } = await decisionOn(undefined, {}, () => ({
			fresh: new Set(),
			undecided: new Set(),
		}));

		expect(decision).toEqual({ kind: 'acknowledge' });
	});

	it('is deferred when n8n has not decided on a copy of it', async () => {
		const { decision } = await decisionOn(undefined, {}, (ids) => ({
			fresh: new Set(),
			undecided: new Set(ids),
		}));

		expect(decision).toMatchObject({ kind: 'defer', problem: { reason: 'copy_undecided' } });
	});

	it('starts an execution however often it comes where duplicates are not ignored', async () => {
		expect(await decisionOn(undefined, withParameters({ ignoreDuplicates: false }))).toMatchObject({
			decision: { kind: 'start' },
			claims: 0,
		});
	});

	it.each([
		[
			'not selected',
			withParameters({ selection: { events: [], maxEventAgeMinutes: 0, filters: NO_FILTERS } }),
		],
		[
			'too old',
			withParameters({
				selection: { events: ['message.received'], maxEventAgeMinutes: 0.5, filters: NO_FILTERS },
			}),
		],
	])('is shown by a test although it is %s, and claims nothing', async (_, change) => {
		expect(await decisionOn(undefined, { ...change, isTest: true })).toEqual({
			decision: { kind: 'start', items },
			claims: 0,
		});
	});
});

describe('a batch', () => {
	/** A provider whose deliveries are a list of messages. */
	const batches: Provider = {
		...provider,
		verifier: { ...provider.verifier, verify: () => ({ ok: true }) },
		normalize: ({ keys }) =>
			(keys as string[]).map((key) => ({
				event: 'message.received',
				providerEvent: 'message',
				key,
			})),
	};
	const keysOf = async (
		keys: string[],
		claimed: (id: string) => 'fresh' | 'undecided' | 'known',
		from: Provider = batches,
		settings = SETTINGS,
	) => {
		const delivery = { ...deliveryOf(rawBody), rawBody: Buffer.from(JSON.stringify({ keys })) };
		const decision = await decideOnDelivery(from, delivery, settings, async (claimable) => {
			const ids = [...idsOf(claimable).keys()];
			return {
				fresh: new Set(ids.filter((id) => claimed(id) === 'fresh')),
				undecided: new Set(ids.filter((id) => claimed(id) === 'undecided')),
			};
		});
		return decision.kind === 'start'
			? decision.items.map(({ eventId }) => eventId.split(':').pop())
			: decision.kind;
	};

	it('goes on with the items that are new, in their order, one id twice included', async () => {
		const known = (id: string) => (id.endsWith('known') ? 'known' : 'fresh');

		expect(await keysOf(['b', 'known', 'a', 'b'], known)).toEqual(['b', 'a', 'b']);
	});

	it('goes on without the items that n8n has not decided on', async () => {
		const undecided = (id: string) => (id.endsWith('copy') ? 'undecided' : 'fresh');

		expect(await keysOf(['copy', 'new'], undecided)).toEqual(['new']);
		expect(await keysOf(['copy', 'copy'], undecided)).toBe('defer');
	});

	it('is deferred when the rest of it is known', async () => {
		const some = (id: string) => (id.endsWith('copy') ? 'undecided' : 'known');

		expect(await keysOf(['known', 'copy'], some)).toBe('defer');
	});

	it('is shown whole by a test', async () => {
		const settings = { ...SETTINGS, isTest: true };

		expect(await keysOf(['a', 'b'], () => 'known', batches, settings)).toEqual(['a', 'b']);
	});

	it.each([
		['known', 'acknowledge'],
		['undecided', 'defer'],
	] as const)('whose own ID is %s brings nothing new, whatever its items', async (state, kind) => {
		const signedOnce: Provider = { ...batches, signedText: () => 'the same text' };
		const claimed = (id: string) => (id.includes(':delivery:') ? state : 'fresh');

		expect(await keysOf(['new'], claimed, signedOnce)).toBe(kind);
	});

	it('claims its own ID also where none of its items is selected', async () => {
		const signedOnce: Provider = { ...batches, signedText: () => 'the same text' };
		const claim = jest.fn(async () => allFresh([]));
		const { selection } = PARAMETERS;
		const parameters = { ...PARAMETERS, selection: { ...selection, events: [] } };
		const delivery = { ...deliveryOf(rawBody), rawBody: Buffer.from('{"keys":["a"]}') };

		const settings = { ...SETTINGS, parameters };
		expect(await decideOnDelivery(signedOnce, delivery, settings, claim)).toEqual({
			kind: 'acknowledge',
		});
		expect(claim).toHaveBeenCalledWith({
			items: [],
			deliveryId: expect.stringContaining(':delivery:') as string,
		});
	});
});

describe('a GET', () => {
	const { provider: meta } = providerUnderTest('meta');
	const credential = { data: { verifyToken: 'a token' } };
	const query = (token: string) => ({
		'hub.mode': 'subscribe',
		'hub.verify_token': token,
		'hub.challenge': '0042',
	});

	it('that is a handshake with the right token is confirmed with its challenge', () => {
		expect(decideOnGet(meta, query('a token'), credential)).toEqual({
			kind: 'confirm',
			challenge: '0042',
		});
	});

	it.each([
		['a wrong token', query('another'), credential, 403, 'token_mismatch'],
		['no token in the credential', query(''), { data: {} }, 403, 'token_missing'],
		[
			'a credential that n8n does not hand over',
			query('a token'),
			{ data: {}, error: 'it was deleted' },
			503,
			'credential_unreadable',
		],
	])('that is a handshake with %s is rejected', (_, asked, node, status, reason) => {
		expect(decideOnGet(meta, asked, node)).toMatchObject({
			kind: 'reject',
			status,
			problem: { subject: 'verification request', reason },
		});
	});

	it.each([
		['an empty query', meta, {}, credential],
		['a token and nothing else', meta, { 'hub.verify_token': 'guessed' }, credential],
		['no credential', meta, {}, { data: {}, error: 'it was deleted' }],
		['a provider without a handshake', provider, query('a token'), credential],
	])('that is no handshake is greeted: %s', (_, asked, sent, node) => {
		expect(decideOnGet(asked, sent, node)).toEqual({ kind: 'greet' });
	});
});
