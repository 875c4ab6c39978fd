import { metaChats } from '../chat';
import { createItem } from '../../core/item/create-item';
import type { Item } from '../../core/item/item';
import { objectOf, type JsonObject } from '../../core/values/json';
import { metaError } from '../error';
import { kindOfField } from '../fields';
import { normalizeMeta } from '../normalize';

/** The items of a body in Meta's format, as a provider would make them that relays it. */
const itemsOfBody = (body: JsonObject): Item[] =>
	[...normalizeMeta(body)].map((draft) =>
		createItem({ id: 'relay', chats: metaChats }, draft, body),
	);

/** The items of one change. */
const itemsOf = (field: string, value: unknown, entry: JsonObject = {}) =>
	itemsOfBody({ entry: [{ id: '1', changes: [{ field, value }], ...entry }] });

function itemOf(field: string, value: unknown, entry: JsonObject = {}) {
	const items = itemsOf(field, value, entry);
	expect(items).toHaveLength(1);
	return items[0];
}

const CUSTOMER = '919911223344';
const METADATA = { display_phone_number: '917259775805', phone_number_id: '694794789348887' };
const BUSINESS = { phone: '+917259775805', phoneNumberId: '694794789348887', accountId: '1' };

describe('a field', () => {
	it.each([
		['messages', 'messages', 'other'],
		['message_echoes', 'echoes', 'message.echo'],
		['smb_message_echoes', 'echoes', 'message.echo'],
		['message_template_sends', 'echoes', 'message.echo'],
		['user_preferences', 'people', 'contact.updated'],
		['smb_app_state_sync', 'people', 'contact.updated'],
		['message_template_status_update', 'whole', 'template.updated'],
		['template_category_update', 'whole', 'template.updated'],
		['account_alerts', 'whole', 'account.updated'],
		['business_capability_update', 'whole', 'account.updated'],
		['phone_number_name_update', 'whole', 'account.updated'],
		['payment_configuration_update', 'whole', 'account.updated'],
		['partner_solutions', 'whole', 'account.updated'],
		['security', 'whole', 'account.updated'],
		['flows', 'whole', 'account.updated'],
		['history', 'whole', 'other'],
		['my_account_alerts', 'whole', 'other'],
		['', 'whole', 'other'],
	])('named %j carries %s and is %s', (field, kind, event) => {
		expect(kindOfField(field)).toEqual({ kind, event });
	});

	it('is looked for where Meta’s own pages put it', () => {
		const body = (entry: JsonObject) => itemsOfBody({ entry: [entry] });

		expect(body({ changes: [{ value: { field: 'flows' } }] })).toMatchObject([
			{ providerEvent: 'flows', event: 'account.updated' },
		]);
		expect(body({ field: 'flows', changes: [{ value: {} }] })).toMatchObject([
			{ providerEvent: 'flows', event: 'account.updated' },
		]);
		expect(body({ changes: [{}] })).toMatchObject([{ providerEvent: 'unknown', event: 'other' }]);
	});
});

describe('an error', () => {
	const nothing = {
		code: 'unknown',
		message: 'WhatsApp gave no reason',
		details: null,
		help: null,
	};

	it.each([
		[[{}], nothing],
		[[{ code: 7 }], { ...nothing, code: '7' }],
		[[{ title: 'no', message: 'not this' }], { ...nothing, message: 'no' }],
		[[{ message: 'no' }], { ...nothing, message: 'no' }],
		[[{ details: 'because' }], { ...nothing, message: 'because', details: 'because' }],
		[
			[{ title: 'no', error_data: { details: 'because' }, details: 'not this' }],
			{ ...nothing, message: 'no', details: 'because' },
		],
		[[{ href: 'https://x.example' }], { ...nothing, help: 'https://x.example' }],
		[
			[{ href: '/docs/whatsapp' }],
			{ ...nothing, help: 'https://developers.facebook.com/docs/whatsapp' },
		],
		[
			[{ title: 'no', details: 'a' }, { code: 8, title: 'nor this', details: 'b' }, {}],
			{
				...nothing,
				message: 'no',
				details: 'a; 8 nor this b; WhatsApp gave no reason',
			},
		],
	])('in the list %j is read as %j', (errors, expected) => {
		expect(metaError(errors)).toEqual(expected);
	});

	it('is none where there is no list of errors', () => {
		expect(metaError([])).toBeUndefined();
		expect(metaError(undefined)).toBeUndefined();
		expect(metaError({ code: 7 })).toBeUndefined();
	});
});

