import type { Item } from '../../nodes/shared/core/item/item';
import type { JsonObject } from '../../nodes/shared/core/values/json';
import { samplesOf } from '../kit/providers';
import { itemOf } from '../support/items';
import { authentic, providerUnderTest, PROVIDERS_UNDER_TEST } from '../support/providers';
import { FakeSendApi } from '../support/services/fake-send-api';
import { SEND_CALLS, type SendCall } from '../support/services/send-calls';

/** `replyTo` as it is goes into the call that sends, at a strict fake of each provider's API. */

const KEY = 'AC00000000000000000000000000000000:test-key';

/** PingMate documents no call. */
const WITHOUT_CALL = ['pingmate'];

/** What nobody can say of without an account there: the pages of both say so. */
const isDoubtful = ({ provider, replyTo, conversation }: Item) =>
	(provider === 'twilio' && /^whatsapp:[A-Z]/.test(replyTo ?? '')) ||
	(provider === 'chakrahq' && (conversation.kind === 'group' || /^[A-Z]/.test(replyTo ?? '')));

const NUMBER = '15550100222';
const USER_ID = 'US.13491208655302741918';
const LID = '900000000000222@lid';
const GROUP = '120363000000000001@g.us';

const inMetaFormat = (message: JsonObject): JsonObject => ({
	entry: [
		{
			id: '1',
			changes: [
				{
					field: 'messages',
					value: {
						metadata: { display_phone_number: '15550200100', phone_number_id: '200000000000001' },
						messages: [{ id: 'wamid.A', type: 'text', text: { body: 'Hi' }, ...message }],
					},
				},
			],
		},
	],
});
const yCloud = (message: JsonObject): JsonObject => ({
	type: 'whatsapp.inbound_message.received',
	whatsappInboundMessage: { id: 'y1', to: '+15550200100', type: 'text', ...message },
});
const waha = (from: string, more: JsonObject = {}): JsonObject => ({
	event: 'message',
	session: 'shop',
	payload: { id: `false_${from}_A`, from, body: 'Hi', ...more },
});
const evolution = (key: JsonObject): JsonObject => ({
	event: 'messages.upsert',
	instance: 'shop',
	data: { key: { id: 'A', fromMe: false, ...key }, message: { conversation: 'Hi' } },
});

type Reply = [what: string, body: JsonObject | string, replyTo: string | null];

const META_REPLIES: Reply[] = [
	['a person', inMetaFormat({ from: NUMBER }), NUMBER],
	['a hidden number', inMetaFormat({ from_user_id: USER_ID }), USER_ID],
	['a group', inMetaFormat({ from: NUMBER, group_id: 'G1' }), 'G1'],
];

/** Received messages of each kind of chat, with the address to answer to; null where there is none. */
const REPLIES: Readonly<Record<string, Reply[]>> = {
	meta: META_REPLIES,
	'360dialog': META_REPLIES,
	chakrahq: META_REPLIES,
	ycloud: [
		['a person', yCloud({ from: `+${NUMBER}` }), `+${NUMBER}`],
		['a hidden number', yCloud({ fromUserId: USER_ID }), USER_ID],
		['a group', yCloud({ from: `+${NUMBER}`, groupId: 'G1' }), null],
	],
	twilio: [
		[
			'a hidden number',
			new URLSearchParams({
				...{ From: `whatsapp:${USER_ID}`, To: 'whatsapp:+15550200100', SmsStatus: 'received' },
				...{ AccountSid: KEY.split(':')[0] ?? '', Body: 'Hi' },
			}).toString(),
			`whatsapp:${USER_ID}`,
		],
	],
	waha: [
		['a person', waha(`${NUMBER}:3@s.whatsapp.net`), `${NUMBER}@c.us`],
		['a hidden number', waha(LID), LID],
		[
			'a hidden number that the engine knows',
			waha(LID, { _data: { Info: { SenderAlt: `${NUMBER}@s.whatsapp.net` } } }),
			LID,
		],
		['a group', waha(GROUP, { participant: `${NUMBER}@c.us` }), GROUP],
		['a channel', waha('120363@newsletter'), '120363@newsletter'],
		['a status', waha('status@broadcast', { participant: `${NUMBER}@c.us` }), `${NUMBER}@c.us`],
		['a broadcast list', waha('120363@broadcast'), null],
	],
	evolution: [
		[
			'a person',
			evolution({ remoteJid: `${NUMBER}:3@s.whatsapp.net` }),
			`${NUMBER}@s.whatsapp.net`,
		],
		['a hidden number', evolution({ remoteJid: LID }), LID],
		[
			'a hidden number that the server knows',
			evolution({ remoteJid: LID, remoteJidAlt: `${NUMBER}@s.whatsapp.net` }),
			LID,
		],
		['a group', evolution({ remoteJid: GROUP, participant: LID }), GROUP],
		['a channel', evolution({ remoteJid: '120363@newsletter' }), null],
		['a status', evolution({ remoteJid: 'status@broadcast', participant: LID }), LID],
	],
};

