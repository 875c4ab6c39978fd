import { itemSchema, type Item } from '../../nodes/shared/core/item/item';
import { samplesOf, type DiscoveredProvider } from '../kit/providers';
import { CHANNEL, ExampleHost, LEAD_HEADINGS, MESSAGES_CHANNEL } from '../support/example-host';
import { EXAMPLES, providerOf, readExample } from '../kit/examples/examples';
import { runSql } from '../kit/n8n/database';
import { RunningExample } from '../support/running-example';

jest.setTimeout(300_000);

const host = new ExampleHost();
const { hubSpot, slack, sheets } = host;

beforeAll(() => host.start());

afterAll(() => host.stop());

/** The examples of a flow, one for each provider that can feed it. */
const examplesOf = (flow: string) => EXAMPLES.filter((file) => file.startsWith(`${flow}/`));

/** The sample deliveries that become the items that an example shows before the first event. */
function pinnedSamplesOf(file: string): { name: string; item: Item }[] {
	const workflow = readExample(file);
	const provider = providerOf(workflow);
	const samples = Object.entries(workflow.pinData as Record<string, { json: unknown }[]>).filter(
		([name]) => name !== 'Try the Samples',
	);
	return samples.map(([, [pinned]]) => {
		const item = itemSchema.parse(pinned?.json);
		return { name: sampleWith(provider, item).name, item };
	});
}

function sampleWith(provider: DiscoveredProvider, { eventId }: Item) {
	const sample = samplesOf(provider).find(({ items }) =>
		items.some((item) => item.eventId === eventId),
	);
	if (!sample) throw new Error(`No sample of ${provider.displayName} becomes ${eventId}`);
	return sample;
}

/** What a flow does, which has to be seen for each of its examples. */
interface Flow {
	/** The node that its note has executed once. */
	prepare?: string;
	/** What holds once its samples were run through in the editor, before any event; cleans up. */
	tried: (samples: number) => void | Promise<void>;
	/** What holds for an item once its sample was delivered. */
	fed: (item: Item, example: RunningExample, sample: string) => void | Promise<void>;
}

/**
 * Imports an example, sets it up as its note says, runs its samples through, and feeds it the signed
 * delivery of each.
 */
async function run(file: string, { prepare, tried, fed }: Flow): Promise<void> {
	const example = await RunningExample.start(host, file);
	try {
		if (prepare !== undefined) await example.executeStep(prepare);
		const samples = pinnedSamplesOf(file);
		await example.trySamples();
		await tried(samples.length);
		for (const { name, item } of samples) {
			await example.deliver(name);
			await fed(item, example, name);
		}
	} finally {
		await example.stop();
	}
}

/** As the examples write text for HubSpot. */
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

describe('the message-to-sheet-and-slack of each provider', () => {
	const headings = ['Time', 'Name', 'Phone', 'Message', 'Type'];

	beforeEach(() => {
		sheets.rows = [headings];
	});

	it.each(examplesOf('message-to-sheet-and-slack'))(
		'%s adds a row and posts the message',
		async (file) => {
			await run(file, {
				tried: (samples) => {
					expect(sheets.rows).toHaveLength(1 + samples);
					expect(slack.take()).toHaveLength(samples);
				},
				fed: ({ contact, text, messageType }) => {
					const [time, ...row] = sheets.rows.at(-1) ?? [];
					expect(time).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d$/);
					expect(row).toEqual([contact.name ?? '', contact.phone, text, messageType]);
					const who = [contact.name, contact.phone].filter((part) => part !== null).join(', ');
					expect(slack.take()).toEqual([
						{
							channel: MESSAGES_CHANNEL,
							text: escaped(`${who}\n${text ?? ''}`).replaceAll('>', '&gt;'),
						},
					]);
				},
			});
		},
	);
});

