import * as items from '../../../test/support/items';
import { providerUnderTest, testCredential } from '../../../test/support/providers';
import type { JsonObject } from '../../shared/core/values/json';
import { provider } from '../provider';

/*
 * Documented are the envelope, `message.report` with the one sample in samples/message.*, and that
 * `data.object` holds a message or a form. All other names of fields below are guesses at what other
 * providers use: their tests keep them from being lost, and do not make them right.
 */

/** The one item of an event; without an id of its own unless the body says otherwise. */
const itemOf = (type: string, object: unknown, body: JsonObject = {}) =>
	items.itemOf(provider, { type, data: { object }, ...body });

describe('a message report', () => {
	it.each([
		['message_id', { message_id: 'm1', id: 'wamid.2' }, 'm1'],
		['messageId', { messageId: 'm1', id: 'wamid.2' }, 'm1'],
		['wamid', { wamid: 'm1', id: 'wamid.2' }, 'm1'],
		[
			'the sample’s customer_id',
			{ recipient: { customer_id: 'wamid.1' }, id: 'wamid.2' },
			'wamid.1',
		],
		['id', { recipient: { customer_id: 'cus_1' }, id: 'wamid.2' }, 'wamid.2'],
		['no id of PingMate’s own', { recipient: { customer_id: 'cus_1' }, id: 'rep_1' }, null],
	])('takes the message’s id from %s', (_, object, messageId) => {
		expect(itemOf('message.report', object)).toMatchObject({ messageId });
	});

	it('takes the recipient from the field to where there is none else', () => {
		expect(itemOf('message.report', { status: 'READ', to: '918189222313' })).toMatchObject({
			event: 'message.read',
			to: '+918189222313',
			contact: { phone: '+918189222313', name: null, id: null },
		});
	});

	it('names the recipient where PingMate does', () => {
		const recipient = { phone_number: '+918189222313', name: 'Asha Rao' };

		expect(itemOf('message.report', { status: 'READ', recipient })).toMatchObject({
			contact: { phone: '+918189222313', name: 'Asha Rao', id: null },
		});
	});

	it('is an other item without a status', () => {
		expect(itemOf('message.report', {})).toMatchObject({ event: 'other', status: null });
	});

	it('has an error only when the message failed', () => {
		const error = { code: 1, message: 'a warning' };

		expect(itemOf('message.report', { status: 'SENT', error })).not.toHaveProperty('error');
	});
});

describe('why a message failed', () => {
	const nothing = { code: 'unknown', message: 'PingMate gave no reason', details: null };

	it.each<[string, JsonObject, JsonObject]>([
		['error', { error: { code: 7, message: 'no' } }, { ...nothing, code: '7', message: 'no' }],
		['failure', { failure: { code: 7, title: 'no' } }, { ...nothing, code: '7', message: 'no' }],
		[
			'the first of errors',
			{ errors: [{ code: 7, message: 'no' }, { code: 8 }] },
			{ ...nothing, code: '7', message: 'no' },
		],
		['errors that are empty', { errors: [] }, nothing],
		['error as text', { error: 'no' }, { ...nothing, message: 'no' }],
		['reason', { reason: 'no' }, { ...nothing, message: 'no' }],
		['failure_reason', { failure_reason: 'no' }, { ...nothing, message: 'no' }],
		['fail_reason', { fail_reason: 'no' }, { ...nothing, message: 'no' }],
		['description', { description: 'no' }, { ...nothing, message: 'no' }],
		['error_code', { error_code: 131026 }, { ...nothing, code: '131026' }],
		['code', { code: 131026 }, { ...nothing, code: '131026' }],
		['details', { error: { details: 'because' } }, { ...nothing, details: 'because' }],
		[
			'details where Meta has them',
			{ error: { error_data: { details: 'because' } } },
			{ ...nothing, details: 'because' },
		],
	])('is read from %s', (_, object, error) => {
		expect(itemOf('message.report', { status: 'FAILED', ...object })).toMatchObject({
			event: 'message.failed',
			error,
		});
	});
});

