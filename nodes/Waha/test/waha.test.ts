import { createHmac } from 'crypto';
import { itemOf } from '../../../test/support/items';
import type { JsonObject } from '../../shared/core/values/json';
import { outputIndexOf } from '../../shared/core/item/events';
import { readDelivery } from '../../shared/core/read/read-delivery';
import { provider } from '../provider';
import { wahaEventsFor } from '../webhook-events';

const ID = 'false_919876543210@c.us_A1';

const message = (payload: JsonObject, body: JsonObject = {}) =>
	itemOf(provider, { event: 'message', id: 'evt_1', payload: { id: ID, ...payload }, ...body });

const ack = (payload: JsonObject, body: JsonObject = {}) =>
	itemOf(provider, {
		event: 'message.ack',
		payload: { id: ID, fromMe: true, ...payload },
		...body,
	});

describe('the algorithm of the signature', () => {
	it.each(['sha1', 'sha256', 'md5'])('is never %s, whatever the header says', (algorithm) => {
		const rawBody = Buffer.from('{"event":"message"}');
		const signature = createHmac(algorithm, 'key').update(rawBody).digest('hex');
		const headers = { 'x-webhook-hmac': signature, 'x-webhook-hmac-algorithm': algorithm };
		const delivery = { rawBody, headers, url: '', receivedAt: 0 };

		expect(readDelivery(provider, delivery, { webhookSecret: 'key' })).toEqual({
			kind: 'rejected',
			reason: 'header_malformed',
		});
	});
});

describe('the id of an event', () => {
	it("is made of session, direction and WhatsApp's own id", () => {
		expect(message({ body: 'Hi' }, { session: 'shop' }).eventId).toBe(
			'waha:message.received:shop:inbound:A1',
		);
		expect(ack({ ack: 3 }, { session: 'shop' }).eventId).toBe(
			'waha:message.read:shop:inbound:A1:read',
		);
	});

	it('has the whole id where it is of another form', () => {
		expect(message({ id: 'A1', fromMe: true, body: 'Hi' }).eventId).toBe(
			'waha:message.echo:outbound:A1',
		);
	});

	it.each([undefined, null, 'text', {}])('is of no message where there is none: %j', (payload) => {
		expect(itemOf(provider, { event: 'message', session: 'shop', payload })).toMatchObject({
			event: 'other',
			providerEvent: 'message',
		});
	});

	it('is that of the event where a message has none', () => {
		expect(message({ id: undefined, body: 'Hi' }).eventId).toBe('waha:message.received:evt_1');
	});

	it('is that of the event where a status has a name that nobody knows', () => {
		expect(ack({ ackName: 'NEW' }, { id: 'evt_2' }).eventId).toBe('waha:other:evt_2');
	});
});

describe('an ack', () => {
	it.each([
		[-1, 'message.failed', 'failed'],
		[0, 'other', 'pending'],
		[1, 'message.sent', 'sent'],
		[2, 'message.delivered', 'delivered'],
		[3, 'message.read', 'read'],
		[4, 'message.read', 'played'],
		[5, 'other', null],
		['3', 'other', null],
	])('that is the number %j alone is %s', (number, event, status) => {
		expect(ack({ ack: number })).toMatchObject({ event, status });
	});

	it('with a name that nobody knows is other', () => {
		expect(ack({ ackName: 'UNKNOWN', ack: 3 })).toMatchObject({
			event: 'other',
			status: 'unknown',
		});
		expect(ack({ ackName: 'constructor' })).toMatchObject({
			event: 'other',
			status: 'constructor',
		});
	});
});

