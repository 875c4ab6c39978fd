import { createHmac } from 'crypto';
import { itemOf } from '../../../test/support/items';
import type { JsonObject } from '../../shared/core/json';
import { outputIndexOf } from '../../shared/core/events';
import { readDelivery } from '../../shared/core/read-delivery';
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
			kind: 'refused',
			reason: 'proof_malformed',
		});
	});
});

describe('the id of an event', () => {
	it('is one for a message that comes as "message" and as "message.any"', () => {
		const one = message({ body: 'Hi' }, { id: 'evt_1' });
		const other = message({ body: 'Hi' }, { id: 'evt_2', event: 'message.any' });

		expect(one.eventId).toBe(`waha:message.received:${ID}`);
		expect(other.eventId).toBe(one.eventId);
	});

	it('is that of the event where a message has none', () => {
		expect(message({ id: undefined, body: 'Hi' }).eventId).toBe('waha:message.received:evt_1');
	});

	it('differs for two acks of one message', () => {
		const ids = ['evt_1', 'evt_2'].map((id) => ack({ ack: 3 }, { id }).eventId);

		expect(new Set(ids).size).toBe(2);
	});

	it('is made of the message and its status where an older WAHA gives none', () => {
		expect(ack({ ack: 3 }).eventId).toBe(`waha:message.read:${ID}:read`);
		expect(ack({ ackName: 'ERROR' }).eventId).toBe(`waha:message.failed:${ID}:failed`);
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
		).toEqual({ phone: '+919876543210', name: null, id: '1234567@lid' });
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
