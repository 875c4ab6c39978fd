import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { nodeForN8n } from '../../playground/install';
import { N8nClient } from '../../playground/n8n-client';
import { freePort, installPackage, startN8n, type N8nServer } from '../../playground/n8n-server';
import {
	PLAYED_PROVIDERS,
	sampleBody,
	withNewIds,
	type PlayedProvider,
} from '../../playground/sample-deliveries';
import { webhookPath } from '../../playground/sample-workflow';
import { setUp, show, type Row } from '../../playground/show';
import { HMAC_CASES } from '../support/delivery-cases';
import { post, type Answer } from '../support/post';

jest.setTimeout(300_000);

const folder = mkdtempSync(join(tmpdir(), 'whatsapp-triggers-e2e-'));
let server: N8nServer;
let client: N8nClient;

beforeAll(async () => {
	installPackage(folder);
	server = await startN8n({ folder, port: await freePort() });
	client = new N8nClient(server.url);
	await client.login();
});

afterAll(async () => {
	await server.stop();
	rmSync(folder, { recursive: true, force: true });
});

/** Runs SQL on n8n's own database, with the SQLite that n8n's Node.js brings. */
function sql(statement: string): void {
	const { status, stderr } = spawnSync(
		nodeForN8n().node,
		[
			'--no-warnings',
			'-e',
			`const { DatabaseSync } = require('node:sqlite');
			const database = new DatabaseSync(process.argv[1], { timeout: 10_000 });
			database.exec(process.argv[2]);`,
			join(folder, '.n8n', 'database.sqlite'),
			statement,
		],
		{ encoding: 'utf8' },
	);
	if (status !== 0) throw new Error(stderr);
}

