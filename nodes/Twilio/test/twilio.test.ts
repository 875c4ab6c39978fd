import { createHash, createHmac } from 'node:crypto';
import { itemOf } from '../../../test/support/items';
import { providerUnderTest, testCredential } from '../../../test/support/providers';
import { REJECTIONS } from '../../shared/n8n/receive/problem';
import { idsOf, newItems } from '../../shared/core/remember/claims';
import type { Delivery } from '../../shared/core/verify/delivery';
import { Ledger, type PendingResponse } from '../../shared/core/remember/ledger';
import { readDelivery } from '../../shared/core/read/read-delivery';
import { provider } from '../provider';

const HOST = 'https://n8n.example.com';
const PATH = '/webhook/5b/webhook';

const FORM =
	'To=whatsapp%3A%2B14155238886&Body=+%F0%9F%99%8F+%26+more+&From=whatsapp%3A%2B919876543210&FromCity=&MessageSid=SM1&SmsStatus=received';

/**
 * Of the form at the URL without a port, with a query, and with the port 443, by the token "token":
 * printf '%s' '<URL>Body 🙏 & more From…' | openssl dgst -sha1 -mac HMAC -macopt key:token -binary | base64,
 * where the fields are in order of their names and decoded.
 */
const SIGNED = {
	plain: 'eBcqslCMt06rZPzuKcThlKernDQ=',
	withQuery: '8esta0nejvTbWBCAY9nTv5bQzDs=',
	withPort: 'IwJ/Fn8XnTpnw1qPeD3hpzBGz+8=',
	withOddPort: '69FgkbrakHvQXTefnRVIjE0Ejxo=',
	http: 'VGTEEm3+VrnfSq6t2cWWVJgN448=',
	httpWithPort: 'KcAWnOyZf+4rdsIoyJpmIzhgFhM=',
};

/** What becomes of the form at this URL: "items", or why it is rejected. */
function verdict(signature: string, url = HOST + PATH, body = FORM): string {
	const result = readDelivery(
		provider,
		{
			rawBody: Buffer.from(body),
			headers: { 'x-twilio-signature': signature },
			url,
			receivedAt: 0,
		},
		{ webhookSecret: 'token' },
	);
	return result.kind === 'rejected' ? result.reason : result.kind;
}

describe('a signature', () => {
	it('covers values as they are, decoded, with white space around them, and fields that are empty', () => {
		expect(verdict(SIGNED.plain)).toBe('items');
		expect(verdict(SIGNED.plain, undefined, FORM.replace('more+', 'more'))).toBe('header_mismatch');
		expect(verdict(SIGNED.plain, undefined, FORM.replace('&FromCity=', ''))).toBe(
			'header_mismatch',
		);
		expect(verdict(SIGNED.plain, undefined, `${FORM}&NewField=`)).toBe('header_mismatch');
	});

	it('does not depend on the order in which the fields are sent', () => {
		const reversed = FORM.split('&').reverse().join('&');

		expect(verdict(SIGNED.plain, undefined, reversed)).toBe('items');
	});

	it.each([
		['with its query', SIGNED.withQuery, `${HOST}${PATH}?branch=1`],
		['with the standard port, where n8n has none', SIGNED.withPort, HOST + PATH],
		['without the standard port, where n8n has it', SIGNED.plain, `${HOST}:443${PATH}`],
		['with a port of its own', SIGNED.withOddPort, `${HOST}:8443${PATH}`],
		['without a port of its own', SIGNED.plain, `${HOST}:8443${PATH}`],
		['over HTTP', SIGNED.http, HOST.replace('https', 'http') + PATH],
		['over HTTP with the standard port', SIGNED.httpWithPort, HOST.replace('https', 'http') + PATH],
	])('covers the URL %s', (_, signature, url) => {
		expect(verdict(signature, url)).toBe('items');
	});

	it.each([
		['another scheme', HOST.replace('https', 'http') + PATH],
		['another host', `https://localhost:5678${PATH}`],
		['the test URL instead', `${HOST}/webhook-test/5b/webhook`],
		['a query that was not there', `${HOST}${PATH}?branch=1`],
		['a slash at its end', `${HOST}${PATH}/`],
		['nothing', ''],
	])('does not match where n8n takes its URL for %s, and n8n says what to look at', (_, url) => {
		expect(verdict(SIGNED.plain, url)).toBe('header_mismatch');
		const advice = provider.advice?.header_mismatch ?? REJECTIONS.header_mismatch.advice(provider);
		expect(advice).toMatch(/N8N_WEBHOOK_URL.*Webhook URLs.*Auth Token/);
	});
});

