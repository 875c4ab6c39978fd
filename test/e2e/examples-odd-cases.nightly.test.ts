import { randomUUID } from 'node:crypto';
import { providerById, sampleOf } from '../kit/providers';
import { withNewIds } from '../kit/sample-deliveries';
import { CHANNEL, ExampleHost, LEAD_HEADINGS } from '../support/example-host';
import { metaDelivery, text, type MetaMessage } from '../support/meta-delivery';
import { RunningExample, useExample } from '../support/running-example';

jest.setTimeout(300_000);

const host = new ExampleHost();
const { hubSpot, slack, sheets } = host;

const start = (file: string) => RunningExample.start(host, file);

beforeAll(() => host.start());

afterAll(() => host.stop());

type Sender = [from: string, name: string];

/** A message of a sender, whose number is as in items. */
const messageOf = ([from, name]: Sender, content: object): MetaMessage => ({
	from: from.slice(1),
	name,
	content,
});

/** The content of a WhatsApp Flow, completed. */
const flowReply = (answers: Record<string, string>) => ({
	type: 'interactive',
	interactive: {
		type: 'nfm_reply',
		nfm_reply: { name: 'flow', body: 'Sent', response_json: JSON.stringify(answers) },
	},
});

/** A delivery of ChakraHQ with these texts. */
const messages = (...list: [...sender: Sender, text: string][]) =>
	metaDelivery(list.map(([from, name, body]) => messageOf([from, name], text(body))));

/** A delivery of ChakraHQ with these WhatsApp Flows, completed. */
const forms = (...list: [...sender: Sender, answers: Record<string, string>][]) =>
	metaDelivery(list.map(([from, name, answers]) => messageOf([from, name], flowReply(answers))));

/** A form of PingMate with this in its `data.object`. */
const pingMateForm = (object: object) =>
	Buffer.from(
		JSON.stringify({
			id: `evt_${randomUUID()}`,
			type: 'form.submitted',
			created_at: Math.floor(Date.now() / 1000),
			data: { object: { form_id: 'frm_1042', form_name: 'Book a demo', ...object } },
		}),
	);

describe('crm-sync/chakrahq, for a single message', () => {
	const example = useExample(host, 'crm-sync/chakrahq');

	beforeEach(async () => {
		hubSpot.reset();
		await example().executeStep('Prepare HubSpot Once');
	});

	it('cuts a text that is too long for a note', async () => {
		const { text } = example().itemsOf('message.received')[0] ?? {};
		const written = JSON.stringify(text).slice(1, -1);
		await example().deliver('message.received', (body) =>
			body.replace(written, '&'.repeat(30_000)),
		);

		expect(hubSpot.notes.map(({ body }) => body)).toEqual([`WhatsApp: ${'&amp;'.repeat(9_990)}`]);
	});

	it('tries again when HubSpot is out of order for a moment', async () => {
		hubSpot.faults.push(503);
		await example().deliver('message.received');

		expect(hubSpot.contacts).toHaveLength(1);
		expect(hubSpot.notes).toHaveLength(1);
	});
});