describe('a message', () => {
	const messageOf = (message: JsonObject, value: JsonObject = {}) =>
		itemOf('messages', { metadata: METADATA, ...value, messages: [message] });

	it('is of a person who is known by a user id alone', () => {
		const contacts = [{ user_id: 'US.1', profile: { username: 'lina' } }];

		expect(messageOf({ id: 'wamid.1', from_user_id: 'US.1' }, { contacts })).toMatchObject({
			from: 'US.1',
			to: '+917259775805',
			contact: { phone: null, name: 'lina', id: 'US.1' },
			business: BUSINESS,
		});
	});

	it('has the number and the user id that its sender has among the contacts', () => {
		const contacts = [
			{ wa_id: CUSTOMER, user_id: 'US.1', profile: { name: 'Lina', username: 'l' } },
		];

		for (const from of [{ from: CUSTOMER }, { from_user_id: 'US.1' }]) {
			expect(messageOf({ id: 'wamid.1', ...from }, { contacts })).toMatchObject({
				contact: { phone: `+${CUSTOMER}`, name: 'Lina', id: 'US.1' },
			});
		}
	});

	it('is never given the name of another', () => {
		const contacts = [{ wa_id: '15551234567', profile: { name: 'John' } }];

		expect(messageOf({ from: CUSTOMER }, { contacts })).toMatchObject({
			contact: { phone: `+${CUSTOMER}`, name: null, id: null },
		});
	});

	it.each([
		['text', 'message.received'],
		['edit', 'other'],
		['revoke', 'other'],
		['request_welcome', 'other'],
		['system', 'contact.updated'],
		[undefined, 'message.received'],
	])('of the type %s is %s', (type, event) => {
		expect(messageOf({ id: 'wamid.1', type })).toMatchObject({ event });
	});

	it.each([
		[{ wa_id: '919911223355' }, { phone: '+919911223355', id: null }],
		[{ new_wa_id: '919911223355' }, { phone: '+919911223355', id: null }],
		[{ user_id: 'US.2' }, { phone: null, id: 'US.2' }],
		[{ body: 'something else' }, { phone: `+${CUSTOMER}`, id: null }],
	])('of the system with %j is about %j', (system, contact) => {
		expect(messageOf({ from: CUSTOMER, type: 'system', system })).toMatchObject({
			from: `+${CUSTOMER}`,
			contact: { ...contact, name: null },
		});
	});

	it('of another type is about its sender, whatever it says of the system', () => {
		expect(
			messageOf({ from: CUSTOMER, type: 'text', system: { wa_id: '919911223355' } }),
		).toMatchObject({ contact: { phone: `+${CUSTOMER}` } });
	});

	it('that takes an earlier one back names it', () => {
		const revoke = { original_message_id: 'wamid.1' };

		expect(messageOf({ id: 'wamid.2', type: 'revoke', revoke })).toMatchObject({
			messageId: 'wamid.2',
			text: null,
			context: { messageId: 'wamid.1', from: null, forwarded: false },
		});
	});

	it('that changes an earlier one brings its new content', () => {
		const edit = {
			original_message_id: 'wamid.1',
			message: { type: 'image', image: { id: 'm1', caption: 'new' } },
		};

		const item = messageOf({ id: 'wamid.2', type: 'edit', edit });
		expect(item).toMatchObject({ text: 'new', media: { id: 'm1' }, messageType: 'edit' });
		expect(messageOf({ type: 'edit', edit: { message: { type: 'text' } } })).not.toHaveProperty(
			'media',
		);
	});

	it('has an error where it brings one, and none where it does not', () => {
		expect(messageOf({ type: 'text', errors: [{ code: 131051 }] })).toMatchObject({
			error: { code: '131051' },
		});
		expect(messageOf({ type: 'text' })).not.toHaveProperty('error');
	});

	it.each(['unsupported', 'unknown'])(
		'that is %s is received, and says why it is empty',
		(type) => {
			const message = { id: 'wamid.1', type };
			const nothing = { code: 'unknown', message: 'WhatsApp gave no reason', help: null };

			expect(messageOf({ ...message, errors: [{ code: 131051 }] })).toMatchObject({
				event: 'message.received',
				eventId: 'relay:message.received:wamid.1:placeholder',
				messageId: 'wamid.1',
				error: { code: '131051' },
			});
			expect(messageOf(message)).toMatchObject({ error: { ...nothing, details: null } });
			expect(
				messageOf({ ...message, unsupported: { type: 'poll', raw_type: 'poll_creation' } }),
			).toMatchObject({ error: { ...nothing, details: 'poll_creation' } });
			expect(messageOf({ ...message, unsupported: { type: 'poll' } })).toMatchObject({
				error: { details: 'poll' },
			});
			expect(messageOf({ type })?.eventId).toMatch(/:sha256:/);
		},
	);

	it('is a form only as a Flow’s reply', () => {
		const interactive = { type: 'nfm_reply', nfm_reply: { response_json: '{"a":1}' } };

		expect(messageOf({ type: 'interactive', interactive })).toMatchObject({
			event: 'form.submitted',
			form: { fields: { a: 1 } },
		});
		expect(messageOf({ type: 'text', interactive })).toMatchObject({ event: 'message.received' });
		expect(messageOf({ type: 'interactive' })).not.toHaveProperty('form');
	});
});