describe('the people of a message', () => {
	const me = { me: { id: '919888888888:12@s.whatsapp.net' } };

	it('are found in its fields where its id is of another form', () => {
		const from = '919876543210@s.whatsapp.net';

		expect(message({ id: 'A1', from, body: 'Hi' }, me)).toMatchObject({
			from: '+919876543210',
			to: '+919888888888',
		});
		expect(message({ id: 'A1', from: me.me.id, to: from, fromMe: true }, me)).toMatchObject({
			event: 'message.echo',
			from: '+919888888888',
			to: '+919876543210',
			contact: { phone: '+919876543210' },
		});
	});

	it.each([
		['NOWEB', { key: { remoteJidAlt: '919876543210@s.whatsapp.net' } }],
		['GOWS', { Info: { SenderAlt: '919876543210:3@s.whatsapp.net' } }],
	])('have a phone number beside a user id where %s knows it', (_, data) => {
		expect(message({ id: 'false_1234567@lid_A1', body: 'Hi', _data: data }).contact).toEqual({
			phone: '+919876543210',
			name: null,
			id: '1234567@lid',
			username: null,
		});
	});

	it('are those of whom a message of ours is to, in GOWS too', () => {
		const data = {
			Info: {
				IsFromMe: true,
				SenderAlt: '919888888888@s.whatsapp.net',
				RecipientAlt: '919876543210@s.whatsapp.net',
				PushName: 'Shop',
			},
		};

		expect(
			message({ id: 'true_1234567@lid_A1', fromMe: true, body: 'Hi', _data: data }).contact,
		).toMatchObject({ phone: '+919876543210', name: null, id: '1234567@lid' });
	});

	it('are nobody of ours where a channel posts', () => {
		expect(message({ id: 'false_120363@newsletter_A1', body: 'News' })).toMatchObject({
			event: 'other',
			contact: { phone: null, id: null },
			to: '120363@newsletter',
		});
	});
});

describe('a message', () => {
	it('of which WAHA names nothing has no type', () => {
		expect(message({ body: null })).toMatchObject({ messageType: null, text: null });
		expect(message({ hasMedia: true, body: 'x' })).toMatchObject({ messageType: null, text: 'x' });
	});

	it.each([
		['WEBJS', { type: 'ptt' }, 'audio', true],
		['WEBJS', { type: 'image' }, 'image', null],
		['NOWEB', { message: { stickerMessage: {} } }, 'sticker', null],
		['GOWS', { Message: { documentMessage: {} } }, 'document', null],
	])('whose file %s did not download has its type: %j', (_, data, type, voice) => {
		expect(message({ hasMedia: true, media: null, _data: data })).toMatchObject({
			messageType: type,
			media: { url: null, voice },
		});
	});

	it('reads cards whose lines are folded, and without a name', () => {
		const card =
			'BEGIN:VCARD\r\nFN:Lina\r\n  Haddad\r\nTEL:+91 98123\r\n  45678\r\nno property\r\n';

		expect(message({ vCards: [card, 'BEGIN:VCARD', 7] }).contacts).toEqual([
			{ name: 'Lina Haddad', phones: ['+919812345678'], emails: [] },
			{ name: null, phones: [], emails: [] },
			{ name: null, phones: [], emails: [] },
		]);
	});
});