describe('crm-sync/chakrahq, which also learns of changes', () => {
	const example = useExample(host, 'crm-sync/chakrahq', 'Prepare HubSpot Once');

	it('knows a customer without a phone number by the WhatsApp id', async () => {
		await example().deliver('meta-bsuid-only-text');
		hubSpot.index();
		await example().deliver('meta-bsuid-only-text');

		expect(hubSpot.contacts.map(({ properties }) => properties)).toEqual([
			{ whatsapp_id: 'US.308054456752901688', firstname: 'Chidi Okafor' },
		]);
		expect(hubSpot.notes).toHaveLength(2);
	});

	it('changes the number of the contact that had the old one, and frees the old number', async () => {
		const { id } = hubSpot.add({
			firstname: 'John',
			phone: '+919911223344',
			whatsapp_id: '+919911223344',
		});
		await example().deliver('contact.updated');

		const john = { firstname: 'John', phone: '+919911223355', whatsapp_id: '+919911223355' };
		expect(hubSpot.contacts.find((contact) => contact.id === id)?.properties).toEqual(john);
		expect(hubSpot.notes.at(-1)).toMatchObject({
			contactId: id,
			body: expect.stringContaining('changed from 919911223344 to 919911223355') as string,
		});

		// Whoever has the old number now is somebody else.
		await example().deliverBody(messages(['+919911223344', 'Stranger', 'Hi']));
		expect(hubSpot.contacts.find((contact) => contact.id === id)?.properties).toEqual(john);
		expect(hubSpot.notes.at(-1)?.contactId).not.toBe(id);
	});

	it('notes that a customer opted out', async () => {
		await example().deliver('meta-opt-out');

		expect(hubSpot.notes.at(-1)?.body).toContain('marketing_messages: stop');
	});

	it('takes a message and a change that come in one delivery', async () => {
		hubSpot.contacts = [];
		hubSpot.notes = [];
		const system = { body: 'changed', wa_id: '919800000008', type: 'user_changed_number' };
		const delivery = metaDelivery([
			messageOf(['+919800000001', 'One'], text('first')),
			messageOf(['+919800000002', 'Two'], { type: 'system', system }),
			messageOf(['+919800000003', 'Three'], text('third')),
		]);
		await example().deliverBody(delivery);

		expect(hubSpot.notes.map(({ body }) => body)).toEqual([
			'WhatsApp: first',
			'WhatsApp: third',
			expect.stringContaining('changed') as string,
		]);
		expect(hubSpot.contacts.map(({ properties }) => properties.phone)).toEqual([
			'+919800000001',
			'+919800000003',
			'+919800000008',
		]);
	});

	it("makes no contacts of a phone's address book", async () => {
		expect(await example().deliver('meta-smb-app-state-sync')).toEqual([]);
	});

	it('goes on with the next message of a batch, and reports what HubSpot rejected', async () => {
		hubSpot.contacts = [];
		hubSpot.notes = [];
		// Two contacts of one person: that of sales, and one that has the number as its WhatsApp ID.
		hubSpot.add({ firstname: 'Of sales', phone: '+919800000001' });
		hubSpot.add({ firstname: 'Twin', whatsapp_id: '+919800000001' });
		const batch = messages(
			['+919800000001', 'One', 'first'],
			['+919800000002', 'Two', 'second'],
			['+919800000003', 'Three', 'third'],
		);

		await expect(example().deliverBody(batch)).rejects.toThrow(
			/1 message couldn't be saved in HubSpot:\\nMessage from One \(\+919800000001\): first: .+?already has that value/,
		);
		expect(hubSpot.notes.map(({ body }) => body)).toEqual(['WhatsApp: second', 'WhatsApp: third']);
	});

	it('makes no contact when HubSpot cannot say whether there is one', async () => {
		hubSpot.contacts = [];
		hubSpot.notes = [];
		// For the first of the two, each time that n8n tries.
		hubSpot.faults.push(503, 0, 503, 0, 503, 0);
		const batch = messages(['+919800000001', 'One', 'first'], ['+919800000002', 'Two', 'second']);
		await expect(example().deliverBody(batch)).rejects.toThrow(
			"1 message couldn't be saved in HubSpot",
		);

		expect(hubSpot.contacts.map(({ properties }) => properties.phone)).toEqual(['+919800000002']);
		expect(hubSpot.notes.map(({ body }) => body)).toEqual(['WhatsApp: second']);
	});

	it('names each message that HubSpot rejected, without its markup', async () => {
		hubSpot.faults.push(...Array<number>(2 * 3).fill(400));
		const batch = messages(
			['+919800000001', 'One', '<a href>first'],
			['+919800000002', 'Two', 'second'],
		);

		await expect(example().deliverBody(batch)).rejects.toThrow(
			/2 messages couldn't be saved in HubSpot:\\nMessage from One .+?: ‹a href>first: .+?\\nMessage from Two .+?: second: /,
		);
	});

	it('takes each message of a batch, known customers and new ones', async () => {
		hubSpot.contacts = [];
		hubSpot.notes = [];
		const items = example().itemsOf('meta-two-people-in-any-order');
		hubSpot.add({ firstname: 'Known', phone: items[0]?.contact.phone ?? '' });
		await example().deliver('meta-two-people-in-any-order');

		expect(hubSpot.contacts.map(({ properties }) => properties.phone).sort()).toEqual(
			[...new Set(items.map(({ contact }) => contact.phone))].sort(),
		);
		expect(hubSpot.notes).toHaveLength(items.length);
	});
});

