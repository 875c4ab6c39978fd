import { itemOf, itemsOf } from '../../../test/support/items';
import { providerUnderTest, fixturesOf, authentic } from '../../../test/support/providers';
import type { JsonObject } from '../../shared/core/json';
import { readDelivery, readItems } from '../../shared/core/read-delivery';
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

	it('proves nothing: a delivery that has it in the header of the secret is refused', () => {
		const delivery = { ...delivered({ event: 'x' }), headers: { apikey: KEY } };

		expect(readDelivery(provider, delivery, { webhookSecret: 'secret' })).toEqual({
			kind: 'refused',
			reason: 'proof_missing',
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
			messageType: null,
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
