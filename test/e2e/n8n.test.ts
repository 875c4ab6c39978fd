import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { TRIGGER, webhookPath } from '../kit/n8n/sample-workflow';
import { setUp, show, type Row } from '../kit/n8n/show';
import { credentialData, providerById, sampleOf } from '../kit/providers';
import { signedHeaders, withNewIds } from '../kit/sample-deliveries';
import type { FakeApi } from '../kit/simulator';
import { until } from '../kit/until';
import { publish, saveCredential, trigger } from '../kit/n8n/workflow-parts';
import { Instance } from '../kit/n8n/instance';
import { runSql } from '../kit/n8n/database';
import { post, type Answer } from '../kit/post';
import { rawExchange } from '../support/raw-exchange';
import { ONE_OF_EACH_KIND } from '../support/seams';

jest.setTimeout(300_000);

const apis: FakeApi[] = [];
/** The workflow of each provider, by its ID. */
const workflowIds = new Map<string, string>();
let n8n: Instance;

beforeAll(async () => {
	n8n = await Instance.launch();
	const settingUp = ONE_OF_EACH_KIND.map(async (provider) => {
		const api = await provider.simulator.startApi?.();
		if (api) apis.push(api);
		const workflowId = await setUp(n8n.client, n8n.url, provider, api?.credential);
		workflowIds.set(provider.id, workflowId);
	});
	await Promise.all(settingUp);
});

afterAll(async () => {
	await n8n.remove();
	await Promise.all(apis.map((api) => api.stop()));
});

describe.each(ONE_OF_EACH_KIND)('$displayName in a real n8n', (discovered) => {
	const { simulator } = discovered;

	it('accepts, routes, rejects and drops as the playground shows it', async () => {
		const rows: Row[] = [];
		const workflowId = workflowIds.get(discovered.id) ?? '';
		await show(n8n.client, n8n.url, discovered, workflowId, (row) => rows.push(row));

		expect(rows.filter(({ isRight }) => !isRight)).toEqual([]);
		expect(rows.map(({ delivery }) => delivery)).toEqual(
			expect.arrayContaining(['message.received', 'message.failed', 'other', 'forged', 'unsigned']),
		);
	});

	it('has its credential tested in words that help', async () => {
		const test = (webhookSecret: string) =>
			n8n.client.testCredential(discovered.credentialType, {
				...credentialData(discovered),
				webhookSecret,
			});

		expect(await test(simulator.secret)).toMatchObject({ status: 'OK' });
		expect(await test(` ${simulator.secret}`)).toEqual({
			status: 'Error',
			message: expect.stringMatching(/starts or ends with whitespace\. Remove it/) as string,
		});
	});
});

/** What comes between n8n's hand-over and its response: where the response is n8n's, and where it has another form. */
describe.each(['pingmate', 'twilio'].map(providerById))(
	'a delivery from $displayName to a real n8n',
	(discovered) => {
		const { displayName, provider, simulator } = discovered;
		let workflowId: string;
		let url: string;

		beforeAll(async () => {
			workflowId = await setUp(n8n.client, n8n.url, discovered);
			url = `${n8n.url}${webhookPath(discovered)}`;
		});

		/** Failed ones are reports of rejections. */
		const countExecutions = async () =>
			(await n8n.client.executions(workflowId)).filter(({ status }) => status !== 'error').length;

		/** The executions that a step started, once n8n has had the time to start too many. */
		async function executionsOf(step: () => Promise<unknown>): Promise<number> {
			const before = await countExecutions();
			await step();
			await sleep(1_500);
			return (await countExecutions()) - before;
		}

		const send = async (body: Buffer, headers: Record<string, string> = {}): Promise<Answer> =>
			await post(url, body, { ...signedHeaders(discovered, url, body), ...headers });

		const newDelivery = () =>
			withNewIds(discovered, sampleOf(discovered, 'message.received').rawBody);

		it('starts one execution for 40 copies that arrive at once', async () => {
			const delivery = newDelivery();
			let answers: Answer[] = [];

			const executions = await executionsOf(async () => {
				answers = await Promise.all(Array.from({ length: 40 }, () => send(delivery)));
			});

			expect(answers.map(({ status }) => status)).toEqual(Array(40).fill(200));
			expect(executions).toBe(1);
		});

		it('is processed when it is sent again after n8n could not take it', async () => {
			const delivery = newDelivery();
			runSql(
				n8n.folder,
				`CREATE TRIGGER no_executions BEFORE INSERT ON execution_entity
			BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`,
			);
			let failed: Answer | undefined;
			try {
				expect(
					await executionsOf(async () => {
						failed = await send(delivery);
					}),
				).toBe(0);
			} finally {
				runSql(n8n.folder, 'DROP TRIGGER no_executions');
			}
			expect(failed?.status).toBe(500);

			const answers: number[] = [];
			const executions = await executionsOf(async () => {
				for (let n = 0; n < 2; n++) answers.push((await send(delivery)).status);
			});
			expect(answers).toEqual([200, 200]);
			expect(executions).toBe(1);
		});

		it('is accepted compressed, signed before it was compressed', async () => {
			const delivery = newDelivery();
			const headers = { ...signedHeaders(discovered, url, delivery), 'content-encoding': 'gzip' };

			expect((await post(url, gzipSync(delivery), headers)).status).toBe(200);
		});

		it('says in the log why it was rejected, and gives nothing away', async () => {
			const forged = newDelivery();
			const before = n8n.log().length;
			const headers = signedHeaders(discovered, url, forged, simulator.otherSecret);
			await post(url, forged, headers);
			await sleep(500);
			const begin = `Rejected a delivery from ${displayName} to node "${TRIGGER}"`;
			const [line, ...others] = n8n
				.log()
				.slice(before)
				.split('\n')
				.filter((text) => text.includes(begin) && text.includes(" doesn't match."));

			expect(line).toContain(
				`: the ${provider.verifier.kind(credentialData(discovered))} doesn't match. If it came from`,
			);
			expect(others).toEqual([]);
			expect(n8n.log()).not.toContain('Cannot set headers after they are sent');
			const proofs = Object.entries(headers).flatMap(([name, value]) =>
				name === 'content-type' ? [] : value,
			);
			for (const hidden of [simulator.secret, ...proofs, forged.toString('utf8')]) {
				expect(n8n.log()).not.toContain(hidden);
			}
		});
	},
);