describe('a change of a user id', () => {
	const OLD = 'US.1';
	const NEW = 'US.2';
	const changed = (fields: JsonObject = {}) => ({
		user_id: { previous: OLD, current: NEW },
		...fields,
	});

	it.each<[string, JsonObject, JsonObject]>([
		['the ids alone', changed(), { phone: null, name: null, id: NEW }],
		['with a number', changed({ wa_id: CUSTOMER }), { phone: '+919911223344', id: NEW }],
		['without the old one', { user_id: { current: NEW } }, { phone: null, id: NEW }],
		['not in an object', { user_id: NEW }, { phone: null, id: NEW }],
		[
			'of the parent only',
			{ wa_id: CUSTOMER, parent_user_id: { current: 'US.ENT.2' } },
			{ id: null },
		],
	])('is read: %s', (_, update, contact) => {
		const ids = objectOf(update.user_id);
		const old = ids.previous ?? (update.wa_id ? '+919911223344' : NEW);

		expect(itemOf('user_id_update', { user_id_update: [update] })).toMatchObject({
			event: 'contact.updated',
			contact,
			from: old,
		});
		// As one alone, and in a change of another name.
		expect(itemOf('user_id_update', { user_id_update: update })).toMatchObject({ contact });
		expect(itemOf('messages', { user_id_update: [update] })).toMatchObject({ contact });
	});

	it('has the name of the person whom it is about, by the old id, too', () => {
		const contacts = [
			{ user_id: OLD, profile: { name: 'Asha' } },
			{ wa_id: CUSTOMER, profile: { name: 'Ravi' } },
		];
		const user_id_update = [changed(), changed({ wa_id: CUSTOMER })];

		expect(itemsOf('user_id_update', { contacts, user_id_update })).toMatchObject([
			{ contact: { name: 'Asha', id: NEW } },
			{ contact: { name: 'Ravi', id: NEW } },
		]);
	});

	it('is another event each time', () => {
		const ids = [NEW, 'US.3'].map((current) =>
			itemOf('user_id_update', { user_id_update: [{ user_id: { previous: OLD, current } }] }),
		);

		expect(ids[0]?.eventId).not.toBe(ids[1]?.eventId);
	});

	it('may come as a message of the system, with or without the old id', () => {
		const system = { type: 'user_changed_user_id', user_id: NEW };
		const messageOf = (fields: JsonObject, more: JsonObject = {}) =>
			itemOf('messages', {
				messages: [{ type: 'system', system: { ...system, ...fields }, ...more }],
			});

		expect(messageOf({})).toMatchObject({
			event: 'contact.updated',
			from: null,
			contact: { id: NEW },
		});
		expect(messageOf({ previous_user_id: OLD })).toMatchObject({ from: OLD, contact: { id: NEW } });
		expect(messageOf({}, { from_user_id: OLD })).toMatchObject({ from: OLD, contact: { id: NEW } });
	});
});

