import { NodeOperationError } from 'n8n-workflow';
import type { Item } from '../../nodes/shared/core/item';
import { OUTPUTS } from '../../playground/outputs';
import { credentialData, sampleOf } from '../../playground/providers';
import { withNewIds } from '../../playground/sample-deliveries';
import { CAUSES } from '../support/causes';
import { deliveryCases, knownAnswerCases, type DeliveryCase } from '../support/delivery-cases';
import { post } from '../support/post';
import { ONE_OF_EACH_KIND } from '../support/seams';
import {
	receivedMessage,
	startProviderServer,
	stopProviderServers,
	type ProviderServer,
} from '../support/provider-server';
import {
	fixturesOf,
	PROVIDERS_UNDER_TEST,
	providerUnderTest,
	type ProviderUnderTest,
} from '../support/providers';
import type { ServerOptions } from '../support/webhook-server';

/** What a new node listens to, as it was published, where its provider has it. */
const LISTENED_TO = ['message.received', 'message.failed', 'form.submitted'];

afterEach(stopProviderServers);

/** What holds over HTTP for every provider that is found: what its node passes to the receiver. */
describe.each(PROVIDERS_UNDER_TEST)('$displayName over HTTP', (discovered) => {
	const received = receivedMessage(discovered);
	const fixtures = fixturesOf(discovered);

	const start = async (change?: Partial<ServerOptions>) =>
		await startProviderServer(discovered, change);

	/** How many items leave by each output, when an event is the only one. */
	const onlyOutputOf = (event: string) =>
		outputsOf(discovered).map(([candidate]) => (candidate === event ? 1 : 0));

	const countsOf = (server: ProviderServer) =>
		server.executions.map((outputs) => outputs.map((items) => items.length));

	it('sends each event out by its own output', async () => {
		// Some samples are one event in two shapes.
		const server = await start({ parameters: { options: { ignoreDuplicates: false } } });
		for (const { rawBody } of fixtures) await server.send(rawBody);

		const expected = fixtures.map(({ items }) =>
			outputsOf(discovered).map(([event]) =>
				items.filter((item: Item) => item.event === event).map((json) => ({ json })),
			),
		);
		expect(server.executions).toEqual(expected);
	});

	it('starts one execution for a delivery that arrives twice', async () => {
		const server = await start();
		for (let n = 0; n < 2; n++) expect((await server.send(received)).status).toBe(200);

		expect(server.executions).toHaveLength(1);
	});

	it('starts nothing for an event that is not selected', async () => {
		const server = await start({ parameters: { events: ['message.failed'] } });

		expect((await server.send(received)).status).toBe(200);
		expect(server.executions).toEqual([]);

		expect((await server.send(sampleOf(discovered, 'message.failed').rawBody)).status).toBe(200);
		expect(countsOf(server)).toEqual([onlyOutputOf('message.failed')]);
		expect(server.log).toEqual([]);
	});

	it('shows what is not selected, old or repeated in a test execution', async () => {
		const server = await start({
			parameters: { events: [], options: { maxEventAgeMinutes: 5 } },
			mode: 'manual',
		});

		expect((await server.send(received)).status).toBe(200);
		expect((await server.send(received)).status).toBe(200);

		const counts = onlyOutputOf('message.received');
		expect(countsOf(server)).toEqual([counts, counts]);
		expect(server.log).toEqual([]);
	});

	it('listens to messages, failures and forms as long as nobody selects anything else', async () => {
		const server = await start({ parameters: { events: undefined } });
		for (const { rawBody } of fixtures) await server.send(rawBody);

		const sent = new Set(fixtures.flatMap(({ items }) => items.map(({ event }) => event)));
		const started = new Set(server.executions.flat(2).map(({ json }) => json.event));
		expect([...started].sort()).toEqual(
			LISTENED_TO.filter((event) => sent.has(event as Item['event'])).sort(),
		);
	});

	it('leaves the raw payload out when it is told to', async () => {
		const server = await start({ parameters: { options: { includeRaw: false } } });
		await server.send(received);

		const [item] = server.executions.flat(2);
		expect(item?.json).not.toHaveProperty('raw');
		expect(item?.json).toHaveProperty('summary');
	});

	it('acknowledges and drops what is older than the limit, where the provider says when', async () => {
		const server = await start({ parameters: { options: { maxEventAgeMinutes: 5 } } });
		const sample = fixtures.find(({ name }) => name === 'message.received');
		const hasTime = sample?.items.every(({ occurredAt }) => occurredAt !== null);

		expect((await server.send(received)).status).toBe(200);
		expect(server.executions).toHaveLength(hasTime ? 0 : 1);
		expect((await server.send(withNewIds(discovered, received))).status).toBe(200);
		expect(server.executions).toHaveLength(hasTime ? 1 : 2);
	});
});

