import * as items from '../../../test/support/items';
import type { JsonObject } from '../../shared/core/values/json';
import { readEventName } from '../event-name';
import { provider } from '../provider';

const itemOf = (event: string, data: JsonObject, body: JsonObject = {}) =>
	items.itemOf(provider, { event, data, ...body });

const RECEIVED = 'messages.whatsapp.received';
const SENT = 'messages.whatsapp.sent';
const FAILED = 'messages.whatsapp.failed';

describe('an event’s name', () => {
	it.each([
		['messages.whatsapp.received', { about: 'message', channel: 'whatsapp', stage: 'received' }],
		['messages.whatsapp.DELIVERED', { about: 'message', channel: 'whatsapp', stage: 'delivered' }],
		['messages.sms.sent', { about: 'message', channel: 'sms', stage: 'sent' }],
		['messages.whatsapp.a.b', { about: 'message', channel: 'whatsapp', stage: 'a.b' }],
		['messages.whatsapp', { about: 'unknown' }],
		['old.messages.whatsapp.sent', { about: 'unknown' }],
		['MESSAGE_SENT', { about: 'message', channel: 'sms', stage: 'sent' }],
		['MESSAGE_CREATED', { about: 'message', channel: 'sms', stage: 'created' }],
		['MESSAGE_SENT_LATE', { about: 'unknown' }],
		['OLD_MESSAGE_SENT', { about: 'unknown' }],
		['templates.whatsapp.created', { about: 'template' }],
		['contacts.whatsapp.deleted', { about: 'contact' }],
		['whatsapp.account.connected', { about: 'account' }],
		['accounts.whatsapp.connected', { about: 'account' }],
		['waba.suspended', { about: 'account' }],
		['whatsapp.wabas', { about: 'account' }],
		['phone_number.changed', { about: 'account' }],
		['PhoneNumbers.whatsapp.changed', { about: 'account' }],
		['whatsapp.accounting.done', { about: 'unknown' }],
		['whatsapp.subaccount.done', { about: 'unknown' }],
		['my.templates.whatsapp', { about: 'unknown' }],
	])('%s says what the event is about: %j', (name, expected) => {
		expect(readEventName(name, false)).toEqual(expected);
	});

	it('says "created" for a received message in the oldest generation', () => {
		const received = { about: 'message', channel: 'sms', stage: 'received' };

		expect(readEventName('MESSAGE_CREATED', true)).toEqual(received);
		expect(readEventName('MESSAGE_SENT', true)).toMatchObject({ stage: 'sent' });
	});
});

describe('a message', () => {
	it.each([
		['what its stage is called', { sentAt: 1756322278, occurredAt: 2 }],
		['occurredAt', { occurredAt: 1756322278, completedAt: 2 }],
		['completedAt', { completedAt: 1756322278, createdAt: 2 }],
		['createdAt', { createdAt: 1756322278 }],
	])('has its time from %s', (_, message) => {
		expect(itemOf(SENT, message, { timestamp: 3 })).toMatchObject({
			occurredAt: '2025-08-27T19:17:58.000Z',
		});
	});

	it('has its time from the delivery where it has none itself', () => {
		expect(itemOf(SENT, {}, { timestamp: 1756322278 })).toMatchObject({
			occurredAt: '2025-08-27T19:17:58.000Z',
		});
	});

	it.each([
		['its contact’s name', { message: { contact: { name: 'John' } } }],
		['its contact’s displayName', { message: { contact: { displayName: 'John' } } }],
		['its contact’s profileName', { message: { contact: { profileName: 'John' } } }],
		['the contact beside it', { message: {}, contact: { name: 'John' } }],
		['contactName', { message: { contactName: 'John' } }],
		['profileName', { message: { profileName: 'John' } }],
	])('has the customer’s name from %s', (_, data) => {
		expect(itemOf(RECEIVED, data)).toMatchObject({ contact: { name: 'John' } });
	});

	it.each([
		['the app', { app: { id: 'app_1' }, appId: 'app_2' }],
		['appId', { appId: 'app_1' }],
	])('has the account from %s', (_, data) => {
		expect(itemOf(RECEIVED, data)).toMatchObject({
			business: { phone: null, phoneNumberId: null, accountId: 'app_1' },
		});
	});

	it.each([
		[RECEIVED, undefined, 'inbound'],
		[RECEIVED, 'OUTBOUND', 'outbound'],
		[SENT, undefined, 'outbound'],
		[SENT, 'Inbound', 'inbound'],
	])('of the event %s that says %s of its direction is %s', (event, said, direction) => {
		const message = { from: '+15551234567', to: '+15559876543', direction: said };

		expect(itemOf(event, message)).toMatchObject({
			direction,
			contact: { phone: direction === 'inbound' ? '+15551234567' : '+15559876543' },
			business: { phone: direction === 'inbound' ? '+15559876543' : '+15551234567' },
		});
	});

	it.each([
		['messages.whatsapp.edited', 'chirp:other:sha256:'],
		['messages.whatsapp.clicked', 'chirp:other:sha256:'],
		['MESSAGE_CREATED', 'chirp:other:sha256:'],
		['messages.whatsapp.sent', 'chirp:message.sent:m1:sent'],
		['messages.whatsapp.received', 'chirp:message.received:m1'],
	])('of the event %s is known by %s', (event, id) => {
		expect(itemOf(event, { id: 'm1' }).eventId.startsWith(id)).toBe(true);
	});

	it.each([
		['editedAt', { editedAt: 1756322278, occurredAt: 2 }, 3],
		['the delivery', { occurredAt: 2, createdAt: 2, completedAt: 2 }, 1756322278],
		['occurredAt', { occurredAt: 1756322278, createdAt: 2 }, undefined],
	])('of a stage that is not known has its time from %s', (_, message, timestamp) => {
		expect(itemOf('messages.whatsapp.edited', message, { timestamp })).toMatchObject({
			occurredAt: '2025-08-27T19:17:58.000Z',
		});
	});

	it('without an id is known by its content', () => {
		expect(itemOf(RECEIVED, { text: 'Hi' })).toMatchObject({
			messageId: null,
			eventId: expect.stringMatching(/^chirp:message\.received:sha256:/) as string,
		});
	});
});