describe('a JSON body', () => {
	// printf '%s' '{"a":1}' | openssl dgst -sha256
	const HASH = '015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862';
	const URL = `${HOST}${PATH}?bodySHA256=${HASH}`;
	const SIGNATURE = '8dU3Qu+ZJoFBuHF2PbvHcgWneeA=';

	it('is bound by its hash in the URL', () => {
		expect(verdict(SIGNATURE, URL, '{"a":1}')).toBe('items');
		expect(verdict(SIGNATURE, URL, '{"a":2}')).toBe('header_mismatch');
		expect(verdict(SIGNATURE, URL, '')).toBe('header_mismatch');
		expect(verdict(SIGNATURE, URL, FORM)).toBe('header_mismatch');
	});

	it.each(['', '00', 'not-a-hash', HASH.slice(2), `${HASH}00`])(
		'with the hash %j is not accepted, whatever is signed',
		(hash) => {
			for (const signature of [SIGNATURE, SIGNED.plain]) {
				expect(verdict(signature, `${HOST}${PATH}?bodySHA256=${hash}`, '{"a":1}')).toBe(
					'header_mismatch',
				);
			}
		},
	);
});

describe('a recorded delivery that is cut in another way', () => {
	const SID = 'SM0123456789abcdef0123456789abcdef';
	const OTHER_SID = 'SMffffffffffffffffffffffffffffffff';
	/** What the customer wrote is made for this: names and values of other fields. */
	const BODY = `hiFromwhatsapp:+15550000001MessageSid${OTHER_SID}SmsStatusreadTowhatsapp:+15550000002X`;
	const FIELDS = [
		['AccountSid', 'AC00000000000000000000000000000000'],
		['Body', BODY],
		['From', 'whatsapp:+15551234567'],
		['MessageSid', SID],
		['SmsStatus', 'received'],
		['To', 'whatsapp:+15557654321'],
	] as const;
	const URL_TEXT = `${HOST}${PATH}?branch=1`;
	const TEXT = URL_TEXT + FIELDS.map(([name, value]) => name + value).join('');
	const SIGNATURE = createHmac('sha1', 'token').update(TEXT).digest('base64');

	const deliveryOf = (rawBody: string, url = URL_TEXT): Delivery => ({
		rawBody: Buffer.from(rawBody),
		headers: { 'x-twilio-signature': SIGNATURE },
		url,
		receivedAt: 0,
	});
	const formOf = (fields: readonly (readonly [string, string])[]) =>
		new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])).toString();

	const resultOf = (delivery: Delivery) =>
		readDelivery(provider, delivery, { webhookSecret: 'token' });

	/** Forms that make the same text: each cut is between a name and its value, or between two fields. */
	function cuts(): [name: string, delivery: Delivery][] {
		const tail = TEXT.slice(URL_TEXT.length);
		const shifted = FIELDS.flatMap(
			([name, value], index) =>
				[-3, -2, -1, 1, 2, 3].map((by): [string, Delivery] => {
					const both = name + value;
					const at = name.length + by;
					const cut = [both.slice(0, at), both.slice(at)] as const;
					const fields = FIELDS.map((field, other) => (other === index ? cut : field));
					return [`${name} by ${by}`, deliveryOf(formOf(fields))];
				}),
			// The names have to stay in order.
		).filter(([, delivery]) => resultOf(delivery).kind === 'items');
		const after = (from: string) => tail.slice(tail.indexOf(from) + from.length);
		return [
			...shifted,
			['into a field that nobody knows', deliveryOf(formOf([['AccountSid', after('AccountSid')]]))],
			[
				'into what the customer wrote',
				deliveryOf(
					formOf([
						...FIELDS.slice(0, 1),
						['Body', 'hi'],
						['From', 'whatsapp:+15550000001'],
						['MessageSid', OTHER_SID],
						['SmsStatus', 'read'],
						['To', 'whatsapp:+15550000002'],
						['XF', after('00002XF')],
					]),
				),
			],
			['into the URL', deliveryOf(formOf(FIELDS.slice(1)), URL_TEXT + FIELDS[0][0] + FIELDS[0][1])],
		];
	}

	/** How many items of a delivery start something; all of them are accepted. */
	async function started(ledger: Ledger, delivery: Delivery): Promise<number> {
		const result = resultOf(delivery);
		if (result.kind !== 'items') throw new Error(`not authentic: ${result.kind}`);
		const response: PendingResponse = { outcome: () => 'accepted', sent: Promise.resolve() };
		const { fresh } = await ledger.claim(idsOf(result), response, 0);
		return newItems(result, fresh).length;
	}

	it('starts nothing once it was accepted, whatever it says then', async () => {
		const ledger = new Ledger();

		expect(await started(ledger, deliveryOf(formOf(FIELDS)))).toBe(1);
		expect(cuts().length).toBeGreaterThan(30);
		for (const [name, delivery] of cuts()) {
			expect([name, await started(ledger, delivery)]).toEqual([name, 0]);
		}
	});

	it('starts one execution in all, whichever way comes first', async () => {
		const ledger = new Ledger();
		let count = 0;
		for (const [, delivery] of cuts()) count += await started(ledger, delivery);
		count += await started(ledger, deliveryOf(formOf(FIELDS)));

		expect(count).toBe(1);
	});

	it('has no message’s id where that is not in Twilio’s form', () => {
		for (const MessageSid of ['SM1', `x${SID}`, `${SID}0`, SID.slice(0, -1), `IM${SID.slice(2)}`]) {
			const item = itemOf(
				provider,
				formOf([
					['Body', 'Hi'],
					['MessageSid', MessageSid],
				]),
			);

			expect(item.messageId).toBeNull();
			expect(item.eventId).toMatch(/^twilio:[a-z.]+:signed:sha256:[0-9a-f]{32}$/);
		}
		for (const MessageSid of [SID, SID.toUpperCase(), SID.replace('SM', 'MM')]) {
			expect(
				itemOf(
					provider,
					formOf([
						['Body', 'Hi'],
						['MessageSid', MessageSid],
					]),
				),
			).toMatchObject({
				messageId: MessageSid,
				eventId: `twilio:message.received:${MessageSid}`,
			});
		}
	});

	it('is no JSON body by a hash in the middle of the URL, which may be what a customer wrote', () => {
		const json = '{"any":"thing"}';
		const hash = createHash('sha256').update(json).digest('hex');
		const text = `hi&bodySHA256=${hash}&`;
		const signed = `${URL_TEXT}Body${text}MessageSid${SID}`;
		const signature = createHmac('sha1', 'token').update(signed).digest('base64');

		expect(
			verdict(
				signature,
				URL_TEXT,
				formOf([
					['Body', text],
					['MessageSid', SID],
				]),
			),
		).toBe('items');
		expect(verdict(signature, signed, json)).toBe('header_mismatch');
	});
});