describe("what the engine's own data says", () => {
	const engines: [string, JsonObject][] = [
		['NOWEB', { message: { audioMessage: { ptt: true } } }],
		['GOWS', { Message: { audioMessage: { PTT: true } } }],
		['WEBJS', { type: 'ptt' }],
	];

	it.each(engines)('is that %s has a voice note, downloaded or not', (_, data) => {
		const media = { url: 'https://waha.example/a.oga', mimetype: 'audio/ogg; codecs=opus' };

		for (const file of [
			{ hasMedia: true, media },
			{ hasMedia: true, media: null },
			{ hasMedia: false },
		]) {
			expect(message({ ...file, _data: data })).toMatchObject({
				messageType: 'audio',
				media: { voice: true },
			});
		}
	});

	it.each<[string, JsonObject]>([
		[
			'NOWEB',
			{
				message: { templateButtonReplyMessage: { selectedId: 'yes', selectedDisplayText: 'Yes' } },
			},
		],
		[
			'GOWS',
			{
				Message: { templateButtonReplyMessage: { selectedID: 'yes', selectedDisplayText: 'Yes' } },
			},
		],
		['WEBJS', { type: 'template_button_reply', selectedId: 'yes', body: 'Yes' }],
		['WEBJS', { type: 'buttons_response', selectedButtonId: 'yes', body: 'Yes' }],
		[
			'NOWEB',
			{
				message: {
					buttonsResponseMessage: { selectedButtonId: 'yes', selectedDisplayText: 'Yes' },
				},
			},
		],
		[
			'NOWEB',
			{
				message: {
					listResponseMessage: { title: 'Yes', singleSelectReply: { selectedRowId: 'yes' } },
				},
			},
		],
		[
			'GOWS',
			{
				Message: {
					listResponseMessage: { title: 'Yes', singleSelectReply: { selectedRowID: 'yes' } },
				},
			},
		],
		[
			'NOWEB',
			{
				message: {
					interactiveResponseMessage: {
						body: { text: 'Yes' },
						nativeFlowResponseMessage: { name: 'quick_reply', paramsJson: '{"id":"yes"}' },
					},
				},
			},
		],
		[
			'GOWS',
			{
				Message: {
					interactiveResponseMessage: {
						body: { text: 'Yes' },
						InteractiveResponseMessage: {
							NativeFlowResponseMessage: { paramsJSON: '{"id":"yes"}' },
						},
					},
				},
			},
		],
	])('is which button or row was chosen: %s %j', (_, data) => {
		for (const body of ['Yes', null]) {
			expect(message({ body, _data: data })).toMatchObject({
				event: 'message.received',
				text: 'Yes',
				interactive: { id: 'yes', title: 'Yes' },
			});
		}
	});

	it.each<[string, JsonObject]>([
		[
			'NOWEB',
			{
				message: {
					extendedTextMessage: {
						contextInfo: {
							externalAdReply: { title: 'T', body: 'B', sourceId: '1', ctwaClid: 'C' },
						},
					},
				},
			},
		],
		[
			'GOWS',
			{
				Message: {
					extendedTextMessage: {
						contextInfo: {
							externalAdReply: { title: 'T', body: 'B', sourceID: '1', ctwaClid: 'C' },
						},
					},
				},
			},
		],
		[
			'WEBJS',
			{ type: 'chat', ctwaContext: { title: 'T', description: 'B', sourceId: '1', ctwaClid: 'C' } },
		],
	])('is the ad that the customer came from: %s', (_, data) => {
		expect(message({ body: 'Hi', _data: data })).toMatchObject({
			messageType: 'text',
			text: 'Hi',
			referral: { sourceId: '1', headline: 'T', body: 'B', clickId: 'C' },
		});
	});

	it.each<[string, JsonObject, string]>([
		['NOWEB', { message: { protocolMessage: { type: 'EPHEMERAL_SETTING' } } }, 'ephemeral_setting'],
		['NOWEB', { message: { pinInChatMessage: { key: { id: 'A0' } } } }, 'pin_in_chat'],
		['NOWEB', { messageStubType: 'GROUP_PARTICIPANT_ADD' }, 'notice'],
		['GOWS', { Message: { secretEncryptedMessage: { targetMessageKey: { ID: 'A0' } } } }, 'edit'],
		['GOWS', { IsEdit: true, Message: { conversation: 'x' } }, 'edit'],
		['WEBJS', { type: 'e2e_notification' }, 'e2e_notification'],
		['WEBJS', { type: 'protocol', subtype: 'message_edit' }, 'message_edit'],
		['WEBJS', { type: 'pinned_message', pinParentKey: { id: 'A0' } }, 'pin_in_chat'],
		['WEBJS', { type: 'call_log' }, 'call_log'],
	])('is that nobody wrote it: %s %j', (_, data, messageType) => {
		expect(message({ body: null, _data: data })).toMatchObject({ event: 'other', messageType });
	});

	it.each<[string, JsonObject, string, string]>([
		[
			'NOWEB',
			{ message: { pollCreationMessageV3: { name: 'Which day?' } } },
			'poll_creation',
			'Which day?',
		],
		[
			'GOWS',
			{
				Message: {
					templateMessage: { Format: { HydratedFourRowTemplate: { hydratedContentText: 'Code' } } },
				},
			},
			'template',
			'Code',
		],
		[
			'GOWS',
			{ Message: { productMessage: { product: { title: 'Teapot' } } } },
			'product',
			'Teapot',
		],
		['WEBJS', { type: 'poll_creation', pollName: 'Which day?' }, 'poll_creation', 'Which day?'],
		['WEBJS', { type: 'product', title: 'Teapot', productId: '1' }, 'product', 'Teapot'],
		['WEBJS', { type: 'groups_v4_invite', inviteGrpName: 'Team' }, 'group_invite', 'Team'],
		['WEBJS', { type: 'list', list: { description: 'Which day?' } }, 'list', 'Which day?'],
		['WEBJS', { type: 'hsm', body: 'Code' }, 'template', 'Code'],
	])('is what a person reads: %s %j', (_, data, messageType, text) => {
		expect(message({ body: null, _data: data })).toMatchObject({ messageType, text });
	});

	it('is the words of an order, where WEBJS has its picture as the text', () => {
		const data = {
			type: 'order',
			orderTitle: 'Shop',
			message: 'By Friday',
			totalAmount1000: 25500,
		};

		expect(message({ body: '/9j/4AAQ', _data: data })).toMatchObject({
			messageType: 'order',
			text: 'By Friday',
			order: { total: 25.5 },
		});
	});

	it('is what a file was sent as, and its size', () => {
		const media = { url: 'https://waha.example/a.jpg', mimetype: 'image/jpeg' };
		const data = {
			message: { documentMessage: { fileName: 'a.jpg', fileLength: '5', fileSha256: 's' } },
		};

		expect(message({ hasMedia: true, media, _data: data })).toMatchObject({
			messageType: 'document',
			media: { filename: 'a.jpg', size: 5, sha256: 's', mimeType: 'image/jpeg' },
		});
	});

	it('is that a message was forwarded', () => {
		const data = { type: 'chat', isForwarded: true };

		expect(message({ body: 'Hi', _data: data }).context).toEqual({
			messageId: null,
			from: null,
			forwarded: true,
		});
	});

	it('is nothing where it is of a form that nobody knows', () => {
		for (const _data of [null, [], 'x', {}, { message: [] }, { Message: 7 }, { type: {} }]) {
			expect(message({ body: 'Hi', _data })).toMatchObject({ messageType: 'text', text: 'Hi' });
		}
	});
});