describe('a message that our side sent somewhere else', () => {
	const echoOf = (message: JsonObject) =>
		itemOf('smb_message_echoes', { metadata: METADATA, message_echoes: [message] });

	it.each([
		[{ to: CUSTOMER }, `+${CUSTOMER}`, { phone: `+${CUSTOMER}`, id: null }],
		[{ recipient_id: CUSTOMER }, `+${CUSTOMER}`, { phone: `+${CUSTOMER}`, id: null }],
		[{ to_user_id: 'US.1' }, 'US.1', { phone: null, id: 'US.1' }],
		[{ recipient_user_id: 'US.1' }, 'US.1', { phone: null, id: 'US.1' }],
	])('went to %j', (message, to, contact) => {
		expect(echoOf(message)).toMatchObject({
			event: 'message.echo',
			direction: 'outbound',
			from: '+917259775805',
			to,
			contact: { ...contact, name: null },
		});
	});

	it('is from the number that it says', () => {
		expect(echoOf({ from: '15551234567' })).toMatchObject({ from: '+15551234567' });
	});

	it.each([
		[{ language: { code: 'en' } }, 'en'],
		[{ language: 'en' }, 'en'],
		[{}, null],
	])('has the template %j', (template, language) => {
		const nothing = { category: null, status: null, reason: null };

		expect(echoOf({ template: { id: 5, name: 'promo', ...template } })).toMatchObject({
			template: { id: '5', name: 'promo', language, ...nothing },
		});
		expect(echoOf({ template: 'promo' })).not.toHaveProperty('template');
	});
});

describe('a template that our side sent', () => {
	const sendOf = (components: unknown, message: JsonObject = {}) =>
		itemOf('message_template_sends', {
			message_template_sends: [
				{ id: 'w1', type: 'template', template: { name: 'promo', components }, ...message },
			],
		});

	it.each([
		[[{ type: 'text', text: 'John' }], 'John'],
		[
			[
				{ type: 'text', text: 'John' },
				{ type: 'currency', currency: { fallback_value: '$5' } },
			],
			'John, $5',
		],
		[[{ type: 'date_time', date_time: { fallback_value: 'today' } }], 'today'],
		[[{ type: 'text' }, {}, null], null],
	])('says what its body was filled in with: %j', (parameters, text) => {
		expect(sendOf([{ type: 'BODY', parameters }])).toMatchObject({ text });
	});

	it.each(['image', 'video', 'document'])('has the %s of its header', (type) => {
		const file = { link: 'https://media.example.com/1', filename: 'f' };
		const header = { type: 'header', parameters: [{ type, [type]: file }] };

		expect(sendOf([header])).toMatchObject({
			text: null,
			media: { url: 'https://media.example.com/1', filename: 'f' },
		});
	});

	it('has no media of a header of text, and not the parameters of a button', () => {
		const item = sendOf([
			{ type: 'header', parameters: [{ type: 'text', text: 'Sale' }] },
			{ type: 'button', parameters: [{ type: 'text', text: 'abc' }] },
		]);

		expect(item).toMatchObject({ text: null });
		expect(item).not.toHaveProperty('media');
	});

	it.each([undefined, null, 'text', {}, [{}], [{ type: 'body' }]])(
		'keeps its own text where its components are %j',
		(components) => {
			expect(sendOf(components, { text: 'as it is' })).toMatchObject({ text: 'as it is' });
		},
	);
});