describe('who a customer is', () => {
	const contactOf = (fields: Record<string, string>) =>
		itemOf(provider, new URLSearchParams(fields).toString()).contact;

	it.each([
		[{ From: 'whatsapp:+15551234567', ExternalUserId: 'US.1' }, '+15551234567', 'US.1'],
		[{ From: 'whatsapp:+15551234567', ExternalUserId: 'whatsapp:US.1' }, '+15551234567', 'US.1'],
		[{ From: 'whatsapp:+15551234567', ExternalUserIdentifier: 'US.1' }, '+15551234567', 'US.1'],
		[{ From: 'whatsapp:US.1', ExternalUserId: 'whatsapp:US.1' }, null, 'US.1'],
		[{ From: 'whatsapp:US.1' }, null, 'US.1'],
		[{ From: 'whatsapp:+15551234567', ExternalUserId: '+15551234567' }, '+15551234567', null],
		[{ From: '384387' }, null, null],
		[{ From: 'ACME' }, null, null],
	])('%j', (fields, phone, id) => {
		expect(contactOf({ SmsStatus: 'received', ...fields })).toMatchObject({ phone, id });
	});

	it.each([
		[{ To: 'whatsapp:+15551234567', ExternalUserId: 'US.1' }, '+15551234567', 'US.1'],
		[{ To: 'whatsapp:US.1' }, null, 'US.1'],
		[{ To: '384387' }, null, null],
	])('of a status: %j', (fields, phone, id) => {
		expect(contactOf({ MessageStatus: 'read', ...fields })).toMatchObject({ phone, id });
	});
});

