import { itemOf, itemsOf } from '../../../test/support/items';
import { providerUnderTest, fixturesOf, authentic } from '../../../test/support/providers';
import { MOST_ITEMS } from '../../shared/core/values/bounds';
import type { JsonObject } from '../../shared/core/values/json';
import { readDelivery, readItems } from '../../shared/core/read/read-delivery';
import { normalize } from '../normalize';
import { provider } from '../provider';
import { evolutionEventsFor } from '../webhook-events';

const KEY = 'THE-KEY-OF-AN-INSTANCE';
const ME = '919888888888@s.whatsapp.net';
const ALICE = '919876543210@s.whatsapp.net';

const upsert = (data: JsonObject) =>
	itemOf(provider, { event: 'messages.upsert', instance: 'shop', sender: ME, data });

const delivered = (body: JsonObject) => ({
	rawBody: Buffer.from(JSON.stringify(body)),
	headers: { 'x-webhook-secret': 'secret' },
	url: '',
	receivedAt: 0,
});

describe('the API key in every body', () => {
	const fixtures = fixturesOf(providerUnderTest('evolution'));

	it('is in every sample, and in no item', () => {
		for (const { name, rawBody } of fixtures) {
			const { apikey } = JSON.parse(rawBody.toString('utf8')) as { apikey: string };
			expect([name, apikey]).toEqual([name, expect.stringMatching(/.{10}/)]);
			const items = readItems(provider, { rawBody, headers: {}, url: '', receivedAt: 0 });
			expect([name, JSON.stringify(items).includes(apikey)]).toEqual([name, false]);
		}
	});

	it.each(['apikey', 'apiKey', 'APIKEY', 'api_key'])('is taken out as %s', (name) => {
		const items = itemsOf(provider, { event: 'call', data: {}, [name]: KEY });

		expect(items).toHaveLength(1);
		expect(JSON.stringify(items)).not.toContain(KEY);
		expect(items[0]?.raw).toEqual({ event: 'call', data: {} });
	});

	it('is taken out where another field says the same', () => {
		const item = itemOf(provider, {
			event: 'x',
			data: {},
			apikey: KEY,
			token: KEY,
			instance: 'shop',
		});

		expect(item.raw).toEqual({ event: 'x', data: {}, instance: 'shop' });
	});

	it.each<[string, JsonObject, JsonObject]>([
		['nested', { data: { instance: { apikey: KEY } } }, { data: { instance: {} } }],
		['in a list', { data: { a: [{ API_KEY: KEY }, KEY] } }, { data: { a: [{}, '***'] } }],
		['as API-KEY', { data: { headers: { 'API-KEY': KEY } } }, { data: { headers: {} } }],
		['as an object', { apikey: { value: KEY }, data: { value: KEY } }, { data: {} }],
		[
			'in the address of the server',
			{ apikey: KEY, server_url: `https://evo.example/?apikey=${KEY}` },
			{ server_url: 'https://evo.example/?apikey=***' },
		],
		[
			'in the address of n8n',
			{ apikey: KEY, destination: `https://n8n.example/webhook/${KEY}/x?k=${KEY}` },
			{ destination: 'https://n8n.example/webhook/***/x?k=***' },
		],
		[
			'as an address writes it',
			{ apikey: 'A+B/C=DE', server_url: 'https://x.example/?k=A%2BB%2FC%3DDE' },
			{ server_url: 'https://x.example/?k=***' },
		],
		[
			'in JSON in a text',
			{ apikey: 'A"QUOTED"KEY', data: { text: '{"k":"A\\"QUOTED\\"KEY"}' } },
			{ data: { text: '{"k":"***"}' } },
		],
		[
			'too short to be looked for in a text',
			{ apikey: '9', data: { id: '9', text: 'at 9' } },
			{ data: { text: 'at 9' } },
		],
	])('is taken out %s', (_, body, raw) => {
		const items = itemsOf(provider, { event: 'x', ...body });

		expect(items[0]?.raw).toEqual({ event: 'x', ...raw });
		expect(JSON.stringify(items)).not.toContain(KEY);
	});

	it('is taken out of a body that is nested deeper than the stack', () => {
		const depth = 100_000;
		const rawBody = Buffer.from(
			`{"event":"x","apikey":"${KEY}","data":${'['.repeat(depth)}{"k":"${KEY}"}${']'.repeat(depth)}}`,
		);
		const [item] = readItems(provider, { rawBody, headers: {}, url: '', receivedAt: 0 }) ?? [];

		// The outermost list is that of the events.
		const [open, close] = ['['.repeat(depth - 1), ']'.repeat(depth - 1)];
		expect(item?.raw).toBe(`{"event":"x","data":${open}{}${close}}`);
	});

	it('is taken out of a delivery with more elements than become items', () => {
		const data = Array.from({ length: MOST_ITEMS + 1 }, () => ({}));
		const items = itemsOf(provider, { event: 'messages.upsert', apikey: KEY, data });

		expect(items.at(-1)?.raw).toEqual({ event: 'messages.upsert', data });
	});

	it('may have half a character in it, and a field may have any name', () => {
		const body = `{"event":"x","apikey":"KEY-\\ud800-KEY","data":{"__proto__":{"a":1},"apikey":"","b":null}}`;
		const { raw } = itemOf(provider, body);

		expect(JSON.stringify(raw)).toBe('{"event":"x","data":{"__proto__":{"a":1},"b":null}}');
	});

	it('takes nothing else along where there is none', () => {
		const body = { event: 'x', data: {}, sender: null, instance: '', server_url: null };

		expect(itemOf(provider, { ...body, apikey: null }).raw).toEqual(body);
		expect(itemOf(provider, { ...body, apikey: '' }).raw).toEqual(body);
	});

	it('is taken out before anything can go wrong with the body', () => {
		const failing = {
			...authentic(provider),
			normalize: () => {
				throw new Error('a shape that nobody has seen');
			},
		};

		for (const data of [{}, [], null, 'text']) {
			const body = { event: 'x', data, apikey: KEY };
			for (const by of [failing, provider]) {
				const items = readItems(by, delivered(body));
				expect(items).toMatchObject([{ event: 'other' }]);
				expect(JSON.stringify(items)).not.toContain(KEY);
			}
		}
	});

	it('is no part of what makes an event another', () => {
		const idOf = (apikey: string | null) =>
			itemOf(provider, { event: 'call', data: { id: '1' }, apikey }).eventId;

		expect(idOf(KEY)).toBe(idOf('ANOTHER-KEY'));
		expect(idOf(KEY)).toBe(idOf(null));
	});

	it('proves nothing: a delivery that has it in the header of the secret is rejected', () => {
		const delivery = { ...delivered({ event: 'x' }), headers: { apikey: KEY } };

		expect(readDelivery(provider, delivery, { webhookSecret: 'secret' })).toEqual({
			kind: 'rejected',
			reason: 'header_missing',
		});
	});
});

