import * as items from '../../../test/support/items';
import { providerUnderTest, testCredential } from '../../../test/support/providers';
import type { JsonObject } from '../../shared/core/values/json';
import { normalize } from '../normalize';
import { provider } from '../provider';

/** The one item of an event in ChakraHQ's own format. */
const itemOf = (event: string, payload: JsonObject) => items.itemOf(provider, { event, payload });

const WAMID = 'wamid.HBgMOTE5OTExMjIzMzQ0FQ01';

describe('a message', () => {
	it.each([
		['in a list', { messages: [{ id: WAMID, from: '919911223344', type: 'text', text: 'Hi' }] }],
		['under message', { message: { id: WAMID, from: '919911223344', type: 'text', text: 'Hi' } }],
		['in the payload itself', { id: WAMID, from: '919911223344', type: 'text', text: 'Hi' }],
		[
			'with its sender and id beside it',
			{ messageId: WAMID, from: '919911223344', message: { type: 'text', text: 'Hi' } },
		],
		[
			'with an id of ChakraHQ’s own beside WhatsApp’s',
			{ externalId: WAMID, from: '919911223344', message: { id: 'x', type: 'text', text: 'Hi' } },
		],
	])('is read %s', (_, payload) => {
		for (const event of ['message', 'messages']) {
			expect(itemOf(event, payload)).toMatchObject({
				event: 'message.received',
				messageId: WAMID,
				from: '+919911223344',
				text: 'Hi',
			});
		}
	});

	it('has WhatsApp’s id before any other, and the payload’s where it has none', () => {
		const known = { externalId: 'x1', messageId: 'x2' };

		expect(itemOf('message', { ...known, message: { id: 'x3' } })).toMatchObject({
			messageId: 'x2',
		});
		expect(itemOf('message', { externalId: WAMID, messageId: 'x2', message: {} })).toMatchObject({
			messageId: WAMID,
		});
		expect(itemOf('message', { messageId: 'x2', message: { id: WAMID } })).toMatchObject({
			messageId: WAMID,
		});
	});

	it('has its time and its recipient from the payload where it says nothing of them', () => {
		expect(
			itemOf('message_echo', { timestamp: 1756322278, recipientId: '919911223344', message: {} }),
		).toMatchObject({ occurredAt: '2025-08-27T19:17:58.000Z', to: '+919911223344' });
		expect(
			itemOf('message_echo', {
				timestamp: 1,
				to: '919911223344',
				message: { timestamp: 1756322278 },
			}),
		).toMatchObject({ occurredAt: '2025-08-27T19:17:58.000Z', to: '+919911223344' });
	});

	it.each(['profile_name', 'profileName', 'name'])(
		'has its sender’s name from %s, unless it is among the contacts',
		(key) => {
			const message = { id: WAMID, from: '919911223344' };
			const contacts = [{ wa_id: '919911223344', profile: { name: 'Lina Haddad' } }];

			expect(itemOf('message', { message, [key]: 'Lina' })).toMatchObject({
				contact: { phone: '+919911223344', name: 'Lina', id: null },
			});
			expect(itemOf('message', { message, contacts, [key]: 'Lina' })).toMatchObject({
				contact: { phone: '+919911223344', name: 'Lina Haddad', id: null },
			});
		},
	);

	it('comes to the number that the payload names', () => {
		const metadata = { display_phone_number: '917259775805', phone_number_id: '694794789348887' };

		expect(itemOf('message', { wabaId: '1', metadata, message: { id: WAMID } })).toMatchObject({
			to: '+917259775805',
			business: { phone: '+917259775805', phoneNumberId: '694794789348887', accountId: '1' },
		});
	});

	it('is not made of a payload that holds statuses only', () => {
		const statuses = [{ id: WAMID, status: 'read' }];
		const messages = [{ id: WAMID, type: 'text', text: 'Hi' }];

		expect(items.itemsOf(provider, { event: 'messages', payload: { statuses } })).toMatchObject([
			{ event: 'message.read' },
		]);
		expect(itemOf('messages', { statuses: [] })).toMatchObject({ event: 'other' });
		expect(
			items.itemsOf(provider, { event: 'messages', payload: { messages, statuses } }),
		).toMatchObject([{ event: 'message.received' }, { event: 'message.read' }]);
	});
});

describe('a message of the phone app', () => {
	it.each(['message_echo', 'message_echoes', 'smb_message_echo', 'smb_message_echoes'])(
		'comes as %s, in any of the lists',
		(event) => {
			for (const list of ['message_echoes', 'messageEchoes', 'messages']) {
				const echo = { id: WAMID, to: '919911223344', text: { body: 'Hi' } };
				expect(itemOf(event, { [list]: [echo] })).toMatchObject({
					event: 'message.echo',
					eventId: `chakrahq:message.echo:${WAMID}`,
					to: '+919911223344',
				});
			}
		},
	);
});