describe('a form of another product', () => {
	it.each<[string, Record<string, string>]>([
		['Conversations', { EventType: 'onMessageAdded', MessageSid: 'IM1', Author: 'agent' }],
		['Conversations', { EventType: 'onMessageUpdated', ConversationSid: 'CH1' }],
		['Chat', { EventType: 'onMessageSent', ChannelSid: 'CH1', InstanceSid: 'IS1' }],
		[
			'a Conversations webhook without a name',
			{ ConversationSid: 'CH1', Author: 'whatsapp:+1555' },
		],
		['Voice', { CallSid: 'CA1', CallStatus: 'completed', From: '+15551234567' }],
		['Video', { RoomSid: 'RM1', StatusCallbackEvent: 'room-created' }],
		['TaskRouter', { WorkspaceSid: 'WS1', EventType: 'task.created', TaskSid: 'WT1' }],
	])('is other: %s', (_, fields) => {
		const form = new URLSearchParams({ Body: 'We are on it', ...fields }).toString();
		const name = fields.EventType ?? fields.StatusCallbackEvent ?? fields.CallStatus ?? 'unknown';

		expect(itemOf(provider, form)).toMatchObject({
			event: 'other',
			providerEvent: name,
			direction: null,
			text: 'We are on it',
		});
	});

	it('is not what only has the event type of a WhatsApp status', () => {
		const form = 'MessageStatus=read&EventType=READ&To=whatsapp%3A%2B15551234567';

		expect(itemOf(provider, form)).toMatchObject({ event: 'message.read', providerEvent: 'read' });
	});
});

describe('what a form is', () => {
	const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();

	it.each([
		['accepted', 'other'],
		['scheduled', 'other'],
		['queued', 'other'],
		['sending', 'other'],
		['sent', 'message.sent'],
		['delivered', 'message.delivered'],
		['read', 'message.read'],
		['undelivered', 'message.failed'],
		['failed', 'message.failed'],
		['canceled', 'other'],
		['receiving', 'message.received'],
		['received', 'message.received'],
		['READ', 'message.read'],
	])('the status %s makes it %s', (MessageStatus, event) => {
		expect(itemOf(provider, form({ MessageSid: 'SM1', MessageStatus }))).toMatchObject({ event });
	});

	it('is a message where it has a body and no status', () => {
		expect(itemOf(provider, form({ Body: 'Hi', From: '+919876543210' }))).toMatchObject({
			event: 'message.received',
			channel: 'sms',
			text: 'Hi',
		});
	});

	it.each([
		[{ From: '+15551234567', To: '+14155238886' }, 'sms'],
		[{ From: '12345', To: '+14155238886' }, 'sms'],
		[{ From: 'whatsapp:+15551234567', To: 'whatsapp:+14155238886' }, 'whatsapp'],
		[{ From: 'WhatsApp:+15551234567' }, 'whatsapp'],
		[{ To: 'whatsapp:+14155238886' }, 'whatsapp'],
	])('%j is on the channel %s', (addresses, channel) => {
		expect(itemOf(provider, form({ SmsStatus: 'received', ...addresses }))).toMatchObject({
			event: 'message.received',
			channel,
		});
	});

	it.each(['rcs:+15551234567', 'messenger:1234567890'])('from %s is another channel', (From) => {
		expect(itemOf(provider, form({ SmsStatus: 'received', Body: 'Hi', From }))).toMatchObject({
			event: 'other',
			text: 'Hi',
		});
	});

	it('takes the number of a customer from WaId where the sender is a user id', () => {
		const From = 'whatsapp:IN.1';

		expect(
			itemOf(provider, form({ SmsStatus: 'received', From, WaId: '919876543210' })),
		).toMatchObject({ from: 'IN.1', contact: { phone: '+919876543210', id: 'IN.1' } });
	});
});

it.each([
	['an Auth Token', '0123456789abcdef0123456789abcdef', null],
	['the SID of an account', 'AC0123456789abcdef0123456789abcdef', /SID.*Auth Token/],
	['the SID of an API key', 'SK0123456789abcdef0123456789abcdef', /SID.*Auth Token/],
	['a signature', 'RSOYDt4T1cUTdK1PDd93/VVr8B8=', /signature.*Auth Token/],
	['what stands for a hidden token', '••••••••', /Auth Token/],
	['nothing', '', /^The Auth Token is empty.*Account Dashboard/],
])('tells of %s in the test of the credential', async (_, webhookSecret, problem) => {
	const result = await testCredential(providerUnderTest('twilio'), {}, { webhookSecret });

	expect(result).toMatchObject(
		problem === null
			? { status: 'OK' }
			: { status: 'Error', message: expect.stringMatching(problem) as string },
	);
});