describe('lead-capture/chakrahq, for a single form', () => {
	const example = useExample(host, 'lead-capture/chakrahq', 'Prepare HubSpot Once');

	beforeEach(() => {
		hubSpot.faults = [];
		hubSpot.contacts = [];
		hubSpot.notes = [];
		sheets.rows = [LEAD_HEADINGS];
		sheets.faults = [];
	});

	it('fills in what is empty of a contact that has the number, and keeps the rest', async () => {
		const [item] = example().itemsOf('form.submitted');
		const phone = item?.contact.phone ?? '';
		hubSpot.add({ firstname: 'As sales wrote it', phone, lastname: 'Kept' });
		await example().deliver('form.submitted');

		expect(hubSpot.contacts.map(({ properties }) => properties)).toEqual([
			{
				firstname: 'As sales wrote it',
				lastname: 'Kept',
				phone,
				whatsapp_id: phone,
				whatsapp_campaign: item?.form?.name ?? item?.form?.id,
			},
		]);
		expect(hubSpot.notes).toHaveLength(1);
	});

	it.each([
		'../../../../contacts/v1/contact/vid/1/profile?x=@a.example',
		'<jane@a.example>',
		'jane@a.example, john@a.example',
		'jane',
	])('takes %s for no email', async (answer) => {
		const email = String(example().itemsOf('form.submitted')[0]?.form?.fields.email);
		await example().deliver('form.submitted', (body) => body.replaceAll(email, answer));

		expect(sheets.rows[1]?.[4]).toBe('');
		expect(hubSpot.contacts).toHaveLength(1);
	});

	it('writes an email in lower case without blanks around it', async () => {
		const email = String(example().itemsOf('form.submitted')[0]?.form?.fields.email);
		await example().deliver('form.submitted', (body) =>
			body.replaceAll(email, `  ${email.toUpperCase()} `),
		);

		expect(sheets.rows[1]?.[4]).toBe(email);
	});

	it('shows what a customer typed as text, not as HTML', async () => {
		const name = String(example().itemsOf('form.submitted')[0]?.form?.fields.full_name);
		await example().deliver('form.submitted', (body) =>
			body.replaceAll(name, '<img src=x onerror=alert(1)> & so on'),
		);

		expect(hubSpot.notes[0]?.body).toContain('&lt;img src=x onerror=alert(1)> &amp; so on');
	});

	it('keeps the row, and names the lead, when HubSpot rejects it', async () => {
		hubSpot.faults.push(400, 400, 400);
		await expect(example().deliver('form.submitted')).rejects.toThrow(
			/1 lead couldn't be saved in HubSpot:\\n.+?: \S/,
		);

		expect(sheets.rows).toHaveLength(2);
	});

	it('makes no contact when HubSpot cannot say whether there is one', async () => {
		hubSpot.faults.push(503, 503, 503);
		await expect(example().deliver('form.submitted')).rejects.toThrow(
			"1 lead couldn't be saved in HubSpot",
		);

		expect(hubSpot.contacts).toEqual([]);
	});

	it('makes the contact when Google Sheets rejects the row, which Retry adds later', async () => {
		sheets.faults.push(403, 403, 403);
		await expect(example().deliver('form.submitted')).rejects.toThrow('PERMISSION_DENIED');
		expect(hubSpot.contacts).toHaveLength(1);
		expect(sheets.rows).toEqual([LEAD_HEADINGS]);

		await example().retryLast();
		expect(sheets.rows).toHaveLength(2);
		expect(hubSpot.contacts).toHaveLength(1);
		expect(hubSpot.notes).toHaveLength(1);
	});

	it('adds the row when Google Sheets was out of order for a moment', async () => {
		sheets.faults.push(503);
		await example().deliver('form.submitted');

		expect(sheets.rows).toHaveLength(2);
		expect(hubSpot.contacts).toHaveLength(1);
	});
});