/** What depends on how a provider proves and writes its deliveries: one of each kind shows it. */
describe.each(ONE_OF_EACH_KIND.map(({ id }) => providerUnderTest(id)))(
	'$displayName over HTTP, for all of its kind',
	(discovered) => {
		const { simulator } = discovered;
		const received = receivedMessage(discovered);
		const start = async (change?: Partial<ServerOptions>) =>
			await startProviderServer(discovered, change);
		const unsigned = { 'content-type': simulator.contentType ?? 'application/json' };

		describe('a delivery', () => {
			const casesAt = (url: string) => [
				...deliveryCases(discovered, received, { url, at: new Date() }),
				...knownAnswerCases(discovered),
			];

			it.each(
				casesAt('https://n8n.example.com/').map((delivery, index) => ({ ...delivery, index })),
			)('$name → $expected', async ({ index, credential }) => {
				const server = await start({ credential });
				// Made anew, where the URL and the time are signed.
				const delivery = casesAt(server.url)[index] as DeliveryCase;

				const answer = await post(server.url, delivery.rawBody, {
					'content-type': simulator.contentType ?? 'application/json',
					...Object.fromEntries(
						Object.entries(delivery.headers).filter(([, values]) => values.length > 0),
					),
				});

				expect(answer).toEqual(
					isParsable(delivery) || simulator.contentType ? answerTo(delivery) : ANSWER_OF_N8N,
				);
				expect(server.executions).toHaveLength(delivery.expected === 'items' ? 1 : 0);
				const isTurnedAway = [400, 401].includes(answer.status);
				expect(server.log).toEqual(
					isTurnedAway ? [expect.stringMatching(CAUSES[delivery.expected] ?? /^$/)] : [],
				);
				expect(server.failures).toHaveLength(isTurnedAway ? 1 : 0);
				const told = server.failures.flatMap((error) => [error.message, descriptionOf(error)]);
				expectNothingGivenAway([answer.body, ...server.log, ...told].join('\n'), delivery);
			});
		});

		describe('an odd request', () => {
			it.each(['text/plain', 'application/octet-stream', 'application/vnd.x+json', ''])(
				'is verified with the content type "%s"',
				async (type) => {
					const server = await start();

					expect((await server.send(received, { 'content-type': type })).status).toBe(200);
					expect(server.executions).toHaveLength(1);
				},
			);

			it('is refused as multipart, of which there are no bytes to verify', async () => {
				const server = await start();
				const body = Buffer.from('--x\r\n\r\nhello\r\n--x--\r\n');
				const headers = { 'content-type': 'multipart/form-data; boundary=x' };

				expect((await server.send(body, headers)).status).toBe(401);
				expect(server.log[0]).toContain('the body could not be read');
			});

			it('is to come again while the credential is gone, or n8n cannot read it', async () => {
				const server = await start({ credential: null });

				// Not 401, after which Evolution API sends nothing again.
				expect((await server.send(received)).status).toBe(503);
				expect(server.log[0]).toContain('Credential with ID "1" does not exist');
				expect(server.log[0]).toContain('select the credential again');
			});

			it('is told which header is missing, also when the credential leaves its name empty', async () => {
				const credential = { ...credentialData(discovered), headerName: ' ' };
				const server = await start({ credential });
				const [header] = Object.keys(
					simulator.sign(received, simulator.secret, { url: server.url, at: new Date() }),
				);

				expect((await post(server.url, received, unsigned)).status).toBe(401);
				expect(server.log[0]).toContain(`there is no ${header} header`);
			});
		});
	},
);