describe('a message of the phone app', () => {
	const message = { id: 'm1', source: 'business_app', direction: 'Outbound', text: 'Hi' };

	it.each([
		[RECEIVED, {}, 'chirp:message.echo:m1'],
		[SENT, {}, 'chirp:message.echo:m1'],
		['messages.whatsapp.read', {}, 'chirp:message.read:m1:read'],
		[RECEIVED, { direction: 'inbound' }, 'chirp:message.received:m1'],
		[SENT, { source: 'cloud_api' }, 'chirp:message.sent:m1:sent'],
		[SENT, { direction: 'inbound' }, 'chirp:message.sent:m1:sent'],
		[RECEIVED, { isHistoricalImport: true }, 'chirp:other:m1'],
		[RECEIVED, { source: 'history_import' }, 'chirp:other:m1'],
	])('of the event %s with %j has the id %s', (event, change, eventId) => {
		expect(itemOf(event, { ...message, ...change })).toMatchObject({ eventId });
	});
});

describe('why a message failed', () => {
	const error = { code: 'blocked', message: 'no' };
	const read = { code: 'blocked', message: 'no', details: null, help: null };

	it.each<[string, JsonObject, JsonObject]>([
		['beside the message', { message: {}, error }, read],
		['in the message', { message: { error } }, read],
		['by its type', { error: { type: 'provider_error' } }, { code: 'provider_error' }],
		[
			'nowhere',
			{},
			{ code: 'unknown', message: 'Chirp gave no reason', details: null, help: null },
		],
		[
			'by WhatsApp’s code alone',
			{ error: { ...error, provider: { code: 131047 } } },
			{ ...read, details: '131047' },
		],
		[
			'in WhatsApp’s words',
			{ error: { ...error, provider: { code: 131047, message: 'too late' } } },
			{ ...read, details: '131047 too late' },
		],
		[
			'with advice',
			{ error: { ...error, additional_info: ['Wait.', null, 'Then send again.'], doc_url: 'x' } },
			{ ...read, help: 'Wait. Then send again.' },
		],
		[
			'with a page to read',
			{ error: { ...error, additional_info: 'none', doc_url: 'https://x.example' } },
			{ ...read, help: 'https://x.example' },
		],
		[
			'with the entity that is blocked, and what to do',
			{
				error: {
					...error,
					additional_info: ['Appeal.'],
					provider: {
						code: 131031,
						message: 'Locked.',
						health_status: {
							entities: [
								{
									entity_type: 'WABA',
									id: '7',
									can_send_message: 'BLOCKED',
									errors: [
										{ error_code: 1, error_description: 'no', possible_solution: 'Appeal.' },
										{ error_description: 'nor this', possible_solution: 'Pay.' },
									],
								},
								{ entity_type: 'APP', can_send_message: 'AVAILABLE' },
								{ entity_type: 'APP', can_send_message: 'LIMITED', errors: 'none' },
								null,
							],
						},
					},
				},
			},
			{
				...read,
				details: '131031 Locked; WABA 7 BLOCKED: 1 no, nor this; APP LIMITED',
				help: 'Appeal. Pay.',
			},
		],
		[
			'with an entity that is fine but for an error',
			{
				error: {
					...error,
					provider: {
						health_status: {
							entities: [{ can_send_message: 'AVAILABLE', errors: [{ error_code: 5 }] }],
						},
					},
				},
			},
			{ ...read, details: 'AVAILABLE: 5' },
		],
	])('is said %s', (_, data, expected) => {
		expect(itemOf(FAILED, data)).toMatchObject({ event: 'message.failed', error: expected });
	});

	it('is kept where an error comes with another event', () => {
		expect(itemOf(SENT, { error })).toMatchObject({ event: 'message.sent', error: read });
		expect(itemOf(SENT, {})).not.toHaveProperty('error');
	});
});