describe('a delivery status', () => {
	it.each([
		['externalId', { externalId: 'm1', id: WAMID, messageId: 'm2' }, 'm1'],
		['an id that is WhatsApp’s', { id: WAMID, messageId: 'm2' }, WAMID],
		['messageId', { id: 'x', messageId: 'm2' }, 'm2'],
		['id', { id: 'x' }, 'x'],
	])('has its message’s id from %s', (_, payload, messageId) => {
		for (const event of ['status', 'deliveryStatus']) {
			expect(itemOf(event, { ...payload, status: 'Read' })).toMatchObject({
				event: 'message.read',
				eventId: `chakrahq:message.read:${messageId}:read`,
				messageId,
				direction: 'outbound',
				status: 'read',
			});
		}
	});

	it.each([{ externalId: 'm1' }, { externalId: 'm1', deliveryStatus: 'HELD' }, {}])(
		'of the payload %j is known by its content, since a message may have several',
		(payload) => {
			expect(itemOf('status', payload).eventId).toMatch(/^chakrahq:other:sha256:/);
		},
	);

	it('is read with Meta’s names as with ChakraHQ’s own', () => {
		const read = {
			event: 'message.read',
			eventId: `chakrahq:message.read:${WAMID}:read`,
			to: '+919911223344',
			contact: { phone: '+919911223344' },
		};

		expect(
			itemOf('status', { id: WAMID, status: 'read', recipient_id: '919911223344' }),
		).toMatchObject(read);
		expect(
			itemOf('status', { externalId: WAMID, deliveryStatus: 'READ', recipientId: '919911223344' }),
		).toMatchObject(read);
	});

	it.each([
		{ recipientType: 'group', recipientId: '919911223344' },
		{ recipientType: 'group', recipientId: 'group-1', recipientParticipantId: '919911223344' },
		{ recipient_id: 'group-1', recipient_participant_id: '919911223344' },
	])('of a participant of a group is known by the participant: %j', (payload) => {
		expect(itemOf('status', { ...payload, externalId: 'm1', status: 'read' })).toMatchObject({
			eventId: 'chakrahq:message.read:m1:read:919911223344',
			contact: { phone: '+919911223344' },
		});
	});

	it('of a group as a whole is known by its message', () => {
		const payload = { externalId: 'm1', recipientType: 'group', recipientId: 'group-1' };

		expect(itemOf('status', { ...payload, status: 'sent' })).toMatchObject({
			eventId: 'chakrahq:message.sent:m1:sent',
			to: 'group-1',
			contact: { phone: null },
		});
	});

	it('is of a message from the number that the payload names', () => {
		const metadata = { display_phone_number: '917259775805' };

		expect(itemOf('status', { metadata, deliveryStatus: 'SENT' })).toMatchObject({
			from: '+917259775805',
		});
	});

	it('has the error that the payload has, in a list or alone', () => {
		const error = { code: 131047, title: 'Re-engagement message' };
		const read = { code: '131047', message: 'Re-engagement message' };

		for (const payload of [{ error }, { errors: [error] }, { error: 'x', errors: [error] }]) {
			expect(itemOf('status', { ...payload, deliveryStatus: 'FAILED' })).toMatchObject({
				error: read,
			});
		}
		expect(itemOf('status', { deliveryStatus: 'SENT' })).not.toHaveProperty('error');
	});

	it('that failed without a reason has an error of its own, which a later node may change', () => {
		const failed = { externalId: 'm1', deliveryStatus: 'FAILED' };
		const error = {
			code: 'unknown',
			message: 'WhatsApp gave no reason',
			details: null,
			help: null,
		};
		Object.assign(itemOf('status', failed).error ?? {}, { message: 'changed' });

		expect(itemOf('status', failed).error).toEqual(error);
	});
});