describe('a status', () => {
	const statusOf = (status: JsonObject, value: JsonObject = {}) =>
		itemOf('messages', { metadata: METADATA, ...value, statuses: [status] });

	it('is known by its message, its name and the participant of a group', () => {
		expect(statusOf({ id: 'w1', status: 'READ' })?.eventId).toBe('relay:message.read:w1:read');
		expect(statusOf({ status: 'read' })?.eventId).toMatch(/:sha256:/);
		for (const key of ['recipient_participant_id', 'participant_recipient_id']) {
			const status = { id: 'w1', status: 'read', recipient_id: 'group-1', [key]: CUSTOMER };
			expect(statusOf(status)).toMatchObject({
				eventId: `relay:message.read:w1:read:${CUSTOMER}`,
				to: 'group-1',
				contact: { phone: `+${CUSTOMER}` },
			});
		}
	});

	it('is known by the user id of a participant whose phone number is not there', () => {
		for (const key of ['recipient_participant_user_id', 'participant_recipient_user_id']) {
			// A group's own id may look like a phone number, and is nobody's.
			const status = { id: 'w1', status: 'read', recipient_id: '1203630252', [key]: 'IN.1' };
			expect(statusOf(status)).toMatchObject({
				eventId: 'relay:message.read:w1:read:IN.1',
				contact: { phone: null, id: 'IN.1' },
			});
		}
		const group = { id: 'w1', status: 'read', recipient_id: 'group-1', recipient_type: 'group' };
		expect(statusOf({ ...group, recipient_user_id: 'IN.1' })).toMatchObject({
			eventId: 'relay:message.read:w1:read:IN.1',
		});
		expect(statusOf(group)).toMatchObject({ eventId: 'relay:message.read:w1:read' });
	});

	it('of one customer is known by its message and its name, however the customer is known', () => {
		const status = { id: 'w1', status: 'read', recipient_type: 'individual' };

		for (const who of [{ recipient_id: CUSTOMER }, { recipient_user_id: 'US.1' }]) {
			expect(statusOf({ ...status, ...who })?.eventId).toBe('relay:message.read:w1:read');
		}
	});

	it('that failed is known by the code of its error, too, and behind the participant', () => {
		const failed = { id: 'w1', status: 'failed', errors: [{ code: 131026 }, { code: 7 }] };

		expect(statusOf(failed)?.eventId).toBe('relay:message.failed:w1:failed:131026');
		expect(statusOf({ ...failed, recipient_participant_id: CUSTOMER })?.eventId).toBe(
			`relay:message.failed:w1:failed:${CUSTOMER}:131026`,
		);
		for (const errors of [[], [{ title: 'no code' }]]) {
			expect(statusOf({ ...failed, errors })?.eventId).toBe('relay:message.failed:w1:failed');
		}
		expect(statusOf({ ...failed, status: 'sent' })?.eventId).toBe('relay:message.sent:w1:sent');
	});

	it.each([
		{ status: 'warning' },
		{ status: 'deleted' },
		{},
		{ type: 'call', status: 'sent' },
		{ type: 'payment', status: 'failed', errors: [{ code: 1 }] },
	])('%j as a status is known by its content, since a message may have several', (status) => {
		expect(statusOf({ id: 'w1', ...status })?.eventId).toMatch(/^relay:other:sha256:[0-9a-f]{32}$/);
	});

	it.each(['recipient_participant_user_id', 'participant_recipient_user_id', 'recipient_user_id'])(
		'is of a person who is known by %s',
		(key) => {
			expect(statusOf({ id: 'w1', status: 'sent', [key]: 'US.1' })).toMatchObject({
				from: '+917259775805',
				to: 'US.1',
				contact: { phone: null, name: null, id: 'US.1' },
			});
		},
	);

	it.each(['call', 'payment'])('of a %s is none of a message', (type) => {
		expect(statusOf({ id: 'w1', type, status: 'delivered' })).toMatchObject({
			event: 'other',
			messageType: type,
			status: 'delivered',
		});
	});

	it('of a message has no type of its own', () => {
		expect(statusOf({ id: 'w1', type: 'message', status: 'sent' })).toMatchObject({
			event: 'message.sent',
			messageType: null,
		});
	});

	it('has an error when it failed, or when it brings one', () => {
		expect(statusOf({ status: 'failed' })).toMatchObject({
			error: { code: 'unknown', message: 'WhatsApp gave no reason', details: null, help: null },
		});
		expect(statusOf({ status: 'sent', errors: [{ code: 1 }] })).toMatchObject({
			error: { code: '1' },
		});
		expect(statusOf({ status: 'sent' })).not.toHaveProperty('error');
	});

	it('has a price where it brings one', () => {
		const pricing = { billable: false, category: 'service', pricing_model: 'PMP' };

		expect(statusOf({ status: 'sent', pricing })).toMatchObject({
			pricing: { billable: false, category: 'service', model: 'PMP' },
		});
		expect(statusOf({ status: 'sent', pricing: 'free' })).not.toHaveProperty('pricing');
	});
});