describe('the time of a report', () => {
	it.each([
		['reported_at', { reported_at: 1756322278, timestamp: 1 }],
		['timestamp', { timestamp: 1756322278 }],
		['the event', {}],
	])('is that of %s', (_, object) => {
		const created = 'timestamp' in object ? 2 : 1756322278;
		expect(itemOf('message.report', object, { created_at: created })).toMatchObject({
			occurredAt: '2025-08-27T19:17:58.000Z',
		});
	});
});

describe('an incoming message', () => {
	it.each([
		[{ id: 'inc_1', sender: { customer_id: 'wamid.1' } }, 'wamid.1'],
		[{ id: 'inc_1', message: { sender: { customer_id: 'wamid.1' } } }, 'wamid.1'],
		[{ id: 'wamid.2', sender: { customer_id: 'wamid.1' } }, 'wamid.2'],
		[{ message_id: 'm1', sender: { customer_id: 'wamid.1' } }, 'm1'],
		[{ id: 'inc_1', sender: { customer_id: 'cus_1' } }, 'inc_1'],
		[{ sender: { customer_id: 'cus_1' } }, null],
	])('in the object %j has the id %j', (object, messageId) => {
		expect(itemOf('message.incoming', object)).toMatchObject({ messageId });
	});

	it('has its own time before that of what is around it', () => {
		expect(
			itemOf('message.incoming', { timestamp: 1, message: { timestamp: 1756322278 } }),
		).toMatchObject({ occurredAt: '2025-08-27T19:17:58.000Z' });
	});

	const names = ['message_id', 'messageId', 'wamid', 'id'];

	it.each(names)('takes its id from %s, of the message before what is around it', (name) => {
		expect(itemOf('message.incoming', { [name]: 'm1' })).toMatchObject({ messageId: 'm1' });
		expect(itemOf('message.incoming', { [name]: 'm1', message: {} })).toMatchObject({
			messageId: 'm1',
		});
		expect(itemOf('message.incoming', { [name]: 'm2', message: { [name]: 'm1' } })).toMatchObject({
			messageId: 'm1',
		});
	});

	it.each([
		['from', { from: '919876543210' }],
		['sender', { sender: '919876543210' }],
		['phone_number', { phone_number: '919876543210' }],
		['phoneNumber', { phoneNumber: '919876543210' }],
		['phone', { phone: '919876543210' }],
		['wa_id', { wa_id: '919876543210' }],
		['an object sender', { sender: { phone_number: '919876543210' } }],
		['an object customer', { customer: { phoneNumber: '919876543210' } }],
		['an object contact', { contact: { phone: '919876543210' } }],
		['an object from', { from: { wa_id: '919876543210' } }],
		['an object user', { user: { phone: '919876543210' } }],
	])('takes its sender from %s, in the message or around it', (_, fields) => {
		const expected = { from: '+919876543210', contact: { phone: '+919876543210' } };

		expect(itemOf('message.incoming', fields)).toMatchObject(expected);
		expect(itemOf('message.incoming', { message: fields })).toMatchObject(expected);
		expect(itemOf('message.incoming', { ...fields, message: {} })).toMatchObject(expected);
	});

	it.each([
		['a person’s name', { sender: { name: 'Asha Rao' } }],
		['a person’s profile_name', { sender: { profile_name: 'Asha Rao' } }],
		['a person’s full_name', { sender: { full_name: 'Asha Rao' } }],
		['a person’s profile', { contact: { profile: { name: 'Asha Rao' } } }],
		['a person in the message', { message: { customer: { name: 'Asha Rao' } } }],
		['sender_name', { sender_name: 'Asha Rao' }],
		['customer_name', { customer_name: 'Asha Rao' }],
		['profile_name', { profile_name: 'Asha Rao' }],
	])('takes its sender’s name from %s', (_, object) => {
		expect(itemOf('message.incoming', object)).toMatchObject({ contact: { name: 'Asha Rao' } });
	});

	it.each([
		['to', { to: '918189222313' }],
		['recipient', { recipient: '918189222313' }],
		['business_phone_number', { business_phone_number: '918189222313' }],
		['an object recipient', { recipient: { phone_number: '918189222313' } }],
	])('takes the number that it was sent to from %s', (_, object) => {
		expect(itemOf('message.incoming', object)).toMatchObject({
			to: '+918189222313',
			business: { phone: '+918189222313', phoneNumberId: null, accountId: null },
		});
	});
});