describe('the crm-sync of each provider', () => {
	beforeEach(() => {
		hubSpot.reset();
	});

	it.each(examplesOf('crm-sync'))('%s writes the contact and a note', async (file) => {
		await run(file, {
			prepare: 'Prepare HubSpot Once',
			tried: (samples) => {
				expect(hubSpot.notes).toHaveLength(samples);
				hubSpot.contacts = [];
				hubSpot.notes = [];
			},
			fed: ({ event, contact, text, summary }) => {
				const id = contact.id ?? contact.phone;
				expect(hubSpot.contacts.map(({ properties }) => properties.whatsapp_id)).toContain(id);
				const note = event === 'message.received' ? `WhatsApp: ${text ?? ''}` : summary;
				expect(hubSpot.notes.at(-1)?.body).toBe(escaped(note));
			},
		});
	});
});

describe('the lead-capture of each provider', () => {
	beforeEach(() => {
		hubSpot.reset();
		sheets.rows = [LEAD_HEADINGS];
	});

	it.each(examplesOf('lead-capture'))('%s makes a row, a contact and a note', async (file) => {
		await run(file, {
			prepare: 'Prepare HubSpot Once',
			tried: (samples) => {
				// The first row is the headings.
				expect(sheets.rows).toHaveLength(1 + samples);
				sheets.rows = [LEAD_HEADINGS];
				hubSpot.contacts = [];
				hubSpot.notes = [];
			},
			fed: ({ contact, form, referral }) => {
				const id = contact.id ?? contact.phone;
				const campaign =
					referral?.headline ?? referral?.sourceId ?? form?.name ?? form?.id ?? 'WhatsApp';
				const row = sheets.rows.at(-1);
				expect([row?.[3], row?.[5], row?.[6]]).toEqual([id, campaign, referral ? 'Ad' : 'Form']);
				expect(hubSpot.contacts.map(({ properties }) => properties)).toContainEqual(
					expect.objectContaining({ whatsapp_id: id, whatsapp_campaign: campaign }),
				);
				expect(hubSpot.notes.at(-1)?.body).toMatch(
					referral ? /^WhatsApp, after a click on an ad: \S/ : /^Typed .+, not verified: \S/,
				);
			},
		});
	});
});

describe('the slack-alerts of each provider', () => {
	it.each(examplesOf('slack-alerts'))('%s tells of each sample, and what to do', async (file) => {
		await run(file, {
			tried: (samples) => {
				expect(slack.take()).toHaveLength(samples);
			},
			fed: ({ summary, error }) => {
				const [message, ...more] = slack.take();
				expect(more).toEqual([]);
				expect(message?.channel).toBe(CHANNEL);
				const what = escaped(error?.message ?? summary).replaceAll('>', '&gt;');
				expect(message?.text).toContain(what);
				expect(message?.text).toMatch(/\nWhat to do: \S/);
			},
		});
	});
});

describe('the delivery-monitoring of each provider', () => {
	async function emptyTable(): Promise<void> {
		const id = await host.tableId('whatsapp messages');
		if (id !== undefined) runSql(host.folder, `DELETE FROM data_table_user_${id}`);
	}

	beforeEach(emptyTable);

	it.each(examplesOf('delivery-monitoring'))('%s counts each status', async (file) => {
		const items: Item[] = [];
		const count = (status: string) =>
			items.filter(({ event }) => event === `message.${status}`).length;
		await run(file, {
			prepare: 'Prepare the Table Once',
			tried: emptyTable,
			fed: async (item, example, sample) => {
				items.push(...example.itemsOf(sample));
				// The last of its four samples.
				if (item.event !== 'message.failed') return;
				await example.executeFrom('Every Day at 9');
				const [delivered, read, failed] = ['delivered', 'read', 'failed'].map(count);
				expect(slack.take()).toMatchObject([
					{
						channel: CHANNEL,
						text: expect.stringContaining(
							`, ${delivered} delivered, ${read} read, ${failed} failed (`,
						) as string,
					},
				]);
			},
		});
		expect(count('failed')).toBeGreaterThan(0);
	});
});