describe('what changed about a person', () => {
	const at = { occurredAt: '2025-08-27T19:17:58.000Z' };

	it.each([
		[{ timestamp: 1756322278 }, at],
		[{ metadata: { timestamp: 1756322278 } }, at],
		[{}, { occurredAt: '2026-01-15T12:00:00.000Z' }],
		[{ wa_id: CUSTOMER }, { from: `+${CUSTOMER}`, contact: { phone: `+${CUSTOMER}` } }],
		[{ contact: { phone_number: CUSTOMER } }, { from: `+${CUSTOMER}` }],
		[{ contact: { wa_id: CUSTOMER } }, { from: `+${CUSTOMER}` }],
		[{ user_id: 'US.1' }, { from: 'US.1', contact: { phone: null, id: 'US.1' } }],
		[{ contact: { user_id: 'US.1' } }, { from: 'US.1', contact: { id: 'US.1' } }],
		[{ contact: { full_name: 'Lina', first_name: 'L' } }, { contact: { name: 'Lina' } }],
		[{ contact: { first_name: 'Lina' } }, { contact: { name: 'Lina' } }],
		[{ category: 'marketing', value: 'stop', detail: 'x' }, { text: 'marketing: stop' }],
		[{ action: 'add' }, { text: 'add' }],
		[{ detail: 'stopped' }, { text: 'stopped' }],
		[{}, { text: null, contact: { phone: null, name: null, id: null } }],
	])('by %j is read as %j', (change, expected) => {
		const value = { metadata: METADATA, user_preferences: [change] };
		const items = itemsOf('user_preferences', value, { time: '2026-01-15T12:00:00Z' });

		expect(items).toMatchObject([{ event: 'contact.updated', business: BUSINESS, ...expected }]);
	});

	it('has the name that stands among the contacts before that of the card', () => {
		const contacts = [{ wa_id: CUSTOMER, user_id: 'US.1', profile: { name: 'Lina' } }];
		const card = { full_name: 'not this' };

		for (const person of [{ wa_id: CUSTOMER }, { user_id: 'US.1' }]) {
			const state_sync = [{ ...person, contact: card }];
			expect(itemOf('smb_app_state_sync', { contacts, state_sync })).toMatchObject({
				contact: { phone: `+${CUSTOMER}`, name: 'Lina', id: 'US.1' },
			});
		}
	});
});

