import type { INodeTypeDescription } from 'n8n-workflow';
import type { WorkflowNode } from '../kit/n8n/client';
import { PROVIDERS } from '../kit/providers';
import { until } from '../kit/until';
import { CHANNEL, ExampleHost, LEAD_HEADINGS } from '../support/example-host';
import { EXAMPLES, readExample } from '../kit/examples/examples';
import { querySql, runSql } from '../kit/n8n/database';
import { issuesOf, unknownParametersOf } from '../support/node-parameters';
import { useExample } from '../support/running-example';

jest.setTimeout(300_000);

const host = new ExampleHost();
const { hubSpot, slack, sheets } = host;

beforeAll(() => host.start());

afterAll(() => host.stop());

let types: INodeTypeDescription[] | undefined;

/** Every version of every node that n8n has, as the editor gets them. */
async function nodeTypes(): Promise<INodeTypeDescription[]> {
	types ??= (await host.client.request('GET', '/types/nodes.json')) as INodeTypeDescription[];
	return types;
}

/** What only the user can fill in. */
function toBeSetIn({ type }: WorkflowNode): string[] {
	const provider = PROVIDERS.find(({ nodeType }) => nodeType === type);
	return Object.keys(provider?.simulator.parameters ?? {});
}

describe('the examples', () => {
	it.each(EXAMPLES)(
		'%s has nothing but nodes, versions and parameters that n8n knows',
		async (file) => {
			const types = await nodeTypes();
			for (const node of readExample(file).nodes) {
				const description = types.find(
					({ name, version }) => name === node.type && [version].flat().includes(node.typeVersion),
				);
				if (!description) throw new Error(`n8n has no ${node.type} of version ${node.typeVersion}`);
				const issues = Object.keys(issuesOf(node, description));
				expect(issues.filter((name) => !toBeSetIn(node).includes(name))).toEqual([]);
				expect(unknownParametersOf(node, description)).toEqual([]);
			}
		},
	);
});

describe('crm-sync', () => {
	const example = useExample(host, 'crm-sync/chakrahq');

	beforeEach(async () => {
		hubSpot.reset();
		await example().executeStep('Prepare HubSpot Once');
	});

	it('creates a contact for a new customer, with the message as a note', async () => {
		const [item] = example().itemsOf('message.received');
		const requests = await example().deliver('message.received');

		expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
			'POST api.hubapi.com/crm/v3/objects/contacts/search',
			'POST api.hubapi.com/crm/v3/objects/contacts/batch/upsert',
			'POST api.hubapi.com/crm/v3/objects/notes',
		]);
		const phone = item?.contact.phone;
		expect(hubSpot.contacts.map(({ properties }) => properties)).toEqual([
			{ phone, whatsapp_id: phone, firstname: item?.contact.name ?? phone },
		]);
		expect(hubSpot.notes).toEqual([
			{
				contactId: hubSpot.contacts[0]?.id,
				body: `WhatsApp: ${item?.text ?? ''}`,
				timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
			},
		]);
	});

	it('makes one contact of a new customer whose second message comes before HubSpot finds the first', async () => {
		await example().deliver('message.received');
		await example().deliver('message.received');

		expect(hubSpot.contacts).toHaveLength(1);
		expect(hubSpot.notes).toHaveLength(2);
	});

	it('keeps the name and the rest of a contact that sales has already', async () => {
		const phone = example().itemsOf('message.received')[0]?.contact.phone ?? '';
		hubSpot.add({ firstname: 'As sales wrote it', phone, lastname: 'Kept' });

		await example().deliver('message.received');

		expect(hubSpot.contacts.map(({ properties }) => properties)).toEqual([
			{ firstname: 'As sales wrote it', lastname: 'Kept', phone, whatsapp_id: phone },
		]);
		expect(hubSpot.notes).toHaveLength(1);
	});

	it('shows what a customer wrote as text, not as HTML', async () => {
		const { text } = example().itemsOf('message.received')[0] ?? {};
		const written = JSON.stringify(text).slice(1, -1);
		await example().deliver('message.received', (body) =>
			body.replace(written, '<img src=x onerror=alert(1)> & so on\\nnew line'),
		);

		expect(hubSpot.notes.map(({ body }) => body)).toEqual([
			'WhatsApp: &lt;img src=x onerror=alert(1)> &amp; so on<br>new line',
		]);
	});
});