describe('a form', () => {
	it.each([
		['form_id', { form_id: 'f1' }],
		['formId', { formId: 'f1' }],
		['the form’s id', { form: { id: 'f1' } }],
		['the form’s form_id', { form: { form_id: 'f1' } }],
	])('takes its id from %s', (_, object) => {
		expect(itemOf('form.submitted', object)).toMatchObject({ form: { id: 'f1' } });
	});

	it.each([
		['form_name', { form_name: 'Demo' }],
		['formName', { formName: 'Demo' }],
		['the form’s name', { form: { name: 'Demo' } }],
		['the form’s title', { form: { title: 'Demo' } }],
	])('takes its name from %s', (_, object) => {
		expect(itemOf('form.submitted', object)).toMatchObject({ form: { name: 'Demo' } });
	});

	it.each([
		['an object answers', { answers: { city: 'Pune' } }],
		['an object of the form', { form: { data: { city: 'Pune' } } }],
		['a list of the form', { form: { values: [{ key: 'city', value: 'Pune' }] } }],
		['the JSON of a Flow', { response_json: '{"city":"Pune"}', form_data: { city: 'not this' } }],
		['the JSON of a Flow in the form', { form: { response_json: '{"city":"Pune"}' } }],
		['fields of its own', { city: 'Pune', form_id: 'f1', sender: {}, timestamp: 1 }],
	])('takes its answers from %s', (_, object) => {
		expect(itemOf('form.submitted', object).form?.fields).toEqual({ city: 'Pune' });
	});

	it.each(['key', 'name', 'id', 'field', 'label', 'question'])(
		'names an answer in a list by its %s',
		(name) => {
			const fields = [{ [name]: 'city', value: 'Pune' }];

			expect(itemOf('form.submitted', { fields }).form?.fields).toEqual({ city: 'Pune' });
		},
	);

	it('counts the answers that have no name, and keeps those that are empty', () => {
		const responses = [{ answer: 'Pune' }, { response: 0 }, { key: 'days' }];

		expect(itemOf('form.submitted', { responses }).form?.fields).toEqual({
			'field 1': 'Pune',
			'field 2': 0,
			days: null,
		});
	});

	const typed = { phone: '+919811111111', phone_number: '+919811111111', name: 'Somebody Else' };

	it.each<[string, JsonObject]>([
		['in data.object itself', { ...typed, customer_name: 'Somebody Else', wa_id: '919811111111' }],
		['under fields', { fields: typed }],
		['in a list', { answers: [{ key: 'phone', value: '+919811111111' }] }],
		['in the JSON of a Flow', { response_json: JSON.stringify(typed) }],
		['as plain text where a person might stand', { contact: '+919811111111', user: 'x' }],
	])('is never taken for another’s by what was typed in it %s', (_, answers) => {
		expect(itemOf('form.submitted', answers)).toMatchObject({
			from: null,
			contact: { phone: null, name: null, id: null },
		});
		const sender = { phone_number: '+919876543210', name: 'Asha Rao' };
		const item = itemOf('form.submitted', { sender, ...answers });
		expect(item).toMatchObject({
			from: '+919876543210',
			contact: { phone: '+919876543210', name: 'Asha Rao', id: null },
		});
		expect(JSON.stringify(item.form?.fields)).toMatch(/919811111111/);
	});

	it.each([
		['sender', { sender: { phone_number: '+919876543210' } }],
		['customer', { customer: { phoneNumber: '919876543210' } }],
		['contact', { contact: { phone: '919876543210' } }],
		['from', { from: { wa_id: '919876543210' } }],
		['user', { user: { phone: '919876543210' } }],
		['sender as text', { sender: '919876543210' }],
		['from as text', { from: '919876543210' }],
	])('is of the person whom PingMate names as %s', (_, object) => {
		expect(itemOf('form.submitted', { ...object, fields: typed })).toMatchObject({
			from: '+919876543210',
			contact: { phone: '+919876543210', name: null, id: null },
		});
	});

	it('keeps the answers to questions of one name', () => {
		const fields = ['a', 'b', 'c'].map((value) => ({ key: 'city', value }));
		const clash = { key: 'city (2)', value: 'd' };

		expect(itemOf('form.submitted', { fields }).form?.fields).toEqual({
			city: 'a',
			'city (2)': 'b',
			'city (3)': 'c',
		});
		expect(itemOf('form.submitted', { fields: [clash, ...fields] }).form?.fields).toEqual({
			'city (2)': 'd',
			city: 'a',
			'city (3)': 'b',
			'city (4)': 'c',
		});
	});

	it.each([
		['submitted_at', { submitted_at: 1756322278, timestamp: 1 }],
		['the form’s submitted_at', { form: { submitted_at: 1756322278 }, timestamp: 1 }],
		['timestamp', { timestamp: 1756322278 }],
	])('has its time from %s before that of the event', (_, object) => {
		expect(itemOf('form.submitted', object, { created_at: 2 })).toMatchObject({
			occurredAt: '2025-08-27T19:17:58.000Z',
		});
	});

	it.each(['message_id', 'messageId', 'wamid'])('takes its message’s id from %s', (name) => {
		expect(itemOf('form.submitted', { [name]: 'wamid.1' })).toMatchObject({
			messageId: 'wamid.1',
			eventId: 'pingmate:form.submitted:wamid.1',
		});
	});
});