it('says that the content of a message is missing', () => {
	expect(message({ body: null, _data: { type: 'ciphertext' } })).toMatchObject({
		event: 'message.received',
		eventId: 'waha:message.received:inbound:A1:placeholder',
		error: { code: 'unknown', details: 'ciphertext' },
	});
});

describe('who calls', () => {
	const call = (payload: JsonObject) =>
		itemOf(provider, { event: 'call.received', payload }).contact;

	it('has a number where the engine knows it', () => {
		const _data = { CallCreator: '1234567@lid', CallCreatorAlt: '919876543210@s.whatsapp.net' };

		expect(call({ from: '1234567@lid', _data })).toMatchObject({
			phone: '+919876543210',
			id: '1234567@lid',
			username: null,
		});
	});

	it('is not who made the call, where that is us', () => {
		const _data = { CallCreator: '919888888888@s.whatsapp.net', CallCreatorAlt: '999@lid' };

		expect(call({ from: '1234567@lid', _data })).toMatchObject({ phone: null, id: '1234567@lid' });
	});
});

describe('the events that WAHA is asked for', () => {
	it('have every message once', () => {
		expect(wahaEventsFor(['message.received'])).toEqual(['message', 'message.reaction']);
		expect(wahaEventsFor(['message.echo'])).toEqual(['message.any', 'message.reaction']);
		expect(wahaEventsFor(['message.received', 'message.echo'])).toEqual([
			'message.reaction',
			'message.any',
		]);
	});

	it('are none that is only for debugging', () => {
		expect(wahaEventsFor(provider.emits)).not.toContain('engine.event');
		expect(wahaEventsFor(provider.emits).length).toBeGreaterThan(20);
	});
});

it('has outputs up to Account', () => {
	expect(Math.max(...provider.emits.map(outputIndexOf))).toBe(9);
});