describe('the id of an event', () => {
	const key = { remoteJid: ALICE, fromMe: true, id: 'A1' };
	const data = { key, message: { conversation: 'Hi' } };

	it('is one for a message that comes as it is sent and as it is seen', () => {
		const events = ['send.message', 'messages.upsert'].map((event) =>
			itemOf(provider, { event, data }),
		);

		expect(events.map(({ eventId }) => eventId)).toEqual([
			'evolution:message.echo:A1',
			'evolution:message.echo:A1',
		]);
	});

	it('is that of a message of ours, and so is its direction, where the API sends it', () => {
		for (const fromMe of [undefined, false]) {
			const sent = { ...data, key: { ...key, fromMe } };
			expect(itemOf(provider, { event: 'send.message', sender: ME, data: sent })).toMatchObject({
				eventId: 'evolution:message.echo:A1',
				direction: 'outbound',
				to: '+919876543210',
			});
		}
	});

	it.each([null, 'text', {}])('is of no message where there is none: %j', (nothing) => {
		expect(itemOf(provider, { event: 'messages.upsert', sender: ME, data: nothing })).toMatchObject(
			{
				event: 'other',
				providerEvent: 'messages.upsert',
			},
		);
	});

	it('differs for each message of a history, and from that of the message itself', () => {
		const [one, other] = itemsOf(provider, {
			event: 'messages.set',
			data: [data, { ...data, message: { conversation: 'Ho' } }],
		});

		expect(one?.event).toBe('other');
		expect(one?.eventId).not.toBe(other?.eventId);
	});

	it('is a hash where a message has none', () => {
		expect(upsert({ message: { conversation: 'Hi' } }).eventId).toMatch(/:sha256:/);
	});
});

it('reads the names of events as older versions and "webhook by events" write them', () => {
	const data = { key: { remoteJid: ALICE, id: 'A1' }, message: { conversation: 'Hi' } };

	expect(itemOf(provider, { event: 'MESSAGES_UPSERT', data })).toMatchObject({
		event: 'message.received',
		providerEvent: 'MESSAGES_UPSERT',
	});
});

