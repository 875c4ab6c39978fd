import { NodeOperationError } from 'n8n-workflow';
import type { Item } from '../../nodes/shared/core/item/item';
import { notAnObject, rejection } from '../../nodes/shared/n8n/receive/problem';
import { OUTPUTS } from '../kit/outputs';
import { deliveryCases, type DeliveryCase } from '../support/delivery-cases';
import { post } from '../kit/post';
import {
	receivedMessage,
	startProviderServer,
	stopProviderServers,
} from '../support/provider-server';
import {
	fixturesOf,
	PROVIDERS_UNDER_TEST,
	providerUnderTest,
	type Fixture,
	type ProviderUnderTest,
} from '../support/providers';
import type { ServerOptions } from '../support/webhook-server';

/*
 * What becomes of a delivery is decided in nodes/shared/n8n/receive/decide.ts, whose unit test has the
 * cases. Here is what only HTTP and n8n's own context can show.
 */

afterEach(stopProviderServers);

describe.each(PROVIDERS_UNDER_TEST)('the node of $displayName', (discovered) => {
	it('sends each event out of its own output, and rejects what is forged', async () => {
		const fixtures = oneOfEachEvent(discovered);
		// Some samples are one event in two shapes.
		const server = await startProviderServer(discovered, {
			parameters: { options: { ignoreDuplicates: false } },
		});
		for (const { rawBody } of fixtures) await server.send(rawBody);
		const { status } = await server.forge(receivedMessage(discovered));

		const expected = fixtures.map(({ items }) =>
			outputsOf(discovered).map(([event]) =>
				items
					.filter((item: Item) => item.event === event)
					.map((item) => ({ json: atAnyUrl(item) })),
			),
		);
		expect(server.executions).toEqual(expected);
		expect(status).toBe(401);
		expect(server.failures).toHaveLength(1);
	});

	it('listens to messages, failures and forms as long as nobody selects anything else', async () => {
		const fixtures = oneOfEachEvent(discovered);
		const server = await startProviderServer(discovered, { parameters: { events: undefined } });
		for (const { rawBody } of fixtures) await server.send(rawBody);

		const sent = new Set(fixtures.flatMap(({ items }) => items.map(({ event }) => event)));
		const started = new Set(server.executions.flat(2).map(({ json }) => json.event));
		expect([...started].sort()).toEqual(
			LISTENED_TO.filter((event) => sent.has(event as Item['event'])).sort(),
		);
	});
});

/** Samples that together have each event: all of them are read in the unit tests. */
function oneOfEachEvent(discovered: ProviderUnderTest): Fixture[] {
	const seen = new Set<string>();
	return fixturesOf(discovered).filter(({ items }) => {
		const before = seen.size;
		for (const { event } of items) seen.add(event);
		return seen.size > before;
	});
}

/** An item whose ID may be made of what was signed, and so of the URL. */
function atAnyUrl(item: Item): unknown {
	const [begin, hash] = item.eventId.split(':signed:');
	if (hash === undefined) return item;
	const eventId = expect.stringMatching(`^${begin}:signed:sha256:[0-9a-f]{32}$`) as unknown;
	return { ...item, eventId };
}

/** What a new node listens to, as it was published, where its provider has it. */
const LISTENED_TO = ['message.received', 'message.failed', 'form.submitted'];

/** The outputs of a node as they were published: up to the last event of which there is a sample. */
function outputsOf(discovered: ProviderUnderTest) {
	const emitted = fixturesOf(discovered).flatMap(({ items }) => items.map(({ event }) => event));
	const indexes = emitted.map((event) => OUTPUTS.findIndex(([candidate]) => candidate === event));
	return OUTPUTS.slice(0, Math.max(...indexes) + 1);
}

/** A header as it arrives is not always the one that was sent: one provider that signs, and one that does not. */
describe.each(['pingmate', 'chirp'].map(providerUnderTest))(
	'a delivery from $displayName over HTTP',
	(discovered) => {
		const casesAt = (url: string) =>
			deliveryCases(discovered, receivedMessage(discovered), { url, at: new Date() });

		it.each(casesAt('').map((delivery, index) => ({ ...delivery, index })))(
			'$name → $expected',
			async ({ index, credential }) => {
				const server = await startProviderServer(discovered, { credential });
				// Made anew, where the time is signed.
				const delivery = casesAt(server.url)[index] as DeliveryCase;

				const answer = await post(
					server.url,
					delivery.rawBody,
					Object.fromEntries(
						Object.entries(delivery.headers).filter(([, values]) => values.length > 0),
					),
				);

				expect(answer).toEqual(isParsable(delivery) ? responseTo(delivery) : RESPONSE_OF_N8N);
				expect(server.executions).toHaveLength(delivery.expected === 'items' ? 1 : 0);
				const isRejected = [400, 401].includes(answer.status);
				expect(server.log).toEqual(
					isRejected ? [expect.stringContaining(`: ${causeOf(discovered, delivery)}. `)] : [],
				);
				expect(server.failures).toHaveLength(isRejected ? 1 : 0);
				const reported = server.failures.flatMap((error) => [error.message, descriptionOf(error)]);
				expectNothingGivenAway([answer.body, ...server.log, ...reported].join('\n'), delivery);
			},
		);
	},
);

/** What the log says of a rejected delivery. */
function causeOf({ provider }: ProviderUnderTest, { expected, credential }: DeliveryCase): string {
	if (expected === 'items') return 'nothing';
	if (expected === 'not an object') return notAnObject(provider).cause;
	return rejection(provider, expected, credential).cause;
}