describe('a change as a whole', () => {
	it.each<[JsonObject, string | null]>([
		[{ event: 'REJECTED', decision: 'x', reason: 'PROMOTIONAL' }, 'REJECTED: PROMOTIONAL'],
		[{ decision: 'APPROVED', reason: 'NONE' }, 'APPROVED'],
		[{ status: 'DISABLED' }, 'DISABLED'],
		[{ alert_info: { alert_type: 'A', alert_description: 'because' } }, 'A: because'],
		[{ previous_category: 'UTILITY', new_category: 'MARKETING' }, 'UTILITY → MARKETING'],
		[{ previous_quality_score: 'GREEN', new_quality_score: 'RED' }, 'GREEN → RED'],
		[{ old_status: 'DRAFT', new_status: 'PUBLISHED' }, 'DRAFT → PUBLISHED'],
		[{ new_status: 'PUBLISHED' }, 'PUBLISHED'],
		[{ old_status: 'DRAFT' }, 'DRAFT'],
		[{ message: 'a', warning: 'not this' }, 'a'],
		[{ warning: 'a' }, 'a'],
		[{ rejection_reason: 'a', reason: 'not this' }, 'a'],
		[{}, null],
	])('with the value %j says %j', (value, text) => {
		expect(itemOf('account_update', value)).toMatchObject({
			event: 'account.updated',
			text,
			account: value,
		});
	});

	it.each([
		[{ display_phone_number: '917259775805' }, '+917259775805'],
		[{ phone_number: '917259775805' }, '+917259775805'],
		[{ metadata: METADATA, phone_number: '15551234567' }, '+917259775805'],
		[{}, null],
	])('with the value %j is about the number %j', (value, phone) => {
		expect(itemOf('account_update', value)).toMatchObject({ business: { phone, accountId: '1' } });
	});

	it('has its time from the value, else from the entry', () => {
		const time = '2026-01-15T12:00:00Z';

		expect(itemOf('flows', { timestamp: 1756322278 }, { time })).toMatchObject({
			occurredAt: '2025-08-27T19:17:58.000Z',
		});
		expect(itemOf('flows', {}, { time })).toMatchObject({
			occurredAt: '2026-01-15T12:00:00.000Z',
		});
	});

	it.each([
		[{ message_template_id: 7 }, { id: '7' }],
		[{ message_template_name: 'promo' }, { name: 'promo' }],
		[{ message_template_language: 'en' }, { language: 'en' }],
		[{ message_template_category: 'UTILITY', category: 'x' }, { category: 'UTILITY' }],
		[{ new_category: 'UTILITY', category: 'x' }, { category: 'UTILITY' }],
		[{ category: 'UTILITY' }, { category: 'UTILITY' }],
		[{ event: 'APPROVED' }, { status: 'APPROVED' }],
		[{ new_quality_score: 'RED' }, { status: 'RED' }],
		[{ reason: 'PROMOTIONAL' }, { reason: 'PROMOTIONAL' }],
		[{ reason: 'NONE' }, { reason: null }],
	])('of a template with %j has %j', (value, expected) => {
		const nothing = {
			id: null,
			name: null,
			language: null,
			category: null,
			status: null,
			reason: null,
		};

		const item = itemOf('message_template_status_update', value);
		expect(item?.template).toEqual({ ...nothing, ...expected });
		expect(item).not.toHaveProperty('account');
	});

	it('has an error only where nobody knows what it is', () => {
		const errors = [{ code: 7 }];

		expect(itemOf('history', { errors })).toMatchObject({ error: { code: '7' } });
		expect(itemOf('account_update', { errors })).not.toHaveProperty('error');
		expect(itemOf('history', {})).not.toHaveProperty('error');
	});
});