describe('odd requests to a published node', () => {
	const discovered = ONE_OF_EACH_KIND.find(
		({ provider, simulator }) =>
			provider.verifier.kind(simulator.credential ?? {}) === 'signature' && !simulator.contentType,
	);
	if (!discovered) throw new Error('no provider signs JSON');
	const url = () => `${n8n.url}${webhookPath(discovered)}`;

	const newDelivery = () =>
		withNewIds(discovered, sampleOf(discovered, 'message.received').rawBody);

	it.each<[name: string, body: () => Buffer | string, type: string, status: number]>([
		['an array', () => '[1,2]', 'application/json', 400],
		['a number', () => '7', 'application/json', 400],
		['an empty body', () => '', 'application/json', 400],
		['broken JSON, by n8n itself', () => '{"event":', 'application/json', 422],
		['broken JSON that n8n does not look at', () => '{"event":', 'application/octet-stream', 400],
		['invalid UTF-8', () => Buffer.from('{"a":"\xff"}', 'latin1'), 'application/json', 400],
		['a delivery as text', newDelivery, 'text/plain', 200],
		['a delivery as bytes', newDelivery, 'application/octet-stream', 200],
		['a delivery of another type', newDelivery, 'application/vnd.x+json', 200],
		['a delivery of no type', newDelivery, '', 200],
		[
			'an upload, of which there are no bytes to verify',
			() => '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n',
			'multipart/form-data; boundary=x',
			401,
		],
		[
			'lists in lists, 5,000 deep',
			() => `{"event":"x","deep":${'['.repeat(5_000)}${']'.repeat(5_000)}}`,
			'application/json',
			200,
		],
		[
			'a body of 3 MB',
			() => JSON.stringify({ event: 'x', pad: 'x'.repeat(3_000_000) }),
			'application/json',
			200,
		],
	])('are answered as promised: %s', async (_, bodyOf, type, status) => {
		const body = Buffer.from(bodyOf());
		const headers = { ...signedHeaders(discovered, url(), body), 'content-type': type };

		expect((await post(url(), body, headers)).status).toBe(status);
	});
});

/** Publishes a workflow that listens to messages, and gives what is needed to deliver to it. */
async function listen(id: string) {
	const provider = providerById(id);
	const credential = await saveCredential(n8n, provider);
	const node = trigger(provider, credential, { events: ['message.received'] });
	const { workflowId, url } = await publish(n8n, `responses-${id}`, [node]);
	return { provider, workflowId, url, node };
}

/** The four responses that a provider may get, as they are on the wire. */
async function responsesTo({ provider, url }: Awaited<ReturnType<typeof listen>>) {
	const [message, status] = ['message.received', 'message.delivered'].map((sample) =>
		withNewIds(provider, sampleOf(provider, sample).rawBody),
	) as [Buffer, Buffer];
	const send = async (body: Buffer, secret?: string) =>
		await rawExchange('POST', url, body, signedHeaders(provider, url, body, secret));
	return {
		accepted: await send(message),
		repeated: await send(message),
		unselected: await send(status),
		rejected: await send(message, provider.simulator.otherSecret),
	};
}