describe.each(PLAYED_PROVIDERS)('$displayName in a real n8n', (provider: PlayedProvider) => {
	let workflowId: string;
	let url: string;

	beforeAll(async () => {
		workflowId = await setUp(client, server.url, provider);
		url = `${server.url}${webhookPath(provider)}`;
	});

	const countExecutions = async () => (await client.executions(workflowId)).length;

	/** The executions that a step started, once n8n has had the time to start too many. */
	async function executionsOf(step: () => Promise<unknown>): Promise<number> {
		const before = await countExecutions();
		await step();
		await sleep(1_500);
		return (await countExecutions()) - before;
	}

	async function send(body: Buffer, headers: Record<string, string> = {}): Promise<Answer> {
		return await post(url, body, { ...provider.sign(body, provider.secret), ...headers });
	}

	const newDelivery = () => withNewIds(sampleBody(provider, 'message.received'));

	it('accepts, routes, refuses and drops as the playground shows it', async () => {
		const rows: Row[] = [];
		await show(client, server.url, provider, workflowId, (row) => rows.push(row));

		expect(rows.filter(({ isRight }) => !isRight)).toEqual([]);
		expect(rows.map(({ delivery }) => delivery)).toEqual(
			expect.arrayContaining(['message.received', 'message.failed', 'other', 'forged', 'unsigned']),
		);
	});

	it('starts one execution for 40 copies that arrive at once', async () => {
		const delivery = newDelivery();
		let answers: Answer[] = [];

		const executions = await executionsOf(async () => {
			answers = await Promise.all(Array.from({ length: 40 }, () => send(delivery)));
		});

		expect(answers.map(({ status }) => status)).toEqual(Array(40).fill(200));
		expect(executions).toBe(1);
	});

	it('processes a delivery that n8n could not take when it is sent again', async () => {
		const delivery = newDelivery();
		sql(`CREATE TRIGGER no_executions BEFORE INSERT ON execution_entity
			BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`);
		let failed: Answer | undefined;
		try {
			expect(
				await executionsOf(async () => {
					failed = await send(delivery);
				}),
			).toBe(0);
		} finally {
			sql('DROP TRIGGER no_executions');
		}
		expect(failed?.status).toBe(500);

		const answers: number[] = [];
		const executions = await executionsOf(async () => {
			for (let n = 0; n < 2; n++) answers.push((await send(delivery)).status);
		});
		expect(answers).toEqual([200, 200]);
		expect(executions).toBe(1);
	});

	it('answers 401 to every delivery that is not authentic, and starts nothing', async () => {
		const refused = HMAC_CASES.filter(
			// These are about the signature alone; the credential here has its own secret.
			({ expected }) => expected.startsWith('signature_'),
		);
		const answers: Answer[] = [];
		const executions = await executionsOf(async () => {
			for (const { body, signatures } of refused) {
				const headers: Record<string, string[]> = {};
				const [header] = Object.keys(provider.sign(body, provider.secret));
				if (signatures.length > 0) headers[String(header)] = signatures;
				answers.push(await post(url, body, headers));
			}
		});

		expect(answers).toEqual(refused.map(() => ({ status: 401, body: 'Unauthorized' })));
		expect(executions).toBe(0);
	});

	it('answers odd requests without ever failing', async () => {
		const multipart = Buffer.from(
			'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n',
		);
		const nested = Buffer.from(
			`{"event":"x","type":"x","deep":${'['.repeat(5_000)}${']'.repeat(5_000)}}`,
		);
		const type = (value: string) => ({ 'content-type': value });
		const requests: [Answer, number][] = [
			[await send(Buffer.from('[1,2]')), 400],
			[await send(Buffer.from('7')), 400],
			[await send(Buffer.alloc(0)), 400],
			[await send(Buffer.from('{"event":')), 422],
			[await send(Buffer.from('{"event":'), type('application/octet-stream')), 400],
			[await send(Buffer.from('{"a":"\xff"}', 'latin1')), 400],
			[await send(newDelivery(), type('text/plain')), 200],
			[await send(newDelivery(), type('application/octet-stream')), 200],
			[await send(multipart, type('multipart/form-data; boundary=x')), 401],
			[await send(nested), 200],
			[await send(Buffer.from(JSON.stringify({ event: 'x', pad: 'x'.repeat(3_000_000) }))), 200],
		];

		expect(requests.map(([{ status }]) => status)).toEqual(requests.map(([, status]) => status));
	});

	it('takes a compressed delivery, signed over what was compressed', async () => {
		const delivery = newDelivery();
		const answer = await post(url, gzipSync(delivery), {
			...provider.sign(delivery, provider.secret),
			'content-encoding': 'gzip',
		});

		expect(answer.status).toBe(200);
	});

	it('says in the log why it refused, and gives nothing away', async () => {
		const forged = newDelivery();
		const before = server.log().length;
		await post(url, forged, provider.sign(forged, 'forged'));
		await sleep(500);
		const line = server.log().slice(before);

		expect(line).toContain(`Refused a ${provider.displayName} delivery to node "Every event"`);
		expect(line).toContain('its signature does not match');
		expect(line.trim().split('\n')).toHaveLength(1);
		const signatures = Object.values(provider.sign(forged, 'forged'));
		for (const hidden of [provider.secret, ...signatures, forged.toString('utf8')]) {
			expect(server.log()).not.toContain(hidden);
		}
	});

	it('has its credential tested in words that help', async () => {
		const test = async (webhookSecret: string) => {
			const { data } = (await client.request('POST', '/rest/credentials/test', {
				credentials: {
					id: '',
					name: 'Test',
					type: provider.credentialType,
					data: { webhookSecret, previousWebhookSecret: '' },
				},
			})) as { data: { status: string; message: string } };
			return data;
		};

		expect(await test(provider.secret)).toMatchObject({ status: 'OK' });
		expect(await test(` ${provider.secret}`)).toEqual({
			status: 'Error',
			message: 'The Webhook Secret begins or ends with white space. Remove it, then save again.',
		});
	});
});