it('believes no time whose zone is wrong: date_time is local time that calls itself UTC', () => {
	const body = { event: 'connection.update', data: {}, date_time: '2026-07-14T00:33:20.123Z' };

	expect(itemOf(provider, body).occurredAt).toBeNull();
});

describe('a message', () => {
	const messageOf = (message: JsonObject, more: JsonObject = {}) =>
		upsert({ key: { remoteJid: ALICE, id: 'A1' }, message, ...more });

	it.each([
		['nothing', {}, null],
		['nothing but what is no content', { messageContextInfo: {}, base64: 'AAAA' }, null],
		['a type that nobody knows', { somethingNewMessage: { text: 'x' } }, 'something_new'],
		['an order', { orderMessage: { orderId: '1' } }, 'order'],
	])('with %s in it has what type there is', (_, message, messageType) => {
		expect(messageOf(message)).toMatchObject({ event: 'message.received', messageType });
	});

	it('within more messages than there ever are is left as it is', () => {
		let message: JsonObject = { conversation: 'Hi' };
		for (let depth = 0; depth < 50; depth++) message = { ephemeralMessage: { message } };

		expect(messageOf(message)).toMatchObject({ messageType: 'ephemeral', text: null });
	});

	it('has no address of a file that only WhatsApp can read', () => {
		const imageMessage = { url: 'https://mmg.whatsapp.net/x.enc' };

		expect(messageOf({ imageMessage }).media?.url).toBeNull();
		expect(messageOf({ imageMessage, mediaUrl: 'https://x.example/a.jpg' }).media?.url).toBe(
			'https://x.example/a.jpg',
		);
	});

	it.each([
		[{ low: 5, high: 1 }, 4_294_967_301],
		[{ low: -1, high: 0 }, 4_294_967_295],
		[{ low: 5 }, null],
		['77', 77],
	])('reads the size %j', (fileLength, size) => {
		expect(messageOf({ imageMessage: { fileLength } }).media?.size).toBe(size);
	});

	it('is no referral where a link has a preview like that of an ad', () => {
		const contextInfo = { externalAdReply: { title: 'A page', sourceUrl: 'https://x.example' } };

		expect(messageOf({ conversation: 'x' }, { contextInfo })).not.toHaveProperty('referral');
	});

	it('of a protocol that says nothing of use is other', () => {
		expect(messageOf({ protocolMessage: { type: 'EPHEMERAL_SETTING' } })).toMatchObject({
			event: 'other',
			messageType: 'ephemeral_setting',
		});
	});

	it('whose edit cannot be read is other, and says which message it is', () => {
		const secretEncryptedMessage = { targetMessageKey: { id: 'A0' }, secretEncType: 2 };

		expect(messageOf({ secretEncryptedMessage })).toMatchObject({
			event: 'other',
			messageType: 'edit',
			text: null,
			context: { messageId: 'A0' },
			contact: { phone: '+919876543210' },
		});
	});

	it('whose content is missing says so', () => {
		expect(upsert({ key: { remoteJid: ALICE, id: 'A1' }, messageStubType: 2 })).toMatchObject({
			event: 'message.received',
			eventId: 'evolution:message.received:shop:919876543210:A1:placeholder',
			error: { code: 'unknown', details: '2' },
		});
	});

	it('is read where only its type is named beside it', () => {
		const more = { messageType: 'imageMessage' };

		expect(messageOf({ mediaUrl: 'https://x.example/a.jpg' }, more)).toMatchObject({
			messageType: 'image',
			media: { url: 'https://x.example/a.jpg' },
		});
		expect(messageOf({ conversation: 'Hi' }, { messageType: 'conversation' }).text).toBe('Hi');
	});
});