/** The answers that are promised. */
function responseTo({ expected }: DeliveryCase): { status: number; body: string } {
	if (expected === 'items') return { status: 200, body: '' };
	return expected === 'not an object'
		? { status: 400, body: 'Bad Request' }
		: { status: 401, body: 'Unauthorized' };
}

/** Before the node runs, to what calls itself JSON and is none. */
const RESPONSE_OF_N8N = { status: 422, body: '{"message":"Failed to parse request body"}' };

function isParsable({ rawBody }: DeliveryCase): boolean {
	try {
		JSON.parse(rawBody.toString('utf8').replace(/^\ufeff/, '') || '{}');
		return true;
	} catch {
		return false;
	}
}

function expectNothingGivenAway(text: string, delivery: DeliveryCase): void {
	const { rawBody, headers, credential } = delivery;
	const secrets = [credential.webhookSecret, credential.secondWebhookSecret];
	for (const hidden of [...secrets, ...Object.values(headers).flat()]) {
		if (hidden?.trim()) expect(text).not.toContain(hidden.trim());
	}
	if (rawBody.length > 10) expect(text).not.toContain(rawBody.toString('utf8'));
}

const descriptionOf = (error?: Error) => (error as NodeOperationError | undefined)?.description;

const pingmate = providerUnderTest('pingmate');
const received = receivedMessage(pingmate);

const start = async (change?: Partial<ServerOptions>) =>
	await startProviderServer(pingmate, change);

describe('the options', () => {
	it('reach the decision', async () => {
		const options = { includeRaw: false, maxEventAgeMinutes: 5 };
		const server = await start({ parameters: { options } });
		const recent = Buffer.from(pingmate.simulator.freshen(received.toString('utf8'), new Date()));

		for (const body of [received, recent]) expect((await server.send(body)).status).toBe(200);
		const [item, ...others] = server.executions.flat(2);
		expect(others).toEqual([]);
		expect(item?.json).not.toHaveProperty('raw');
	});

	it('are ignored in a test, which shows what is not selected, old or repeated', async () => {
		const server = await start({
			parameters: { events: [], options: { maxEventAgeMinutes: 5 } },
			mode: 'manual',
		});
		for (let n = 0; n < 2; n++) expect((await server.send(received)).status).toBe(200);

		expect(server.executions).toHaveLength(2);
	});
});

describe('a rejection', () => {
	const headline = (count: string) =>
		`Rejected ${count} from PingMate: the signature doesn't match`;

	it('ends a test with an error that says what happened and what to do', async () => {
		const server = await start({ mode: 'manual' });

		expect(await server.forge(received)).toEqual({ status: 401, body: 'Unauthorized' });

		const [error, ...others] = server.failures;
		expect(others).toEqual([]);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error?.message).toBe(headline('a delivery'));
		expect(descriptionOf(error)).toMatch(/^If it came from PingMate, .+\.$/);
	});

	it('ends every test, however many there are', async () => {
		const server = await start({
			mode: 'manual',
			parameters: { options: { reportRejected: false } },
		});
		await server.forge(received);
		await server.forge(received);

		expect(server.failures).toHaveLength(2);
	});

	it('makes one failed execution and one line in the log, however many there are', async () => {
		const server = await start();
		const statuses = [];
		for (let n = 0; n < 100; n++) statuses.push((await server.forge(received)).status);

		expect(statuses).toEqual(Array(100).fill(401));
		expect(server.failures).toHaveLength(1);
		expect(server.log).toHaveLength(1);
		expect(server.executions).toEqual([]);
	});

	it('is reported for each reason', async () => {
		const server = await start();
		await server.forge(received);
		await post(server.url, received);
		expect((await server.send(Buffer.alloc(0))).status).toBe(400);

		expect(server.failures.map(({ message }) => message)).toEqual([
			expect.stringContaining("doesn't match"),
			expect.stringContaining('there is no'),
			expect.stringContaining("it's authentic, but"),
		]);
	});

	it('is reported again after an hour, with how many there were', async () => {
		const clock = jest.spyOn(performance, 'now');
		try {
			const server = await start();
			const at = async (milliseconds: number) => {
				clock.mockReturnValue(milliseconds);
				await server.forge(received);
			};
			await at(0);
			for (let n = 0; n < 9; n++) await at(59_999);
			await at(3_600_000);

			expect(server.failures.map(({ message }) => message)).toEqual([
				headline('a delivery'),
				headline('10 deliveries'),
			]);
			expect(descriptionOf(server.failures[1])).toContain('all since the last report');
			expect(server.log.map((line) => line.split(' to node ')[0])).toEqual([
				'Rejected a delivery from PingMate',
				'Rejected 10 deliveries from PingMate',
			]);
		} finally {
			clock.mockRestore();
		}
	});

	it('is only logged where it is not to be reported', async () => {
		const server = await start({ parameters: { options: { reportRejected: false } } });

		expect((await server.forge(received)).status).toBe(401);
		expect(server.failures).toEqual([]);
		expect(server.log).toHaveLength(1);
	});

	it('leaves n8n nothing to answer a second time', async () => {
		const server = await start();
		await server.forge(received);

		expect(server.failures).toHaveLength(1);
		expect(server.secondResponses).toEqual([]);
	});

	it('is 503 while n8n does not hand over the credential, whose words cannot become a link', async () => {
		const server = await start({
			credential: null,
			credentialError: 'it was <a href="https://x.example">deleted</a>',
		});

		// Not 401, after which Evolution API sends nothing again.
		expect(await server.send(received)).toEqual({ status: 503, body: 'Service Unavailable' });
		expect(server.log[0]).toContain('select the credential again');
		const [error] = server.failures;
		expect(error?.message).toContain('it was ‹a href="https://x.example">deleted‹/a>');
		expect(error?.message).not.toContain('<');
	});
});