describe('slack-alerts/pingmate', () => {
	const example = useExample(host, 'slack-alerts/pingmate');

	it('tells of a failed message and what to do', async () => {
		await example().deliver('message.failed');

		const [item] = example().itemsOf('message.failed');
		const text = `❌ ${item?.summary ?? ''}\nWhat to do: ${item?.error?.help ?? ''}\nCode 131026, message ${item?.messageId ?? ''}`;
		expect(slack.take()).toEqual([
			{ channel: CHANNEL, text: expect.stringContaining(text) as string },
		]);
	});

	it('lets nobody outside write to everybody in the channel', async () => {
		await example().deliver('message.failed', (body) =>
			body.replace('"Message undeliverable"', '"<!channel> & <https://example.com|click>"'),
		);

		const [message] = slack.take();
		expect(message?.text).toContain('&lt;!channel&gt; &amp; &lt;https://example.com|click&gt;');
		expect(message?.text).not.toMatch(/[<>]/);
	});
});

describe('slack-alerts/chirp', () => {
	const example = useExample(host, 'slack-alerts/chirp');

	it('has its webhook made at Chirp, with the events that the alerts need', async () => {
		// n8n takes deliveries before it has asked Chirp for them.
		let made: { url: string; events: string[] }[] = [];
		await until(async () => (made = await webhooksAtChirp()).length > 0);
		expect(made).toMatchObject([{ url: example().url }]);
		expect(made[0]?.events).toEqual(
			expect.arrayContaining(['messages.whatsapp.failed', 'whatsapp.account.disconnected']),
		);
		expect(made[0]?.events).not.toContain('messages.whatsapp.received');
	});

	async function webhooksAtChirp(): Promise<{ url: string; events: string[] }[]> {
		const { baseUrl, apiKey } = host.apis.get('chirp')?.credential ?? {};
		const headers = { Authorization: `Bearer ${apiKey}` };
		const response = await fetch(`${baseUrl}/v1/webhooks`, { headers });
		return ((await response.json()) as { webhooks: { url: string; events: string[] }[] }).webhooks;
	}

	it.each(['message.failed', 'account.updated', 'template.updated'])(
		'tells of %s',
		async (sample) => {
			await example().deliver(sample);

			const [item] = example().itemsOf(sample);
			const messages = slack.take();
			expect(messages).toHaveLength(1);
			const what = item?.error?.message ?? item?.summary ?? 'no summary';
			expect(messages[0]?.text).toContain(what);
			if (item?.error?.help) expect(messages[0]?.text).toContain(item.error.help);
		},
	);
});