describe('a number on the Cloud API', () => {
	const cloud = (message: JsonObject, messageType: string) =>
		upsert({ key: { remoteJid: ALICE, id: 'wamid.A', fromMe: false }, message, messageType });

	it('has the chosen button as text, of which Evolution leaves no more', () => {
		expect(cloud({ conversation: 'Yes' }, 'buttonMessage')).toMatchObject({
			event: 'message.received',
			messageType: 'button',
			text: 'Yes',
			interactive: { kind: 'button', id: null, title: 'Yes' },
		});
		expect(cloud({ conversation: 'Yes' }, 'interactiveMessage')).toMatchObject({
			messageType: 'interactive',
			text: 'Yes',
			interactive: { kind: null, id: null, title: 'Yes' },
		});
	});

	it('has a customer with a new number', () => {
		expect(cloud({ systemMessage: { wa_id: '919812345678' } }, 'conversation')).toMatchObject({
			event: 'contact.updated',
			from: '+919876543210',
			contact: { phone: '+919812345678' },
		});
	});

	it('says what it does not support', () => {
		expect(cloud({ unsupportedMessage: {} }, 'conversation')).toMatchObject({
			event: 'message.received',
			messageType: 'unsupported',
			error: { code: 'unknown' },
		});
	});

	it.each([
		['SENT', 'message.sent'],
		['DELIVERED', 'message.delivered'],
		['READ', 'message.read'],
		['FAILED', 'message.failed'],
	])('has the status %s of a message of ours, whatever "fromMe" says', (status, event) => {
		const data = { keyId: 'wamid.A', remoteJid: ALICE, participant: ALICE, fromMe: false, status };

		expect(itemOf(provider, { event: 'messages.update', instance: 'shop', data })).toMatchObject({
			event,
			direction: 'outbound',
			contact: { phone: '+919876543210' },
			eventId: `evolution:${event}:shop:wamid.A:${status.toLowerCase()}`,
		});
	});
});

describe('the other address of a person', () => {
	const LID = '123456789012345@lid';
	const both = { phone: '+919876543210', id: LID };

	it.each<[string, JsonObject, JsonObject]>([
		['remoteJidAlt', { remoteJid: LID, remoteJidAlt: ALICE }, {}],
		['senderPn', { remoteJid: LID, senderPn: ALICE }, {}],
		['senderPn beside the key', { remoteJid: LID }, { senderPn: ALICE }],
		['senderLid', { remoteJid: ALICE, senderLid: LID }, {}],
		['previousRemoteJid', { remoteJid: ALICE, previousRemoteJid: LID }, {}],
		['recipientPn', { remoteJid: LID, fromMe: true, recipientPn: ALICE }, {}],
		['participantPn', { remoteJid: '1@g.us', participant: LID, participantPn: ALICE }, {}],
		['participantLid', { remoteJid: '1@g.us', participant: ALICE, participantLid: LID }, {}],
		['bare digits', { remoteJid: '1@g.us', participant: LID, participantPn: '919876543210' }, {}],
		[
			'parts',
			{ remoteJid: LID, remoteJidAlt: { user: '919876543210', server: 's.whatsapp.net' } },
			{},
		],
		['no participant', { remoteJid: LID, remoteJidAlt: ALICE, participant: '' }, {}],
	])('is found: %s', (_, key, more) => {
		const item = upsert({ key: { id: 'A1', ...key }, message: { conversation: 'Hi' }, ...more });

		expect(item.contact).toMatchObject(both);
	});

	it('is never one of ours', () => {
		const key = { id: 'A1', fromMe: true, remoteJid: LID, senderPn: ME, remoteJidAlt: ME };

		expect(upsert({ key, message: { conversation: 'Hi' } }).contact).toMatchObject({
			phone: null,
			id: LID,
			username: null,
		});
	});

	it.each<[string, JsonObject]>([
		['a call', { event: 'call', data: { from: LID, callerPn: ALICE } }],
		[
			'a call by its creator',
			{ event: 'call', data: { from: LID, callCreator: LID, callCreatorAlt: ALICE } },
		],
		['a contact', { event: 'contacts.upsert', data: { id: LID, phoneNumber: ALICE } }],
		[
			'a contact of an older version',
			{ event: 'contacts.upsert', data: { remoteJid: ALICE, lid: LID } },
		],
		[
			'a deletion',
			{ event: 'messages.delete', data: { id: 'A1', remoteJid: LID, remoteJidAlt: ALICE } },
		],
		[
			'a status',
			{
				event: 'messages.update',
				data: { keyId: 'A1', remoteJid: LID, remoteJidAlt: ALICE, status: 'READ' },
			},
		],
		[
			'a status in a group',
			{
				event: 'messages.update',
				data: {
					keyId: 'A1',
					remoteJid: '1@g.us',
					participant: LID,
					participantAlt: ALICE,
					status: 'READ',
				},
			},
		],
	])('is found in %s', (_, body) => {
		expect(itemOf(provider, body).contact).toMatchObject(both);
	});

	it('is not that of who made a call to somebody else', () => {
		const data = { from: LID, callCreator: ME, callCreatorAlt: '999@lid' };

		expect(itemOf(provider, { event: 'call', data }).contact).toEqual({
			phone: null,
			name: null,
			id: LID,
			username: null,
		});
	});
});