describe('the raw part of an item', () => {
	const CONTACTS = [
		{ wa_id: CUSTOMER, profile: { name: 'Lina' } },
		{ wa_id: '15551234567', profile: { name: 'John' } },
		{ user_id: 'US.1', profile: { name: 'Asha' } },
	];

	it('is its own element of the list, in the frame that it came in', () => {
		const messages = [{ id: 'wamid.1' }, { id: 'wamid.2' }];

		for (const time of [{ time: 5 }, {}]) {
			const items = itemsOf('messages', { metadata: METADATA, messages }, time);
			expect(items.map(({ raw }) => raw)).toStrictEqual(
				messages.map((message) => ({
					entry: { id: '1', ...time },
					change: { field: 'messages', value: { metadata: METADATA, messages: [message] } },
				})),
			);
		}
	});

	it.each([
		['messages', 'messages', 'from'],
		['messages', 'messages', 'from_user_id'],
		['smb_message_echoes', 'message_echoes', 'to'],
		['smb_message_echoes', 'message_echoes', 'to_user_id'],
		['messages', 'statuses', 'recipient_id'],
		['messages', 'statuses', 'recipient_user_id'],
		['messages', 'statuses', 'recipient_participant_id'],
		['messages', 'statuses', 'participant_recipient_id'],
		['messages', 'statuses', 'recipient_participant_user_id'],
		['messages', 'statuses', 'participant_recipient_user_id'],
		['user_preferences', 'user_preferences', 'wa_id'],
		['user_preferences', 'user_preferences', 'user_id'],
	])('of %s keeps of many people the one that %s.%s names', (field, list, key) => {
		for (const [index, id] of [CUSTOMER, '15551234567', 'US.1'].entries()) {
			const value = { contacts: CONTACTS, [list]: [{ [key]: id }] };
			expect(itemOf(field, value)?.raw).toMatchObject({
				change: { value: { contacts: [CONTACTS[index]], [list]: [{ [key]: id }] } },
			});
		}
	});

	it('keeps the people as they are where there is one, and where none is named', () => {
		const one = CONTACTS.slice(0, 1);
		const messages = [{ id: 'wamid.1' }];

		expect(itemOf('messages', { contacts: one, messages })?.raw).toMatchObject({
			change: { value: { contacts: one } },
		});
		expect(itemOf('messages', { contacts: CONTACTS, messages })?.raw).toMatchObject({
			change: { value: { contacts: CONTACTS } },
		});
	});
});

describe('what is not as it should be', () => {
	it('is an item each: an element, a change or an entry that is no object', () => {
		expect(itemsOf('messages', { messages: ['text', { id: 'wamid.1' }] })).toMatchObject([
			{ event: 'other', providerEvent: 'messages' },
			{ event: 'message.received' },
		]);
		expect(itemsOfBody({ entry: [{ changes: ['text'] }, 'text'] })).toMatchObject([
			{ event: 'other', providerEvent: 'unknown', raw: { change: { value: 'text' } } },
			{ event: 'other', providerEvent: 'unknown', raw: { entry: 'text' } },
		]);
	});

	it('is an item among the messages of several people', () => {
		const contacts = [{ wa_id: CUSTOMER }, { wa_id: '15551234567' }];

		expect(itemsOf('messages', { contacts, messages: [null, { id: 'wamid.1' }] })).toMatchObject([
			{ event: 'other' },
			{ event: 'message.received' },
		]);
	});

	it('is an entry as a whole where it has no changes', () => {
		for (const entry of [
			{ id: '1', field: 'flows' },
			{ field: 'flows', changes: null },
		]) {
			expect(itemsOfBody({ entry: [entry] })).toMatchObject([
				{ event: 'other', providerEvent: 'flows', raw: { entry } },
			]);
		}
	});

	it('is read where it stands alone instead of in a list', () => {
		expect(
			itemsOfBody({
				entry: [
					{ id: '1', changes: { field: 'messages', value: { messages: { id: 'wamid.1' } } } },
				],
			}),
		).toMatchObject([{ event: 'message.received', messageId: 'wamid.1' }]);
	});

	it('is one item as a whole where its lists are empty or null', () => {
		for (const value of [{ messages: [] }, { messages: null }, {}, null]) {
			expect(itemOf('messages', value)).toMatchObject({
				event: 'other',
				business: { accountId: '1' },
			});
		}
	});
});