describe('Meta’s own payloads in ChakraHQ’s format', () => {
	const message = { id: WAMID, from: '919911223344', type: 'text', text: { body: 'Hi' } };
	const status = { id: WAMID, status: 'read', recipient_id: '919911223344' };
	const metadata = { display_phone_number: '917259775805', phone_number_id: '694794789348887' };
	const contacts = [{ wa_id: '919911223344', profile: { name: 'Lina' } }];

	it('are read as Meta’s where a whole body is in it, whatever the event is called', () => {
		const change = { field: 'template_x', value: { event: 'PAUSED' } };
		const payload = { entry: [{ id: '1', time: 5, changes: [change] }] };

		for (const event of ['message', 'status', 'somethingNew']) {
			expect(itemOf(event, payload)).toMatchObject({
				event: 'template.updated',
				providerEvent: 'template_x',
				raw: { entry: { id: '1', time: 5 }, change },
			});
		}
	});

	it.each([
		['message', { messages: [message] }, 'message.received', 'Lina'],
		['status', { statuses: [status] }, 'message.read', 'Lina'],
		['message_echo', { messages: [{ ...message, to: '919911223344' }] }, 'message.echo', 'Lina'],
		['message', { message }, 'message.received', 'Lina'],
	])('are read where a value of %s is in it', (event, lists, expected, name) => {
		const value = { metadata, contacts, ...lists };

		expect(itemOf(event, { wabaId: '1', value })).toMatchObject({
			event: expected,
			providerEvent: event,
			messageId: WAMID,
			contact: { phone: '+919911223344', name },
			business: { phone: '+917259775805', phoneNumberId: '694794789348887', accountId: '1' },
			raw: { event, payload: { wabaId: '1', value } },
		});
	});

	it('are an error where they say only what went wrong', () => {
		expect(itemOf('message', { value: { errors: [{ code: 130429 }] } })).toMatchObject({
			event: 'other',
			error: { code: '130429' },
		});
	});

	it('are never messages where the event is not known, as those of history are not', () => {
		const payload = { messages: [message], timestamp: 1756322278 };

		expect(itemOf('history', payload)).toMatchObject({
			event: 'other',
			providerEvent: 'history',
			occurredAt: '2025-08-27T19:17:58.000Z',
			raw: { event: 'history', payload },
		});
	});

	it('have the time of the payload where they have none themselves', () => {
		expect(itemOf('status', { statuses: [status], timestamp: 1756322278 })).toMatchObject({
			occurredAt: '2025-08-27T19:17:58.000Z',
		});
	});
});

it('leaves what has no name or no payload to the one that makes other items', () => {
	expect(normalize({ event: null, payload: null })).toEqual([]);
	expect(normalize({ event: 7, payload: {} })).toEqual([]);
	expect(normalize({ event: 'status', payload: [] })).toEqual([]);
	expect(itemOf('status', {})).toMatchObject({ providerEvent: 'status' });
	expect(provider.nameOfEvent({ event: 'x', object: 'y' })).toBe('x');
	expect(provider.nameOfEvent({ object: 'whatsapp_business_account' })).toBe(
		'whatsapp_business_account',
	);
});

it('gives each element of a list its own id and raw part', () => {
	const payments = ['txn-1', 'txn-2'].map((id) => ({
		id: 'order-7',
		type: 'payment',
		status: 'failed',
		payment: { transaction: { id } },
	}));

	const found = items.itemsOf(provider, {
		event: 'status',
		payload: { wabaId: '1', statuses: payments },
	});

	expect(new Set(found.map(({ eventId }) => eventId)).size).toBe(2);
	expect(found.map(({ raw }) => raw)).toEqual(
		payments.map((payment) => ({
			event: 'status',
			payload: { wabaId: '1', statuses: [payment] },
		})),
	);
});

describe('the test of a credential', () => {
	const test = async (webhookSecret: string) =>
		await testCredential(providerUnderTest('chakrahq'), {}, { webhookSecret });
	const digest = '7246ce1cc3552cded771812a15581ca0c65daa64b6a257599057c873c5b7db89';

	it('takes 64 hex digits and white space inside for a secret, since its owner makes it up', async () => {
		expect(await test(digest)).toMatchObject({ status: 'OK' });
		expect(await test('a secret of mine')).toMatchObject({ status: 'OK' });
	});
});

describe('a signature, whose encoding is not documented,', () => {
	// printf '%s' '{"event":"sample"}' | openssl dgst -sha256 -mac HMAC -macopt key:secret -binary | base64
	const rawBody = Buffer.from('{"event":"sample"}');
	const hex = '82ebf428ba84918c3934f14997674a8a5f8fe55bceb89d32a3257e0efc5101be';
	const base64 = 'guv0KLqEkYw5NPFJl2dKil+P5VvOuJ0yoyV+DvxRAb4=';

	it.each([
		['hex', hex],
		['hex with a prefix', `sha256=${hex}`],
		['base64', base64],
		['base64 with a prefix', `sha256=${base64}`],
	])('is accepted as %s', (_, signature) => {
		const headers = { 'x-chakra-signature-256': signature };
		const delivery = { rawBody, headers, url: '', receivedAt: 0 };

		expect(provider.verifier.verify(delivery, { webhookSecret: 'secret' })).toEqual({ ok: true });
	});
});
