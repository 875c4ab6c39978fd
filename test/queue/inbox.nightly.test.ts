import { setTimeout as sleep } from 'node:timers/promises';
import { N8nClient } from '../kit/n8n/client';
import { providerById } from '../kit/providers';
import { signedHeaders } from '../kit/sample-deliveries';
import { isRegistered } from '../kit/n8n/webhook';
import { post } from '../kit/post';
import type { Member } from '../kit/n8n/member';
import { Recorder } from '../kit/services/recorder';
import { Outgoing } from '../kit/services/outgoing';
import { FakeSlack } from '../kit/services/slack';
import { metaDelivery, text as textOf } from '../support/meta-delivery';
import { until } from '../kit/until';
import { INBOX_DATABASE, INBOX_PATH, publishInbox } from '../kit/examples/inbox';
import { QueueCluster } from '../kit/n8n/queue-cluster';
import { describeWithServers } from './with-servers';

jest.setTimeout(600_000);

const PATIENCE_MS = 120_000;
const CHANNEL = '#whatsapp-alerts';

describeWithServers('inbox-postgres-chakrahq with two workers', () => {
	const provider = providerById('chakrahq');
	const slack = new FakeSlack('xoxb-inbox', [CHANNEL]);
	let outgoing: Outgoing;
	let recorder: Recorder;
	let cluster: QueueCluster;
	let client: N8nClient;
	let workflowId: string;

	beforeAll(async () => {
		outgoing = await Outgoing.start([slack]);
		recorder = await Recorder.start();
		cluster = await QueueCluster.create({ moreWorkers: 1, settings: outgoing.environment });
		await cluster.start();
		client = new N8nClient(cluster.main.url);
		await client.login();

		workflowId = await publishInbox(
			client,
			cluster,
			{ url: recorder.url, recorded: 'text' },
			'xoxb-inbox',
			{
				// Seconds instead of minutes.
				"interval '5 minutes'": "interval '5 seconds'",
				'{"field":"minutes","minutesInterval":1}': '{"field":"seconds","secondsInterval":2}',
				'"secondsInterval":30': '"secondsInterval":5',
				'"amount":10': '"amount":2',
				// An hour that doesn't end while the tests run.
				'/ 3600000)': '/ 3600000000)',
			},
		);
		for (const member of cluster.webhooks) {
			await until(() => isRegistered(urlAt(member)), PATIENCE_MS);
		}
	});

	afterAll(async () => {
		await cluster.stop();
		await recorder.stop();
		await outgoing.stop();
	});

	beforeEach(() => {
		recorder.delayMs = 0;
		recorder.rejected = undefined;
		recorder.take();
		slack.take();
		outgoing.take();
	});

	afterEach(() => {
		allow(true);
	});

	const sql = (statement: string) => cluster.postgres.sql(statement, INBOX_DATABASE);

	/** Lets n8n into the inbox's database, or ends its sessions and turns new ones away. */
	function allow(isAllowed: boolean): void {
		cluster.postgres.sql(`ALTER DATABASE ${INBOX_DATABASE} ALLOW_CONNECTIONS ${isAllowed}`);
		if (isAllowed) return;
		cluster.postgres.sql(
			`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${INBOX_DATABASE}'`,
		);
	}

	const executionIds = async () =>
		new Set((await client.executions(workflowId)).map(({ id }) => id));
	/** How many deliveries failed that are not among earlier ones, which n8n may give up late. */
	const failedAfter = async (earlier: ReadonlySet<string>) =>
		(await client.executions(workflowId)).filter(
			({ id, status, mode }) => status === 'error' && mode === 'webhook' && !earlier.has(id),
		).length;
	const open = () => Number(sql('SELECT count(*) FROM whatsapp_inbox WHERE done_at IS NULL'));
	const urlAt = ({ url }: Member) => url + INBOX_PATH;

	/** The next reports in Slack. */
	async function nextReports(): Promise<string[]> {
		const texts: string[] = [];
		await until(() => texts.push(...slack.take().map(({ text }) => text)) > 0, PATIENCE_MS);
		return texts;
	}

	async function send(body: Buffer, member: Member = cluster.webhooks[0]): Promise<void> {
		const url = urlAt(member);
		const { status } = await post(url, body, signedHeaders(provider, url, body));
		expect(status).toBe(200);
	}

	it('works once on an event whose copies reach two processes at the same moment', async () => {
		const texts = Array.from({ length: 10 }, (_, n) => `copy ${n}`);
		for (const text of texts) {
			const body = metaDelivery([{ name: 'A customer', content: textOf(text) }]);
			await Promise.all(cluster.webhooks.map((member) => send(body, member)));
		}
		await until(() => recorder.texts.length >= texts.length && open() === 0, PATIENCE_MS);

		expect(recorder.take().sort()).toEqual([...texts].sort());
	});

	/** Delivers events to both webhook processors, kills a worker, and starts it when all is done. */
	async function deliverAndKill(texts: string[], isTime: () => boolean): Promise<void> {
		const victim = [...cluster.workers].at(-1);
		await Promise.all(
			texts.map((text, n) =>
				send(
					metaDelivery([{ name: 'A customer', content: textOf(text) }]),
					cluster.webhooks[n % 2],
				),
			),
		);
		await until(isTime, PATIENCE_MS);
		await victim?.kill();
		recorder.delayMs = 0;
		await until(() => new Set(recorder.texts).size === texts.length && open() === 0, PATIENCE_MS);
		await victim?.start();
	}

	it('takes up again what a killed worker was working on, and reports that it stopped', async () => {
		const texts = Array.from({ length: 10 }, (_, n) => `in the works ${n}`);
		recorder.delayMs = Infinity;
		await deliverAndKill(texts, () => recorder.texts.length === texts.length);

		expect([...new Set(recorder.take())].sort()).toEqual([...texts].sort());
		// Once, although the worker had several executions. When it starts, or once Redis misses it.
		expect(await nextReports()).toEqual([
			expect.stringMatching(
				/^:rotating_light: WhatsApp inbox .+ failed at .+: (Workflow did not finish|This execution failed to be processed).+\nWhat to do: .+it goes on by itself/,
			),
		]);
	});

	it('takes from n8n, and works on once, what a killed worker had not stored yet', async () => {
		const texts = Array.from({ length: 20 }, (_, n) => `just accepted ${n}`);
		await deliverAndKill(texts, () => true);

		expect([...new Set(recorder.texts)].sort()).toEqual([...texts].sort());
		const twice = recorder.take().length - texts.length;
		// What the worker was in the middle of, if anything.
		expect(twice).toBeLessThanOrEqual(10);
		expect(slack.take()).toEqual([]);
	});

	it('keeps characters that PostgreSQL does not take', async () => {
		const text = "NUL \u0000, half a pair \ud83d, '; DROP TABLE whatsapp_inbox; -- $1 {{ 1 + 1 }}";
		await send(metaDelivery([{ name: 'A customer', content: textOf(text) }]));
		await until(() => recorder.texts.length > 0 && open() === 0, PATIENCE_MS);

		expect(recorder.take()).toEqual([text.replace('\ud83d', '\ufffd')]);
	});

	it('waits for a PostgreSQL that is away for a moment, and reports nothing', async () => {
		const earlier = await executionIds();
		allow(false);
		const begun = Date.now();
		await send(metaDelivery([{ name: 'A customer', content: textOf('a moment away') }]));
		// All but Store try three times, three seconds apart.
		await sleep(4_000);
		allow(true);
		await until(() => recorder.texts.length > 0 && open() === 0, PATIENCE_MS);

		// Store's pause.
		expect(Date.now() - begun).toBeGreaterThan(5_000);
		expect(recorder.take()).toEqual(['a moment away']);
		expect(await failedAfter(earlier)).toBe(0);
		expect(slack.take()).toEqual([]);
	});

	it('goes on with everything after a long absence of PostgreSQL, and reports it', async () => {
		const earlier = await executionIds();
		recorder.delayMs = 3_000;
		await send(metaDelivery([{ name: 'A customer', content: textOf('in the middle') }]));
		await until(() => recorder.texts.length > 0, PATIENCE_MS);
		recorder.delayMs = 0;
		allow(false);
		const whileAway = Array.from({ length: 5 }, (_, n) => `while away ${n}`);
		await Promise.all(
			whileAway.map((text) => send(metaDelivery([{ name: 'A customer', content: textOf(text) }]))),
		);

		// That a worker had died was reported in the same hour, and hides nothing.
		const reports = await nextReports();
		// All that Mark Done and Store try.
		await until(async () => (await failedAfter(earlier)) === whileAway.length + 1, PATIENCE_MS);
		allow(true);
		await until(() => recorder.texts.length >= whileAway.length + 2 && open() === 0, PATIENCE_MS);

		// What could not be marked as done is done again.
		expect(recorder.take().sort()).toEqual(['in the middle', 'in the middle', ...whileAway]);
		reports.push(...slack.take().map(({ text }) => text));
		const report =
			/^:rotating_light: WhatsApp inbox .+ failed at (Store|Mark Done|Left Over|Not Stored): .+\nWhat to do: /;
		for (const text of reports) expect(text).toMatch(report);
		// n8n looks up what it has reported, then notes it: two failures at one moment can both pass.
		expect(reports.length).toBeLessThanOrEqual(2);
	});

	it('tries less and less often what fails each time, reports it, and goes on with the others', async () => {
		const bad = '<!channel> & poison';
		recorder.rejected = bad;
		await send(metaDelivery([{ name: 'A customer', content: textOf(bad) }]));
		await send(metaDelivery([{ name: 'A customer', content: textOf('good') }]));
		const begun = Date.now();
		const attempts = () => recorder.texts.filter((text) => text === bad).length;

		expect(await nextReports()).toEqual([
			expect.stringMatching(
				/&lt;!channel&gt; &amp; poison: 500.+\(3 of 6 attempts, .+\nWhat to do: /,
			),
		]);
		// Pauses of 5 and 15 seconds.
		expect(Date.now() - begun).toBeGreaterThan(20_000);
		expect(attempts()).toBe(3);

		// The longer pauses go by.
		await until(() => {
			sql(`UPDATE whatsapp_inbox SET taken_at = taken_at - interval '1 day'
				WHERE done_at IS NULL AND attempts < 6`);
			return attempts() === 6;
		}, PATIENCE_MS);
		expect(await nextReports()).toEqual([expect.stringContaining('(6 of 6 attempts, ')]);
		// Two more runs of the schedule.
		await sleep(5_000);

		const calls = recorder.take();
		expect(calls.filter((text) => text === bad)).toHaveLength(6);
		expect(calls.filter((text) => text === 'good')).toHaveLength(1);
		expect(slack.take()).toEqual([]);
		expect(outgoing.take().map(({ body }) => body)).toMatchObject([
			{ unfurl_links: false, unfurl_media: false },
			{ unfurl_links: false, unfurl_media: false },
		]);
	});
});