/** The statuses of a workflow's executions, sorted, once there are so many and all have ended. */
async function statusesOf(workflowId: string, count: number): Promise<string[]> {
	let statuses: string[] = [];
	await until(async () => {
		statuses = (await n8n.client.executions(workflowId)).map(({ status }) => status).sort();
		return (
			statuses.length >= count && !statuses.some((status) => ['new', 'running'].includes(status))
		);
	});
	return statuses;
}

const wire = (status: number, headers: Record<string, string>, payload: string) =>
	expect.objectContaining({
		status,
		headers: expect.objectContaining(headers) as unknown,
		payload,
	}) as unknown;

it('Twilio gets an empty TwiML document, whatever becomes of its delivery', async () => {
	const listening = await listen('twilio');

	const responses = await responsesTo(listening);

	const twiml = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>';
	const headers = { 'content-type': 'text/xml; charset=utf-8', 'content-length': '59' };
	expect(responses).toEqual({
		accepted: wire(200, headers, twiml),
		repeated: wire(200, headers, twiml),
		unselected: wire(200, headers, twiml),
		rejected: wire(401, headers, twiml),
	});
	for (const { headers: sent } of Object.values(responses)) {
		expect(sent).not.toHaveProperty('transfer-encoding');
	}
	expect(await statusesOf(listening.workflowId, 2)).toEqual(['error', 'success']);
});

it("another provider gets n8n's own form", async () => {
	const responses = await responsesTo(await listen('pingmate'));

	const json = { 'content-type': 'application/json; charset=utf-8' };
	const received = '{"message":"Webhook call received"}';
	expect(responses).toEqual({
		// Chunked, and no chunk but the last.
		accepted: wire(200, { ...json, 'transfer-encoding': 'chunked' }, '0\r\n\r\n'),
		repeated: wire(200, json, received),
		unselected: wire(200, json, received),
		rejected: wire(401, { 'content-type': 'text/plain; charset=utf-8' }, 'Unauthorized'),
	});
});

describe("Meta's handshake", () => {
	const query = (token: string) =>
		new URLSearchParams({
			'hub.mode': 'subscribe',
			'hub.verify_token': token,
			'hub.challenge': '1158201444',
		}).toString();
	const token = credentialData(providerById('meta')).verifyToken ?? '';
	const rejected = 'Rejected a verification request from Meta';

	it('is confirmed, and reported when it is rejected; a browser is neither', async () => {
		const { workflowId, url } = await listen('meta');
		const ask = async (search: string) => {
			const { status, payload } = await rawExchange('GET', `${url}${search}`);
			return { status, payload };
		};

		expect(await ask(`?${query(token)}`)).toEqual({ status: 200, payload: '1158201444' });
		expect(await ask('')).toEqual({
			status: 200,
			payload: 'This webhook works. It is waiting for events.',
		});
		expect(n8n.log()).not.toContain(rejected);
		for (let n = 0; n < 3; n++) {
			expect(await ask(`?${query('guessed')}`)).toEqual({ status: 403, payload: 'Forbidden' });
		}

		expect(await statusesOf(workflowId, 1)).toEqual(['error']);
		expect(n8n.log().split(`${rejected} to node "Trigger"`)).toHaveLength(2);
		expect(n8n.log()).not.toContain('Cannot set headers');
	});

	it('with a wrong token ends a test with an error in the editor, which a browser does not', async () => {
		const provider = providerById('meta');
		const credential = await saveCredential(n8n, provider);
		const workflow = await n8n.client.createWorkflow({
			name: 'Tested handshake',
			nodes: [{ ...trigger(provider, credential), webhookId: 'tested-handshake' }],
			connections: {},
			settings: { executionOrder: 'v1' },
		});
		await n8n.client.executeStep(workflow, 'Trigger');
		const url = `${n8n.url}/webhook-test/tested-handshake/webhook`;

		expect((await rawExchange('GET', url)).status).toBe(200);
		expect((await rawExchange('GET', `${url}?${query(token)}`)).payload).toBe('1158201444');
		expect((await rawExchange('GET', `${url}?${query('guessed')}`)).status).toBe(403);

		expect(await statusesOf(workflow.id, 1)).toEqual(['error']);
		// n8n no longer listens.
		expect((await rawExchange('GET', `${url}?${query(token)}`)).status).toBe(404);
	});
});