describe('lead-capture/chakrahq, with several leads in one delivery', () => {
	const example = useExample(host, 'lead-capture/chakrahq');

	beforeEach(async () => {
		hubSpot.reset();
		sheets.rows = [LEAD_HEADINGS];
		await example().executeStep('Prepare HubSpot Once');
	});

	const good: [string, string, Record<string, string>] = [
		'+919800000001',
		'Good',
		{ email: 'good@example.com' },
	];

	it('takes a lead whose neighbor typed 60,000 characters, and that one too', async () => {
		const email = `${'a'.repeat(60_000)}@example.com`;
		const batch = forms(good, ['+919800000002', 'Long', { email }]);
		await example().deliverBody(batch);

		expect(sheets.rows.slice(1).map((row) => [row[1], row[4], row[7]?.length])).toEqual([
			['Good', 'good@example.com', 'email: good@example.com'.length],
			['Long', '', 10_000],
		]);
		expect(hubSpot.contacts.map(({ properties }) => properties.firstname)).toEqual([
			'Good',
			'Long',
		]);
		expect(hubSpot.notes).toHaveLength(2);
	});

	/** Two contacts of one person, so that HubSpot rejects a change to the first. */
	const haveTwins = (phone: string) => {
		hubSpot.add({ firstname: 'Of sales', phone });
		hubSpot.add({ firstname: 'Twin', whatsapp_id: phone });
	};

	it('takes a form and a message by an ad that come in one delivery, also when one is rejected', async () => {
		haveTwins('+919800000004');
		const delivery = metaDelivery([
			messageOf(['+919800000004', 'By ad'], {
				...text('I saw your ad'),
				referral: { source_type: 'ad', source_id: '120', headline: 'Summer sale' },
			}),
			messageOf(['+919800000005', 'By form'], flowReply({ company: 'Acme' })),
		]);
		await expect(example().deliverBody(delivery)).rejects.toThrow(
			/1 lead couldn't be saved in HubSpot:\\nBy ad, \+919800000004: .+?already has that value/,
		);

		expect(sheets.rows.slice(1).map((row) => row[1])).toEqual(['By ad', 'By form']);
		expect(hubSpot.notes.map(({ body }) => body)).toEqual([
			'Typed into a WhatsApp form, not verified: company: Acme',
		]);
	});

	it('goes on with the next lead, and names those that HubSpot rejected', async () => {
		haveTwins('+919800000002');
		haveTwins('+919800000003');
		const batch = forms(
			['+919800000002', 'One', { company: 'Acme' }],
			['+919800000003', 'Two', { company: 'Acme' }],
			good,
		);
		await expect(example().deliverBody(batch)).rejects.toThrow(
			/2 leads couldn't be saved in HubSpot:\\nOne, \+919800000002: .+?\\nTwo, \+919800000003: /,
		);

		expect(sheets.rows.slice(1).map((row) => row[1])).toEqual(['One', 'Two', 'Good']);
		expect(hubSpot.contacts.at(-1)?.properties).toMatchObject({ firstname: 'Good' });
		expect(hubSpot.notes).toHaveLength(1);
	});
});

const VICTIM = { firstname: 'Priya', email: 'priya@customer.example', phone: '+919811111111' };
const STRANGER: Sender = ['+919900000666', 'Mallory'];
const TYPED = { full_name: VICTIM.firstname, email: VICTIM.email, phone: VICTIM.phone };
const SENDER = { phone_number: STRANGER[0], name: STRANGER[1] };

describe.each([
	['lead-capture/chakrahq', 'a WhatsApp Flow', () => forms([...STRANGER, TYPED])],
	['lead-capture/pingmate', 'fields', () => pingMateForm({ sender: SENDER, fields: TYPED })],
	['lead-capture/pingmate', 'the form itself', () => pingMateForm({ sender: SENDER, ...TYPED })],
] as const)("%s, when a stranger types somebody else's data into %s", (file, _, attack) => {
	let capture: RunningExample;
	let sync: RunningExample;

	beforeAll(async () => {
		hubSpot.reset();
		capture = await start(file);
		sync = await start('crm-sync/chakrahq');
		await capture.executeStep('Prepare HubSpot Once');
	});

	afterAll(async () => {
		await capture.stop();
		await sync.stop();
	});

	it('leaves the contact of the other as it was, and keeps the stranger to their own', async () => {
		const victim = hubSpot.add({ ...VICTIM });
		const before = JSON.stringify(victim);
		await capture.deliverBody(attack());
		hubSpot.index();
		const [phone] = STRANGER;
		const bank = 'Please send invoices to my new bank account';
		await sync.deliverBody(messages([...STRANGER, bank]));

		expect(JSON.stringify(victim)).toBe(before);
		const others = hubSpot.contacts.filter((contact) => contact !== victim);
		expect(others.map(({ properties }) => properties)).toEqual([
			expect.objectContaining({ firstname: 'Mallory', phone, whatsapp_id: phone }),
		]);
		expect(others[0]?.properties).not.toHaveProperty('email');
		expect(hubSpot.notes).toMatchObject([
			{
				contactId: others[0]?.id,
				body: expect.stringMatching(/^Typed .+, not verified: .*priya@customer\.example/) as string,
			},
			{ contactId: others[0]?.id, body: `WhatsApp: ${bank}` },
		]);
	});
});

