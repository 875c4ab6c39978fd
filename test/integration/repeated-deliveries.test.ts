import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { signedHeaders } from '../kit/sample-deliveries';
import {
	receivedMessage,
	startProviderServer,
	stopProviderServers,
	type ProviderServer,
} from '../support/provider-server';
import { providerUnderTest } from '../support/providers';
import { until } from '../kit/until';
import type { ServerOptions } from '../support/webhook-server';

afterEach(stopProviderServers);

/** What is remembered knows no provider: one shows it. n8n.test.ts has what takes a real n8n. */
describe('copies of a delivery', () => {
	const discovered = providerUnderTest('pingmate');
	const received = receivedMessage(discovered);
	const start = async (change?: Partial<ServerOptions>) =>
		await startProviderServer(discovered, change);

	/** Sends a delivery and hangs up before n8n has answered. */
	async function hangUpAfter(milliseconds: number, { url }: ProviderServer): Promise<void> {
		const headers = signedHeaders(discovered, url, received);
		const sent = request(url, { method: 'POST', agent: false, headers });
		sent.on('error', () => undefined);
		sent.end(received);
		await sleep(milliseconds);
		sent.destroy();
	}

	it('wait for the first, and one takes its place when it fails', async () => {
		const takeOver = jest.fn(failingOnce(50));
		const server = await start({ takeOver });

		const answers = await Promise.all(Array.from({ length: 10 }, () => server.send(received)));

		const statuses = answers.map(({ status }) => status).sort();
		expect(statuses).toEqual([...Array<number>(9).fill(200), 500]);
		expect(takeOver).toHaveBeenCalledTimes(2);
		expect(server.executions).toHaveLength(1);
	});

	it('start nothing more when the sender gave up before n8n was done', async () => {
		const server = await start({ takeOver: () => sleep(200) });
		await hangUpAfter(50, server);
		await hangUpAfter(50, server);

		expect((await server.send(received)).status).toBe(200);
		expect(server.executions).toHaveLength(1);
		expect((await server.send(received)).status).toBe(200);
		expect(server.executions).toHaveLength(1);
	});

	it('are processed when the sender gave up and n8n failed after that', async () => {
		const server = await start({ takeOver: failingOnce(150) });
		await hangUpAfter(50, server);

		expect((await server.send(received)).status).toBe(200);
		expect(server.executions).toHaveLength(1);
	});

	it('start an execution each when duplicates are not ignored', async () => {
		const server = await start({ parameters: { options: { ignoreDuplicates: false } } });
		await server.send(received);
		await server.send(received);

		expect(server.executions).toHaveLength(2);
	});

	it.each([
		['two workflows', {}, {}],
		[
			'two nodes of a workflow',
			{ workflowId: 'twice', nodeId: 'node-1' },
			{ workflowId: 'twice', nodeId: 'node-2' },
		],
	])('are remembered by %s each for itself', async (_, first, second) => {
		const [one, other] = [await start(first), await start(second)];
		await one.send(received);
		await other.send(received);

		expect(one.executions).toHaveLength(1);
		expect(other.executions).toHaveLength(1);
	});
});

/** A hand-over that takes its time, and fails the first time. */
function failingOnce(milliseconds: number): () => Promise<void> {
	let attempts = 0;
	return async () => {
		attempts++;
		const isFirst = attempts === 1;
		await sleep(milliseconds);
		if (isFirst) throw new Error('the database is locked');
	};
}

const chakraHq = providerUnderTest('chakrahq');

/** A delivery in Meta's format: the status of each of these messages. */
const statuses = (...ids: string[]) =>
	Buffer.from(
		JSON.stringify({
			object: 'whatsapp_business_account',
			entry: [
				{
					id: '1',
					changes: [
						{
							field: 'messages',
							value: {
								statuses: ids.map((id) => ({
									id,
									status: 'delivered',
									timestamp: '1756322278',
									recipient_id: '919911223344',
								})),
							},
						},
					],
				},
			],
		}),
	);