/** Calls that the documents warn of, with what becomes of them. */
const MISTAKES: [id: string, what: string, body: string, outcome: string][] = [
	['meta', 'a user ID in `to`', `{ ...BODY, to: '${USER_ID}', recipient: undefined }`, 'dropped'],
	['meta', 'a group as a person', `{ ...BODY, to: 'G1', recipient: undefined }`, '400'],
	['meta', 'a person as a group', `{ ...BODY, recipient_type: 'group' }`, '400'],
	['meta', 'a number in `recipient`', `{ ...BODY, to: undefined, recipient: '${NUMBER}' }`, '400'],
	['ycloud', 'a number without its +', `{ ...BODY, to: '${NUMBER}' }`, '400'],
	['chirp', 'a number without its +', `{ ...BODY, to: '${NUMBER}' }`, '400'],
	['twilio', 'a number of SMS for one of WhatsApp', `{ ...BODY, To: '+${NUMBER}' }`, '400'],
	['chatmitra', 'a number with +', `{ ...BODY, recipient_mobile_number: '+${NUMBER}' }`, '400'],
	['waha', 'an address of the protocol', `{ ...BODY, chatId: '1@s.whatsapp.net' }`, '422'],
	['evolution', 'a channel', `{ ...BODY, number: '120363@newsletter' }`, 'dropped'],
];

/** What an expression of n8n's gives for an item. */
function evaluate(code: string, $json: Item): unknown {
	// eslint-disable-next-line @typescript-eslint/no-implied-eval -- an expression is code
	return (new Function('$json', `return (${code})`) as (item: Item) => unknown)($json);
}

/** Sends a text to where an item says, and returns the response. */
async function reply(api: FakeSendApi, call: SendCall, item: Item): Promise<Response> {
	const path = call
		.path('$json')
		.replace(/\{\{(.+?)\}\}/g, (_, code: string) => String(evaluate(code, item)))
		.replace(/:(plugin|number)/g, (_, name: string) => call.typed?.[name] ?? '');
	const body = evaluate(call.body('$json', "'Thanks!'"), item) as Record<string, string>;
	const { contentType = 'application/json', header } = call;
	return fetch(`${api.baseUrl}${path}`, {
		method: 'POST',
		headers: { 'content-type': contentType, [header.name]: header.value(KEY) },
		body:
			contentType === 'application/json'
				? JSON.stringify(body)
				: new URLSearchParams(body).toString(),
	});
}

/** Received messages that can be answered, of each provider with a call. */
const received = ({ event, channel, replyTo, provider, business }: Item) =>
	event === 'message.received' &&
	replyTo !== null &&
	// The calls for SMS are others.
	(channel === 'whatsapp' || provider === 'twilio') &&
	// Meta's pages print the names of some values in place of them.
	![replyTo, business.phoneNumberId].some((value) => /^[A-Z]+(_[A-Z]+)+$/.test(value ?? ''));

it('has a call for every provider that documents one', () => {
	expect([...Object.keys(SEND_CALLS), ...WITHOUT_CALL].sort()).toEqual(
		PROVIDERS_UNDER_TEST.map(({ id }) => id).sort(),
	);
});

describe.each(Object.entries(SEND_CALLS))('%s', (id, call) => {
	const discovered = providerUnderTest(id);
	const api = new FakeSendApi(id, KEY);

	beforeAll(() => api.start());
	afterAll(() => api.stop());

	const outcomeOf = async (item: Item, made = call) => {
		const { ok, status } = await reply(api, made, item);
		const [sent] = api.take();
		return ok && sent ? `${sent.fate}: ${sent.recipient}` : `${status}`;
	};

	const samples = samplesOf(discovered).flatMap(({ name, items }) =>
		(items as Item[]).filter(received).map((item) => ({ name, item })),
	);
	const sample = () => {
		const [first] = samples;
		if (!first) throw new Error(`nodes/${discovered.folder} has no message to answer`);
		return first.item;
	};
	const expected = (item: Item) =>
		`${isDoubtful(item) ? 'doubtful' : 'delivered'}: ${item.replyTo}`;

	it('delivers the answer to each received message of the samples', async () => {
		expect(samples.length).toBeGreaterThan(0);
		for (const { name, item } of samples) {
			expect([name, await outcomeOf(item)]).toEqual([name, expected(item)]);
		}
	});

	const replies = REPLIES[id] ?? [];
	if (replies.length > 0) {
		it.each(replies)('says where to answer %s', async (_, body, replyTo) => {
			const item = itemOf(authentic(discovered.provider), body);

			expect(item.replyTo).toBe(replyTo);
			if (replyTo !== null) expect(await outcomeOf(item)).toBe(expected(item));
		});
	}

	const mistakes = MISTAKES.filter(([provider]) => provider === id);
	if (mistakes.length > 0) {
		it.each(mistakes)('%s: %s is not delivered', async (_id, _what, body, outcome) => {
			const wrong: SendCall = {
				...call,
				body: (item, text) => body.replace('BODY', call.body(item, text)),
			};

			expect((await outcomeOf(sample(), wrong)).split(':')[0]).toBe(outcome);
		});
	}

	it('is rejected with another key', async () => {
		const other = { ...call, header: { ...call.header, value: () => 'another' } };

		expect(await outcomeOf(sample(), other)).toBe('401');
	});
});