describe('lead-capture/pingmate, with a form that names no sender', () => {
	const example = useExample(host, 'lead-capture/pingmate', 'Prepare HubSpot Once');

	it('makes a row, and leaves HubSpot alone, whosever number was typed', async () => {
		sheets.rows = [LEAD_HEADINGS];
		hubSpot.add({ ...VICTIM });
		const requests = await example().deliverBody(pingMateForm({ fields: TYPED }));

		expect(sheets.rows.slice(1).map((row) => row.slice(2, 5))).toEqual([['', '', VICTIM.email]]);
		expect(requests.filter(({ url }) => url.startsWith(hubSpot.host))).toEqual([]);
	});
});

describe.each(['crm-sync/waha', 'lead-capture/evolution'])('%s, as it is imported', (file) => {
	const example = useExample(host, file);

	it("takes no group's member for a customer", async () => {
		for (let n = 0; n < 5; n++) {
			expect(await example().executionsOf('message.received-group')).toBe(0);
		}
	});
});

describe('slack-digest-pingmate', () => {
	const example = useExample(host, 'slack-digest-pingmate', 'Prepare the Table Once');

	it('sends one message for all that failed, and none when nothing did', async () => {
		for (let n = 0; n < 3; n++) await example().deliver('message.failed');
		expect(slack.take()).toEqual([]);

		await example().executeFrom('Every 10 Minutes');
		const [item] = example().itemsOf('message.failed');
		const line = `• ${item?.summary ?? ''} (code 131026)`;
		expect(slack.take()).toEqual([
			{
				channel: CHANNEL,
				text: `❌ 3 WhatsApp messages failed in the last minutes:\n${line}\n${line}\n${line}\nWhat to do: ${item?.error?.help ?? ''}`,
			},
		]);

		await example().executeFrom('Every 10 Minutes');
		expect(slack.take()).toEqual([]);
	});

	it('names the first twenty, and how many more there are', async () => {
		for (let n = 0; n < 22; n++) await example().deliver('message.failed');
		await example().executeFrom('Every 10 Minutes');

		const text = slack.take()[0]?.text ?? '';
		expect(text.match(/^• /gm)).toHaveLength(20);
		expect(text).toContain('\n… and 2 more\n');
	});

	it('keeps the list when Slack cannot be reached', async () => {
		await example().deliver('message.failed');
		slack.errors.push('internal_error', 'internal_error', 'internal_error');
		await expect(example().executeFrom('Every 10 Minutes')).rejects.toThrow('internal_error');

		await example().executeFrom('Every 10 Minutes');
		expect(slack.take()).toMatchObject([
			{ text: expect.stringContaining('1 WhatsApp message failed') as string },
		]);
	});
});

describe('exactly-once-chakrahq', () => {
	const example = useExample(host, 'exactly-once-chakrahq');

	it('can be tried with its pinned sample before the first event, by a click on a step', async () => {
		await example().executeStep('New Message');

		expect(slack.take()).toMatchObject([{ text: expect.stringContaining('Obrigado!') as string }]);
	});

	it('drops a repetition that comes after a restart of n8n', async () => {
		const provider = providerById('chakrahq');
		const body = withNewIds(provider, sampleOf(provider, 'message.received').rawBody);
		await example().deliverBody(body);
		expect(slack.take()).toHaveLength(1);

		await host.restart();
		await example().isListening();

		// n8n has forgotten what it had accepted: the repetition starts an execution, and ends there.
		await example().deliverBody(body);
		expect(slack.take()).toEqual([]);
		await example().deliver('message.received');
		expect(slack.take()).toHaveLength(1);

		// Cleared, it takes what it had seen for new.
		await host.restart();
		await example().isListening();
		await example().executeFrom('Every Night at 4');
		await example().deliverBody(body);
		expect(slack.take()).toHaveLength(1);
	});

	it('repeats no message when Slack rejects one of several for a moment', async () => {
		slack.rejectFor('two', 'ratelimited');
		await example().deliverBody(
			messages(
				['+919800000001', 'A', 'one'],
				['+919800000002', 'B', 'two'],
				['+919800000003', 'C', 'three'],
			),
		);

		expect(slack.take().map(({ text }) => /\w+$/.exec(text)?.[0])).toEqual(['one', 'two', 'three']);
	});
});