/** What the receiver makes of a refusal: one provider that signs shows it, and one that does not. */
describe.each(['pingmate', 'chirp'].map(providerUnderTest))(
	'a refusal of $displayName',
	(discovered) => {
		const { provider, displayName, simulator } = discovered;
		const received = receivedMessage(discovered);
		const start = async (change?: Partial<ServerOptions>) =>
			await startProviderServer(discovered, change);
		const unsigned = { 'content-type': simulator.contentType ?? 'application/json' };

		const headline = (count: string) =>
			`Refused ${count} from ${displayName}: the ${provider.proof.kind(credentialData(discovered))} does not match`;

		it('ends a test with an error that says what happened and what to do', async () => {
			const server = await start({ mode: 'manual' });

			expect(await server.forge(received)).toEqual({ status: 401, body: 'Unauthorized' });

			const [error, ...others] = server.failures;
			expect(others).toEqual([]);
			expect(error).toBeInstanceOf(NodeOperationError);
			expect(error?.message).toBe(headline('a delivery'));
			expect(descriptionOf(error)).toMatch(new RegExp(`^If it came from ${displayName}, .+\\.$`));
		});

		it('ends every test, however many there are', async () => {
			const server = await start({
				mode: 'manual',
				parameters: { options: { reportRefusals: false } },
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
			await post(server.url, received, unsigned);
			expect((await server.send(Buffer.alloc(0))).status).toBe(400);

			expect(server.failures.map(({ message }) => message)).toEqual([
				expect.stringContaining('does not match'),
				expect.stringContaining('there is no'),
				expect.stringContaining('it is authentic, but'),
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
					`Refused a delivery from ${displayName}`,
					`Refused 10 deliveries from ${displayName}`,
				]);
			} finally {
				clock.mockRestore();
			}
		});

		it('makes no execution when it is told not to, and stands in the log all the same', async () => {
			const server = await start({ parameters: { options: { reportRefusals: false } } });

			expect((await server.forge(received)).status).toBe(401);
			expect(server.failures).toEqual([]);
			expect(server.log).toHaveLength(1);
		});

		it('leaves n8n nothing to answer a second time', async () => {
			const server = await start();
			await server.forge(received);

			expect(server.failures).toHaveLength(1);
			expect(server.secondAnswers).toEqual([]);
		});
	},
);

it('answers 400 to a broken body that n8n lets through', async () => {
	const server = await startProviderServer(providerUnderTest('pingmate'));

	expect(
		await server.send(Buffer.from('{"type":'), { 'content-type': 'application/octet-stream' }),
	).toEqual({ status: 400, body: 'Bad Request' });
});

/** The outputs of a node as they were published: up to the last event of which there is a sample. */
function outputsOf(discovered: ProviderUnderTest) {
	const emitted = fixturesOf(discovered).flatMap(({ items }) => items.map(({ event }) => event));
	const indexes = emitted.map((event) => OUTPUTS.findIndex(([candidate]) => candidate === event));
	return OUTPUTS.slice(0, Math.max(...indexes) + 1);
}

/** The answers that are promised. */
function answerTo({ expected }: DeliveryCase): { status: number; body: string } {
	if (expected === 'items') return { status: 200, body: '' };
	return expected === 'not an object'
		? { status: 400, body: 'Bad Request' }
		: { status: 401, body: 'Unauthorized' };
}

/** Before the node runs, to what calls itself JSON and is none. */
const ANSWER_OF_N8N = { status: 422, body: '{"message":"Failed to parse request body"}' };

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