describe('lead-capture', () => {
	const example = useExample(host, 'lead-capture/chakrahq', 'Prepare HubSpot Once');

	beforeEach(() => {
		hubSpot.faults = [];
		hubSpot.contacts = [];
		hubSpot.notes = [];
		sheets.rows = [LEAD_HEADINGS];
		sheets.faults = [];
	});

	it('makes a row, a contact of the sender, and a note of the answers', async () => {
		const [item] = example().itemsOf('form.submitted');
		await example().deliver('form.submitted');

		const { email, full_name: fullName } = item?.form?.fields ?? {};
		const answers = `full_name: ${String(fullName)}, email: ${String(email)}`;
		const campaign = item?.form?.name ?? item?.form?.id;
		const { name, phone } = item?.contact ?? {};
		expect(sheets.rows).toEqual([
			LEAD_HEADINGS,
			[
				expect.stringMatching(/^\d{4}-/),
				name,
				phone,
				phone,
				email,
				campaign,
				'Form',
				expect.stringContaining(answers),
			],
		]);
		expect(hubSpot.contacts.map(({ properties }) => properties)).toEqual([
			{ whatsapp_id: phone, firstname: name, phone, whatsapp_campaign: campaign },
		]);
		expect(hubSpot.notes).toMatchObject([
			{
				contactId: hubSpot.contacts[0]?.id,
				body: expect.stringContaining(
					`Typed into a WhatsApp form, not verified: ${answers}`,
				) as string,
			},
		]);
	});

	it('makes them of a message that came by an ad, with its campaign', async () => {
		const by = (campaign: string) => (body: string) =>
			body.replace(/"headline":\s*"[^"]*"/, `"headline":"${campaign}"`);
		await example().deliver('meta-text-ctwa-ad-referral', by('Summer sale'));
		hubSpot.index();
		await example().deliver('meta-text-ctwa-ad-referral', by('Winter sale'));

		expect(sheets.rows.slice(1).map((row) => row.slice(4, 7))).toEqual([
			['', 'Summer sale', 'Ad'],
			['', 'Winter sale', 'Ad'],
		]);
		expect(hubSpot.contacts).toHaveLength(1);
		expect(hubSpot.contacts[0]?.properties).toMatchObject({ whatsapp_campaign: 'Winter sale' });
		expect(hubSpot.notes[0]?.body).toMatch(/^WhatsApp, after a click on an ad: \S/);
	});

	it('makes nothing of an ordinary message', async () => {
		expect(await example().deliver('message.received')).toEqual([]);
	});

	it('lets nobody outside write a formula into the sheet', async () => {
		sheets.inputOptions.clear();
		const name = example().itemsOf('form.submitted')[0]?.contact.name ?? '';
		await example().deliver('form.submitted', (body) => body.replaceAll(name, '=1+1'));

		expect(sheets.rows[1]?.[1]).toBe('=1+1');
		// As it is, not as if somebody had typed it.
		expect([...sheets.inputOptions]).toEqual(['RAW']);
	});
});

describe('delivery-monitoring/chatmitra', () => {
	const example = useExample(host, 'delivery-monitoring/chatmitra', 'Prepare the Table Once');

	it('tells the share of messages that failed', async () => {
		const id = (body: string, messageId: string) =>
			body.replace(/"message_id":\s*"[^"]*"/, `"message_id":"${messageId}"`);
		for (const [sample, messageId] of [
			['message.sent-status', 'wamid_1'],
			['message.delivered', 'wamid_1'],
			['message.read', 'wamid_1'],
			['message.sent-status', 'wamid_2'],
			['message.delivered', 'wamid_2'],
			['message.sent-status', 'wamid_3'],
			['message.failed-status', 'wamid_3'],
		] as const) {
			await example().deliver(sample, (body) => id(body, messageId));
		}
		// As two statuses at the same moment leave it on PostgreSQL: a row for each.
		const table = `data_table_user_${await host.tableId('whatsapp messages')}`;
		for (const column of ['delivered_at', 'read_at']) {
			const now = "datetime('now')";
			runSql(
				host.folder,
				`INSERT INTO ${table} (message_id, ${column}) VALUES ('wamid_1', ${now})`,
			);
		}
		expect(slack.take()).toEqual([]);

		await example().executeFrom('Every Day at 9');
		expect(slack.take()).toEqual([
			{
				channel: CHANNEL,
				text: '📊 WhatsApp since yesterday: 3 messages, 2 delivered, 1 read, 1 failed (33.3%)',
			},
		]);
	});

	it('reports a failure on the day it comes, and forgets messages after 30 days', async () => {
		const table = `data_table_user_${await host.tableId('whatsapp messages')}`;
		const age = (days: number) =>
			`UPDATE ${table} SET createdAt = datetime('now', '-${days} days'), failed_at = NULL`;
		runSql(host.folder, age(3));
		runSql(host.folder, `${age(31)} WHERE message_id = 'wamid_1'`);
		await example().executeFrom('Every Day at 9');
		expect(slack.take()).toEqual([]);
		expect(querySql(host.folder, `SELECT message_id AS id FROM ${table} ORDER BY 1`)).toEqual([
			{ id: 'wamid_2' },
			{ id: 'wamid_3' },
		]);

		await example().deliver('message.failed-status', (body) =>
			body.replace(/"message_id":\s*"[^"]*"/, '"message_id":"wamid_2"'),
		);
		await example().executeFrom('Every Day at 9');
		expect(slack.take()).toMatchObject([
			{
				text: expect.stringContaining('1 message, 1 delivered, 0 read, 1 failed (100%)') as string,
			},
		]);
	});
});