describe('an edit of which only the key is there', () => {
	const edit = (key: JsonObject) =>
		itemOf(provider, {
			event: 'messages.edited',
			sender: ME,
			data: {
				key: { id: 'A0', fromMe: true, ...key },
				type: 14,
				editedMessage: { conversation: 'x' },
			},
		});

	it("is a customer's where it names us as the chat", () => {
		expect(edit({ remoteJid: ME })).toMatchObject({
			direction: 'inbound',
			to: '+919888888888',
			contact: { phone: null },
			context: { messageId: 'A0' },
		});
	});

	it('is ours where it names a customer', () => {
		expect(edit({ remoteJid: ALICE })).toMatchObject({
			direction: 'outbound',
			contact: { phone: '+919876543210' },
		});
	});

	it("is nobody's where a user id may be ours", () => {
		expect(edit({ remoteJid: '123@lid' })).toMatchObject({
			direction: null,
			from: null,
			contact: { phone: null, id: null },
			text: 'x',
		});
	});
});

describe('a status', () => {
	it('is read in the oldest form', () => {
		const data = { key: { remoteJid: ALICE, fromMe: true, id: 'A1' }, update: { status: 'READ' } };

		expect(itemOf(provider, { event: 'messages.update', data })).toMatchObject({
			event: 'message.read',
			eventId: 'evolution:message.read:A1:read',
		});
	});

	it.each<[string, JsonObject, string | null]>([
		['an edit', { message: { editedMessage: { message: { conversation: 'x' } } } }, 'x'],
		['an edit of the oldest form', { update: { message: { conversation: 'x' } } }, 'x'],
		[
			'votes',
			{
				pollUpdates: [
					{ name: 'Friday', voters: [ALICE] },
					{ name: 'Monday', voters: [] },
				],
			},
			'Friday',
		],
		['a pin', { pinInChat: { type: 1 } }, null],
		['a reaction', { reactions: [{ text: '🙏' }] }, null],
	])('is none where %s comes with it', (_, more, text) => {
		const data = { keyId: 'A1', remoteJid: ALICE, fromMe: true, status: 'SERVER_ACK', ...more };

		expect(itemOf(provider, { event: 'messages.update', data })).toMatchObject({
			event: 'other',
			status: null,
			text,
			context: { messageId: 'A1' },
		});
	});

	it('is one where what may come with it is empty', () => {
		const data = {
			keyId: 'A1',
			remoteJid: ALICE,
			fromMe: true,
			status: 'READ',
			message: {},
			pollUpdates: [],
		};

		expect(itemOf(provider, { event: 'messages.update', data }).event).toBe('message.read');
	});

	it('with a name that nobody knows is other', () => {
		const data = { keyId: 'A1', remoteJid: ALICE, fromMe: true, status: 'constructor' };

		expect(itemOf(provider, { event: 'messages.update', data })).toMatchObject({
			event: 'other',
			status: 'constructor',
		});
	});
});

it('makes an item of each element of a list, with its own part as raw', () => {
	const items = itemsOf(provider, {
		event: 'chats.update',
		instance: 'shop',
		data: [{ a: 1 }, 'b'],
	});

	expect(items.map(({ raw }) => raw)).toEqual([
		{ event: 'chats.update', instance: 'shop', data: { a: 1 } },
		{ event: 'chats.update', instance: 'shop', data: 'b' },
	]);
});

it('keeps what a QR code says out of all but raw', () => {
	const qrcode = {
		code: '2@secret',
		base64: 'data:image/png;base64,AAAA',
		pairingCode: 'WXYZ1234',
	};
	const [draft] = normalize({ event: 'qrcode.updated', instance: 'shop', data: { qrcode } });

	expect(JSON.stringify(draft)).not.toMatch(/secret|AAAA|WXYZ/);
	expect(itemOf(provider, { event: 'qrcode.updated', data: { qrcode } }).raw).toMatchObject({
		data: { qrcode },
	});
});

it('asks for what the selected events need', () => {
	expect(evolutionEventsFor(['message.received', 'message.echo', 'message.read'])).toEqual([
		'MESSAGES_UPSERT',
		'SEND_MESSAGE',
		'MESSAGES_UPDATE',
	]);
	expect(evolutionEventsFor([])).toEqual([]);
});