describe('an SMS', () => {
	const nothing = { mimeType: null, filename: null, caption: null, sha256: null, size: null };

	it.each([
		['mediaUrls', { mediaUrls: ['https://x.example/1', 'https://x.example/2'], mediaUrl: 'x' }],
		['mediaUrl', { mediaUrls: [], mediaUrl: 'https://x.example/1' }],
		['mediaUrl without a list', { mediaUrls: 'x', mediaUrl: 'https://x.example/1' }],
	])('has its media from %s', (_, fields) => {
		expect(
			itemOf('messages.sms.received', { ...fields, mediaId: 'm1', text: 'look' }),
		).toMatchObject({
			channel: 'sms',
			messageType: 'media',
			text: 'look',
			media: { url: 'https://x.example/1', id: 'm1', ...nothing, voice: null },
		});
	});

	it('is text where it has none', () => {
		const item = itemOf('messages.sms.received', { type: 'sms', text: 'Hi' });

		expect(item).toMatchObject({ messageType: 'text', text: 'Hi' });
		expect(item).not.toHaveProperty('media');
	});
});

describe('a template', () => {
	it.each([
		['id', { id: '1' }, { id: '1' }],
		['templateId', { templateId: '1' }, { id: '1' }],
		['name', { name: 'promo' }, { name: 'promo' }],
		['templateName', { templateName: 'promo' }, { name: 'promo' }],
		['language', { language: 'en' }, { language: 'en' }],
		['language as an object', { language: { code: 'en' } }, { language: 'en' }],
		['category', { category: 'UTILITY' }, { category: 'UTILITY' }],
		['status', { status: 'APPROVED' }, { status: 'APPROVED' }],
		['rejectedReason', { rejectedReason: 'no' }, { reason: 'no' }],
		['rejectionReason', { rejectionReason: 'no' }, { reason: 'no' }],
		['reason', { reason: 'no' }, { reason: 'no' }],
	])('has its %s, in data itself or under template', (_, template, expected) => {
		const nothing = {
			id: null,
			name: null,
			language: null,
			category: null,
			status: null,
			reason: null,
		};

		for (const data of [template, { template }]) {
			expect(itemOf('templates.whatsapp.updated', data)).toMatchObject({
				event: 'template.updated',
				template: { ...nothing, ...expected },
			});
		}
	});
});

describe('a contact', () => {
	it.each(['phoneNumber', 'phone_number', 'phone', 'waId', 'wa_id'])(
		'has its number from %s, in data itself or under contact',
		(name) => {
			for (const data of [{ [name]: '15551234567' }, { contact: { [name]: '15551234567' } }]) {
				expect(itemOf('contacts.whatsapp.updated', data)).toMatchObject({
					event: 'contact.updated',
					from: '+15551234567',
					contact: { phone: '+15551234567', name: null, id: null },
				});
			}
		},
	);

	it.each([
		[{ name: 'John' }, { name: 'John', id: null }],
		[{ displayName: 'John' }, { name: 'John', id: null }],
		[{ profileName: 'John' }, { name: 'John', id: null }],
		[{ userId: 'US.1' }, { name: null, id: 'US.1' }],
		[{ user_id: 'US.1' }, { name: null, id: 'US.1' }],
	])('of the contact %j is %j', (contact, expected) => {
		expect(itemOf('contacts.whatsapp.updated', { contact })).toMatchObject({
			contact: { phone: null, ...expected },
		});
	});
});

describe('what is not a message', () => {
	it.each([
		['occurredAt', { occurredAt: 1756322278, updatedAt: 2 }],
		['updatedAt', { updatedAt: 1756322278, createdAt: 2 }],
		['what was done, connectedAt', { connectedAt: 1756322278, updatedAt: 2 }],
		['the delivery', {}],
		['the delivery rather than createdAt', { createdAt: 2 }],
	])('has its time from %s', (_, data) => {
		const names = ['templates.whatsapp', 'contacts.whatsapp', 'whatsapp.account', 'groups'];
		for (const event of names.map((name) => `${name}.connected`)) {
			expect(itemOf(event, data, { timestamp: '2025-08-27T19:17:58Z' })).toMatchObject({
				occurredAt: '2025-08-27T19:17:58.000Z',
			});
		}
	});

	it('has the account that it is about', () => {
		for (const event of ['templates.x', 'contacts.x', 'whatsapp.account.x', 'groups.x']) {
			expect(itemOf(event, { appId: 'app_1' })).toMatchObject({
				business: { phone: null, phoneNumberId: null, accountId: 'app_1' },
			});
		}
	});
});

it('takes an event without a name or data for another', () => {
	for (const event of [null, ['x'], '']) {
		expect(items.itemOf(provider, { event, data: null })).toMatchObject({
			event: 'other',
			providerEvent: 'unknown',
		});
	}
	expect(items.itemOf(provider, { event: 'x', data: 'text' })).toMatchObject({
		event: 'other',
		providerEvent: 'x',
	});
});

describe("the header of the credential's choice", () => {
	const header = (headerName?: string) => provider.verifier.header({ headerName });

	it('carries the secret, and the usual one where the credential names none', () => {
		expect(header(' X-My-Secret ')).toBe('X-My-Secret');
		expect(header(' ')).toBe('X-Webhook-Secret');
		expect(header()).toBe('X-Webhook-Secret');
	});
});
