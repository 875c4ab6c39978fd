import { NodeOperationError } from 'n8n-workflow';
import type { Item } from '../../nodes/shared/core/item';
import { OUTPUTS } from '../../playground/outputs';
import { until } from '../../playground/until';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DeliveryCase } from '../support/delivery-cases';
import { fixturesOf } from '../support/fixtures';
import { post } from '../support/post';
import { PROVIDERS_UNDER_TEST } from '../support/providers';
import {
	startWebhookServer,
	type ServerOptions,
	type WebhookServer,
} from '../support/webhook-server';

const SECRET = 'whsec_n8n_test_current';

let servers: WebhookServer[] = [];

afterEach(async () => {
	await Promise.all(servers.map((server) => server.close()));
	servers = [];
});

describe.each(PROVIDERS_UNDER_TEST)(
	'$provider.displayName',
	({ provider, Trigger, header, proof, cases, credentialType }) => {
		async function start(change: Partial<ServerOptions> = {}): Promise<WebhookServer> {
			const server = await startWebhookServer({
				nodeType: new Trigger(),
				credentialType,
				credential: { webhookSecret: SECRET, secondWebhookSecret: '' },
				parameters: { events: [...provider.events], options: {} },
				...change,
			});
			servers.push(server);
			return server;
		}

		const sign = (body: Buffer) => ({ [header]: proof(body, SECRET) });
		const send = async ({ url }: WebhookServer, body: Buffer) => await post(url, body, sign(body));
		const fixture = (name: string) => {
			const found = fixturesOf(provider.id).find((candidate) => candidate.name === name);
			if (!found) throw new Error(`no fixture ${name}`);
			return found;
		};
		const received = fixture('message.received').rawBody;
		const itemsOf = ({ executions }: WebhookServer) =>
			executions.map((outputs) => outputs.map((items) => items.map(({ json }) => json)));

		it.each(cases)('answers $name', async (delivery) => {
			const { body, signatures, secrets, expected } = delivery;
			const [webhookSecret, secondWebhookSecret] = secrets;
			const server = await start({ credential: { webhookSecret, secondWebhookSecret } });
			// Node.js sends a header's characters as latin1.
			const headers: Record<string, string[]> =
				signatures.length > 0 ? { [header]: signatures } : {};

			const answer = await post(server.url, body, headers);

			expect(answer.status).toBe(statusOf(delivery));
			expect(server.executions).toHaveLength(expected === 'items' ? 1 : 0);
			const isRefused = answer.status === 401;
			const isReported = isRefused || answer.status === 400;
			expect(server.log).toHaveLength(isReported ? 1 : 0);
			expect(server.failures).toHaveLength(isReported ? 1 : 0);
			if (isRefused) expect(answer.body).toBe('Unauthorized');
			if (answer.status === 200) expect(answer.body).toBe('');
			const told = server.failures.flatMap((error) => [error.message, descriptionOf(error)]);
			expectNothingGivenAway([answer.body, ...server.log, ...told].join('\n'), delivery);
		});

		it('sends each event out by its own output', async () => {
			const server = await start({
				// Some samples are one event in two shapes.
				parameters: { events: [...provider.events], options: { ignoreDuplicates: false } },
			});
			const fixtures = fixturesOf(provider.id);
			for (const { rawBody } of fixtures) await send(server, rawBody);

			const outputs = fixtures.map(({ items }) => {
				const expected: Item[][] = provider.events.map(() => []);
				for (const item of items) {
					expected[OUTPUTS.findIndex(([event]) => event === item.event)]?.push(item);
				}
				return expected;
			});
			expect(itemsOf(server)).toEqual(outputs);
		});

		it('starts nothing for an event that is not selected', async () => {
			const server = await start({ parameters: { events: ['message.failed'], options: {} } });

			expect(await send(server, received)).toMatchObject({ status: 200 });
			expect((await send(server, fixture('message.failed').rawBody)).status).toBe(200);

			expect(server.executions).toHaveLength(1);
			expect(server.executions[0]?.map((items) => items.length)).toEqual(
				provider.events.map((event) => (event === 'message.failed' ? 1 : 0)),
			);
			expect(server.log).toEqual([]);
		});

		it('shows what is not selected, old or repeated in a test execution', async () => {
			const server = await start({
				parameters: { events: [], options: { maxEventAgeMinutes: 5 } },
				mode: 'manual',
			});

			expect((await send(server, received)).status).toBe(200);
			expect((await send(server, received)).status).toBe(200);

			expect(server.executions).toHaveLength(2);
			for (const outputs of itemsOf(server)) {
				expect(outputs.map((items) => items.length)).toEqual(
					provider.events.map((event) => (event === 'message.received' ? 1 : 0)),
				);
			}
			expect(server.log).toEqual([]);
		});

		it('listens to what a new node listens to', async () => {
			const events = new Trigger().description.properties.find(({ name }) => name === 'events');
			const server = await start({ parameters: { events: events?.default } });
			for (const { rawBody } of fixturesOf(provider.id)) await send(server, rawBody);

			const emitted = server.executions.flat(2).map(({ json }) => json.event);
			expect(new Set(emitted)).toEqual(new Set(events?.default as string[]));
		});

		it('leaves the raw payload out when it is told to', async () => {
			const server = await start({
				parameters: { events: [...provider.events], options: { includeRaw: false } },
			});
			await send(server, received);

			const [item] = server.executions.flat(2);
			expect(item?.json).not.toHaveProperty('raw');
			expect(item?.json).toHaveProperty('summary');
		});

		it('acknowledges and drops what is older than the limit', async () => {
			const server = await start({
				parameters: { events: [...provider.events], options: { maxEventAgeMinutes: 5 } },
			});
			const now = String(Math.floor(Date.now() / 1000));
			const young = Buffer.from(
				received
					.toString('utf8')
					.replace(/("timestamp":"?)\d{10}/g, `$1${now}`)
					.replace(/("\w+At":")[^"]+/g, `$1${new Date().toISOString()}`),
			);

			expect((await send(server, received)).status).toBe(200);
			expect(server.executions).toHaveLength(0);
			expect((await send(server, young)).status).toBe(200);
			expect(server.executions).toHaveLength(1);
		});

		describe('a refusal', () => {
			const forged = (server: WebhookServer) =>
				post(server.url, received, { [header]: proof(received, 'forged') });

			it('ends a test with an error that says what happened and what to do', async () => {
				const server = await start({ mode: 'manual' });

				expect(await forged(server)).toEqual({ status: 401, body: 'Unauthorized' });

				expect(server.failures).toHaveLength(1);
				const [error] = server.failures;
				expect(error).toBeInstanceOf(NodeOperationError);
				expect(error?.message).toBe(
					`Refused a ${provider.displayName} delivery: the ${provider.proof} does not match`,
				);
				expect(descriptionOf(error)).toMatch(
					new RegExp(`^If it came from ${provider.displayName}, .+\\.$`),
				);
			});

			it('ends every test, however many there are', async () => {
				const server = await start({
					mode: 'manual',
					parameters: { events: [], options: { reportRefusals: false } },
				});
				await forged(server);
				await forged(server);

				expect(server.failures).toHaveLength(2);
			});

			it('makes one failed execution and one line in the log, however many there are', async () => {
				const server = await start();
				const answers = [];
				for (let n = 0; n < 100; n++) answers.push((await forged(server)).status);

				expect(answers).toEqual(Array(100).fill(401));
				expect(server.failures).toHaveLength(1);
				expect(server.log).toHaveLength(1);
				expect(server.executions).toEqual([]);
			});

			it('is reported for each reason', async () => {
				const server = await start();
				await forged(server);
				await post(server.url, received);
				const list = Buffer.from('[]');
				expect((await post(server.url, list, sign(list))).status).toBe(400);

				expect(server.failures.map(({ message }) => message)).toEqual([
					expect.stringContaining('does not match'),
					expect.stringContaining('there is no'),
					expect.stringContaining('is not a JSON object'),
				]);
			});

			it('is reported again after an hour, with how many there were', async () => {
				const clock = jest.spyOn(performance, 'now');
				try {
					const server = await start();
					const at = async (milliseconds: number) => {
						clock.mockReturnValue(milliseconds);
						await forged(server);
					};
					await at(0);
					for (let n = 0; n < 9; n++) await at(59_999);
					await at(3_600_000);

					expect(server.failures.map(({ message }) => message)).toEqual([
						`Refused a ${provider.displayName} delivery: the ${provider.proof} does not match`,
						`Refused 10 ${provider.displayName} deliveries: the ${provider.proof} does not match`,
					]);
					expect(descriptionOf(server.failures[1])).toContain('all since the last report');
					expect(server.log.map((line) => line.slice(0, 10))).toEqual(['Refused a ', 'Refused 10']);
				} finally {
					clock.mockRestore();
				}
			});

			it('makes no execution when it is told not to, and stands in the log all the same', async () => {
				const server = await start({
					parameters: { events: [...provider.events], options: { reportRefusals: false } },
				});

				expect((await forged(server)).status).toBe(401);
				expect(server.failures).toEqual([]);
				expect(server.log).toHaveLength(1);
			});

			it('leaves n8n nothing to answer a second time', async () => {
				const server = await start();
				await forged(server);

				expect(server.failures).toHaveLength(1);
				expect(server.secondAnswers).toEqual([]);
			});
		});

		describe('repeated deliveries', () => {
			it('start one execution', async () => {
				const server = await start();

				const answers = [];
				for (let n = 0; n < 3; n++) answers.push((await send(server, received)).status);

				expect(answers).toEqual([200, 200, 200]);
				expect(server.executions).toHaveLength(1);
			});

			it('start one execution when 40 arrive at once', async () => {
				const server = await start({ takeOver: () => sleep(50) });

				const answers = await Promise.all(Array.from({ length: 40 }, () => send(server, received)));

				expect(answers.map(({ status }) => status)).toEqual(Array(40).fill(200));
				expect(server.executions).toHaveLength(1);
			});

			it('are processed when the first could not be taken over', async () => {
				let isBroken = true;
				const server = await start({
					takeOver: async () => {
						await sleep(20);
						if (isBroken) throw new Error('the database is locked');
					},
				});

				expect((await send(server, received)).status).toBe(500);
				isBroken = false;
				expect((await send(server, received)).status).toBe(200);
				expect((await send(server, received)).status).toBe(200);
				expect(server.executions).toHaveLength(1);
			});

			it('wait for the first, and one takes its place when it fails', async () => {
				const takeOver = jest.fn(failingOnce(50));
				const server = await start({ takeOver });

				const answers = await Promise.all(Array.from({ length: 10 }, () => send(server, received)));

				const statuses = answers.map(({ status }) => status).sort();
				expect(statuses).toEqual([...Array<number>(9).fill(200), 500]);
				expect(takeOver).toHaveBeenCalledTimes(2);
				expect(server.executions).toHaveLength(1);
			});

			it('start nothing more when the sender gave up before n8n was done', async () => {
				const server = await start({ takeOver: () => sleep(200) });
				await hangUpAfter(50, server.url, received, sign(received));
				await hangUpAfter(50, server.url, received, sign(received));

				expect((await send(server, received)).status).toBe(200);
				expect(server.executions).toHaveLength(1);
				expect((await send(server, received)).status).toBe(200);
				expect(server.executions).toHaveLength(1);
			});

			it('are processed when the sender gave up and n8n failed after that', async () => {
				const server = await start({ takeOver: failingOnce(150) });
				await hangUpAfter(50, server.url, received, sign(received));

				expect((await send(server, received)).status).toBe(200);
				expect(server.executions).toHaveLength(1);
			});

			it('start an execution each when duplicates are not ignored', async () => {
				const server = await start({
					parameters: { events: [...provider.events], options: { ignoreDuplicates: false } },
				});
				await send(server, received);
				await send(server, received);

				expect(server.executions).toHaveLength(2);
			});

			it.each([
				['two workflows', {}, {}],
				[
					'two nodes of a workflow',
					{ workflowId: `${provider.id}-twice`, nodeId: 'node-1' },
					{ workflowId: `${provider.id}-twice`, nodeId: 'node-2' },
				],
			])('are remembered by %s each for itself', async (_, first, second) => {
				const [one, other] = [await start(first), await start(second)];
				await send(one, received);
				await send(other, received);

				expect(one.executions).toHaveLength(1);
				expect(other.executions).toHaveLength(1);
			});
		});

		describe('odd requests', () => {
			it('are verified whatever their content type says', async () => {
				const server = await start();
				const types = ['text/plain', 'application/octet-stream', 'application/vnd.x+json', ''];
				for (const type of types) {
					const body = Buffer.from(`{"type":"sample","event":"sample","n":"${type}"}`);
					const headers = { ...sign(body), 'content-type': type };
					expect((await post(server.url, body, headers)).status).toBe(200);
				}
				expect(server.executions).toHaveLength(types.length);
			});

			it('are refused as multipart, of which there are no bytes to verify', async () => {
				const server = await start();
				const body = Buffer.from('--x\r\n\r\nhello\r\n--x--\r\n');
				const headers = { ...sign(body), 'content-type': 'multipart/form-data; boundary=x' };

				expect((await post(server.url, body, headers)).status).toBe(401);
				expect(server.log[0]).toContain('the body could not be read');
			});

			it('are refused while the credential is gone', async () => {
				const server = await start({ credential: null });

				expect((await send(server, received)).status).toBe(401);
				expect(server.log[0]).toContain('Credential with ID "1" does not exist');
				expect(server.log[0]).toContain('select the credential again');
			});

			it('name the header that is missing, also when the credential leaves its name empty', async () => {
				const server = await start({
					credential: { webhookSecret: SECRET, secondWebhookSecret: '', headerName: ' ' },
				});

				expect((await post(server.url, received)).status).toBe(401);
				expect(server.log[0]).toContain(`there is no ${provider.signatureHeader} header`);
			});

			it('that cannot be parsed are answered 400 where n8n lets them through', async () => {
				const server = await start();
				const body = Buffer.from('{"type":');
				const headers = { ...sign(body), 'content-type': 'application/octet-stream' };

				expect(await post(server.url, body, headers)).toEqual({
					status: 400,
					body: 'Bad Request',
				});
			});
		});
	},
);

describe('a delivery that n8n does not decide on', () => {
	/** A server whose first delivery, of the events with these ids, n8n does not decide on yet. */
	async function startUndecided(
		{ provider, Trigger, header, proof, credentialType }: (typeof PROVIDERS_UNDER_TEST)[number],
		bodyOf: (...ids: string[]) => Buffer,
	) {
		const decisions: (() => void)[] = [];
		const server = await startWebhookServer({
			nodeType: new Trigger(),
			credentialType,
			credential: { webhookSecret: SECRET, secondWebhookSecret: '' },
			parameters: { events: [...provider.events] },
			takeOver: () => new Promise((resolve) => decisions.push(resolve)),
		});
		servers.push(server);
		const send = async (...ids: string[]) => {
			const body = bodyOf(...ids);
			const startedAt = performance.now();
			const answer = await post(server.url, body, { [header]: proof(body, SECRET) });
			return { ...answer, seconds: Math.round((performance.now() - startedAt) / 1000) };
		};
		const first = send('a');
		await until(() => decisions.length === 1);
		const decide = () => {
			for (const decision of decisions.splice(0)) decision();
		};
		return { server, send, first, decide };
	}

	it('has its copies answered 503 before the provider gives up on them', async () => {
		const chirp = PROVIDERS_UNDER_TEST[3];
		const { server, send, first, decide } = await startUndecided(chirp, (id) =>
			Buffer.from(JSON.stringify({ event: 'messages.whatsapp.received', data: { id } })),
		);

		// Chirp waits for 5 seconds.
		expect(await send('a')).toEqual({ status: 503, body: 'Service Unavailable', seconds: 4 });
		expect(server.log).toEqual([expect.stringMatching(/^Put off a Chirp delivery to node/)]);
		expect(server.failures).toEqual([]);

		decide();
		expect((await first).status).toBe(200);
		expect((await send('a')).status).toBe(200);
		expect(server.executions).toHaveLength(1);
	}, 20_000);

	it('does not hold up what else comes with a copy', async () => {
		const { server, send, decide } = await startUndecided(PROVIDERS_UNDER_TEST[2], (...ids) =>
			metaBody({ statuses: ids.map(statusOfMessage) }),
		);

		const copies = Promise.all([send('a'), send('a', 'new')]);
		await until(() => server.log.length === 1, 15_000);
		decide();
		await sleep(100);
		decide();

		expect((await copies).map(({ status, seconds }) => [status, seconds])).toEqual([
			[503, 10],
			[200, 10],
		]);
		const delivered = server.executions.map((outputs) =>
			outputs.flat().map(({ json }) => json.messageId),
		);
		expect(delivered).toEqual([['a'], ['new']]);
	}, 30_000);
});

const statusOfMessage = (id: string) => ({
	id,
	status: 'delivered',
	timestamp: '1756322278',
	recipient_id: '919911223344',
});

const metaBody = (value: object) =>
	Buffer.from(
		JSON.stringify({
			object: 'whatsapp_business_account',
			entry: [{ id: '1', changes: [{ field: 'messages', value }] }],
		}),
	);

describe('a batch', () => {
	const [, , { provider, Trigger, header, proof, credentialType }] = PROVIDERS_UNDER_TEST;

	async function deliver(server: WebhookServer, ids: string[]) {
		const body = metaBody({ statuses: ids.map(statusOfMessage) });
		return await post(server.url, body, { [header]: proof(body, SECRET) });
	}

	it('is one execution, its items in payload order, judged item by item', async () => {
		const server = await startWebhookServer({
			nodeType: new Trigger(),
			credentialType,
			credential: { webhookSecret: SECRET, secondWebhookSecret: '' },
			parameters: { events: [...provider.events] },
		});
		servers.push(server);
		const idsOf = (execution: number) =>
			server.executions[execution]?.[2]?.map(({ json }) => json.messageId);

		await deliver(server, ['a', 'b', 'a']);
		expect(idsOf(0)).toEqual(['a', 'b', 'a']);

		await deliver(server, ['b', 'c', 'a', 'd']);
		expect(idsOf(1)).toEqual(['c', 'd']);

		expect((await deliver(server, ['d', 'c'])).status).toBe(200);
		expect(server.executions).toHaveLength(2);
	});

	it('is one event with the same message in the other format of its provider', async () => {
		const server = await startWebhookServer({
			nodeType: new Trigger(),
			credentialType,
			credential: { webhookSecret: SECRET, secondWebhookSecret: '' },
			parameters: { events: [...provider.events] },
		});
		servers.push(server);
		const own = Buffer.from(
			JSON.stringify({
				event: 'status',
				payload: { externalId: 'wamid.x', deliveryStatus: 'DELIVERED', timestamp: 1756322278000 },
			}),
		);

		await deliver(server, ['wamid.x']);
		expect((await post(server.url, own, { [header]: proof(own, SECRET) })).status).toBe(200);

		expect(server.executions).toHaveLength(1);
	});

	it('of 1,000 statuses is one execution of 1,000 items', async () => {
		const server = await startWebhookServer({
			nodeType: new Trigger(),
			credentialType,
			credential: { webhookSecret: SECRET, secondWebhookSecret: '' },
			parameters: { events: [...provider.events] },
		});
		servers.push(server);
		const ids = Array.from({ length: 1_000 }, (_, n) => `wamid.${n}`);

		await deliver(server, ids);

		expect(server.executions).toHaveLength(1);
		expect(server.executions[0]?.[2]?.map(({ json }) => json.messageId)).toEqual(ids);
	});
});

/** The answers that the README promises; n8n itself answers 422 to broken JSON before the node runs. */
function statusOf({ name, expected }: DeliveryCase): number {
	if (expected === 'items') return 200;
	if (name === 'broken JSON') return 422;
	return expected === 'unreadable' ? 400 : 401;
}

function expectNothingGivenAway(text: string, { body, signatures, secrets }: DeliveryCase): void {
	for (const secret of secrets) if (secret.trim()) expect(text).not.toContain(secret.trim());
	for (const signature of signatures) {
		if (signature.trim()) expect(text).not.toContain(signature.trim());
	}
	if (body.length > 10) expect(text).not.toContain(body.toString('utf8'));
}

const descriptionOf = (error?: Error) => (error as NodeOperationError | undefined)?.description;

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

async function hangUpAfter(
	milliseconds: number,
	url: string,
	body: Buffer,
	headers: Record<string, string>,
): Promise<void> {
	const sent = request(url, {
		method: 'POST',
		agent: false,
		headers: { 'content-type': 'application/json', ...headers },
	});
	sent.on('error', () => undefined);
	sent.end(body);
	await sleep(milliseconds);
	sent.destroy();
}