describe('copies of a delivery that n8n does not decide on', () => {
	/** Where a provider gives up after a quarter of a second, which none does, and no test has to wait longer. */
	const RESPONSE_TIMEOUT_MS = 250;
	const LONGEST_WAIT_MS = 0.8 * RESPONSE_TIMEOUT_MS;

	let restoreTimeout = () => {};

	afterEach(() => {
		restoreTimeout();
	});

	/** A server whose first delivery n8n does not decide on before it is told to. */
	async function startUndecided(id: string, first: Buffer) {
		const decisions: (() => void)[] = [];
		const discovered = providerUnderTest(id);
		const { responseTimeoutMs } = discovered.provider;
		discovered.provider.responseTimeoutMs = RESPONSE_TIMEOUT_MS;
		restoreTimeout = () => {
			discovered.provider.responseTimeoutMs = responseTimeoutMs;
		};
		const server = await startProviderServer(discovered, {
			takeOver: () => new Promise((resolve) => decisions.push(resolve)),
		});
		const send = async (body: Buffer) => {
			const startedAt = performance.now();
			const answer = await server.send(body);
			return { ...answer, hasWaited: performance.now() - startedAt >= LONGEST_WAIT_MS };
		};
		const responseToFirst = send(first);
		await until(() => decisions.length === 1);
		const decide = () => {
			for (const decision of decisions.splice(0)) decision();
		};
		return { server, send, responseToFirst, decisions, decide };
	}

	it('are answered 503 before the provider gives up on them', async () => {
		const delivery = receivedMessage(providerUnderTest('chirp'));
		const { server, send, responseToFirst, decide } = await startUndecided('chirp', delivery);

		expect(await send(delivery)).toEqual({
			status: 503,
			body: 'Service Unavailable',
			hasWaited: true,
		});
		expect(server.log).toEqual([expect.stringMatching(/^Deferred a delivery from Chirp to node/)]);
		expect(server.failures).toEqual([]);

		decide();
		expect((await responseToFirst).status).toBe(200);
		expect((await send(delivery)).status).toBe(200);
		expect(server.executions).toHaveLength(1);
	});

	it('do not hold up what else comes with them', async () => {
		const { server, send, decisions, decide } = await startUndecided('chakrahq', statuses('a'));

		const copies = Promise.all([send(statuses('a')), send(statuses('a', 'new'))]);
		await until(() => server.log.length === 1 && decisions.length === 2);
		decide();

		expect((await copies).map(({ status, hasWaited }) => [status, hasWaited])).toEqual([
			[503, true],
			[200, true],
		]);
		const delivered = server.executions.map((outputs) =>
			outputs.flat().map(({ json }) => json.messageId),
		);
		expect(delivered).toEqual([['a'], ['new']]);
	});
});

describe('a batch', () => {
	/** The messages whose statuses left by Delivered, for each execution. */
	const deliveredIn = ({ executions }: ProviderServer) =>
		executions.map((outputs) => outputs[2]?.map(({ json }) => json.messageId));

	it('is one execution, its items in payload order, judged item by item', async () => {
		const server = await startProviderServer(chakraHq);

		await server.send(statuses('a', 'b', 'a'));
		await server.send(statuses('b', 'c', 'a', 'd'));
		expect((await server.send(statuses('d', 'c'))).status).toBe(200);

		expect(deliveredIn(server)).toEqual([
			['a', 'b', 'a'],
			['c', 'd'],
		]);
	});

	it('is one event with the same message in the other format of its provider', async () => {
		const server = await startProviderServer(chakraHq);
		const own = Buffer.from(
			JSON.stringify({
				event: 'status',
				payload: { externalId: 'wamid.x', deliveryStatus: 'DELIVERED', timestamp: 1756322278000 },
			}),
		);

		await server.send(statuses('wamid.x'));
		expect((await server.send(own)).status).toBe(200);

		expect(deliveredIn(server)).toEqual([['wamid.x']]);
	});

	it('of 1,000 statuses is one execution of 1,000 items', async () => {
		const server = await startProviderServer(chakraHq);
		const ids = Array.from({ length: 1_000 }, (_, n) => `wamid.${n}`);

		await server.send(statuses(...ids));

		expect(deliveredIn(server)).toEqual([ids]);
	});
});