describe('an event without an id of its own', () => {
	it.each([
		['message.incoming', { id: 'wamid.1', text: 'Hi' }, 'pingmate:message.received:wamid.1'],
		['message.incoming', { id: 'wamid.1' }, 'pingmate:message.received:wamid.1:placeholder'],
		['message.report', { wamid: 'wamid.1', status: 'READ' }, 'pingmate:message.read:wamid.1:read'],
		[
			'message.report',
			{ wamid: 'wamid.1', status: 'FAILED' },
			'pingmate:message.failed:wamid.1:failed',
		],
		[
			'message.report',
			{ wamid: 'wamid.1', status: 'FAILED', error_code: 131026 },
			'pingmate:message.failed:wamid.1:failed:131026',
		],
	])(
		'of the type %s is known by its message, and its status if it is one',
		(type, object, eventId) => {
			expect(itemOf(type, object)).toMatchObject({ eventId });
		},
	);

	it('is known by its content where its message is not known, or may have several of them', () => {
		expect(itemOf('message.report', { status: 'READ' }).eventId).toMatch(
			/^pingmate:message\.read:sha256:[0-9a-f]{32}$/,
		);
		for (const status of [undefined, 'HELD']) {
			expect(itemOf('message.report', { wamid: 'wamid.1', status }).eventId).toMatch(
				/^pingmate:other:sha256:[0-9a-f]{32}$/,
			);
		}
		expect(itemOf('message.incoming', {}).eventId).toMatch(
			/^pingmate:message\.received:sha256:[0-9a-f]{32}$/,
		);
	});
});

it('reads what stands in data itself, and takes an event without a name or data for another', () => {
	expect(
		items.itemOf(provider, {
			type: 'message.incoming',
			data: { id: 'wamid.1', type: 'text', text: 'Hi' },
		}),
	).toMatchObject({ event: 'message.received', messageId: 'wamid.1', text: 'Hi' });
	for (const type of [null, 7, '']) {
		expect(items.itemOf(provider, { type, data: null })).toMatchObject({
			event: 'other',
			providerEvent: 'unknown',
		});
	}
	expect(items.itemOf(provider, { type: 'message.report', data: [] })).toMatchObject({
		event: 'other',
		providerEvent: 'message.report',
	});
});

describe('the test of a credential', () => {
	const test = async (webhookSecret: string) =>
		await testCredential(providerUnderTest('pingmate'), {}, { webhookSecret });
	const digest = '7246ce1cc3552cded771812a15581ca0c65daa64b6a257599057c873c5b7db89';

	it('takes no signature for a secret', async () => {
		expect(await test(digest)).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('looks like a signature') as string,
		});
	});

	it('misses the documented prefix, and a secret behind it', async () => {
		expect(await test('abc')).toEqual({
			status: 'Error',
			message:
				"The Signing Secret doesn't begin with whsec_. Copy all of it, including this prefix.",
		});
		expect(await test('whsec_')).toEqual({
			status: 'Error',
			message: 'The Signing Secret is only the prefix whsec_. Copy all of it.',
		});
	});

	it('finds white space inside a secret, which PingMate makes without', async () => {
		expect(await test('whsec_abc def')).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('contains whitespace') as string,
		});
	});
});
