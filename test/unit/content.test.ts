import { contentOf } from '../../nodes/shared/core/item/content';
import type { JsonObject } from '../../nodes/shared/core/values/json';

const NO_MEDIA = {
	url: null,
	id: null,
	mimeType: null,
	filename: null,
	caption: null,
	sha256: null,
	size: null,
	voice: null,
};

describe('contentOf', () => {
	it.each([
		['text as a string', { type: 'text', text: 'Hi' }, { messageType: 'text', text: 'Hi' }],
		[
			'text as an object',
			{ type: 'text', text: { body: 'Hi' } },
			{ messageType: 'text', text: 'Hi' },
		],
		['a type in upper case', { type: 'TEXT', text: 'Hi' }, { messageType: 'text', text: 'Hi' }],
		['a message without a type', { body: 'Hi' }, { messageType: null, text: 'Hi' }],
		[
			'a type that nobody knows',
			{ type: 'hologram', hologram: { body: 'Hi' } },
			{ messageType: 'hologram', text: 'Hi' },
		],
		[
			'an image under its type',
			{
				type: 'image',
				image: {
					id: '1',
					mime_type: 'image/jpeg',
					sha256: 'aa=',
					url: 'https://x.example/1',
					caption: 'look',
				},
			},
			{
				messageType: 'image',
				text: 'look',
				media: {
					...NO_MEDIA,
					id: '1',
					mimeType: 'image/jpeg',
					sha256: 'aa=',
					url: 'https://x.example/1',
					caption: 'look',
				},
			},
		],
		[
			'a document under media',
			{ type: 'document', media: { link: 'https://x.example/2', fileName: 'a.pdf', fileSize: 12 } },
			{
				messageType: 'document',
				text: null,
				media: { ...NO_MEDIA, url: 'https://x.example/2', filename: 'a.pdf', size: 12 },
			},
		],
		[
			'a voice note',
			{ type: 'audio', audio: { id: '3', voice: true } },
			{ messageType: 'audio', text: null, media: { ...NO_MEDIA, id: '3', voice: true } },
		],
		[
			'a location',
			{
				type: 'location',
				location: { latitude: '12.5', longitude: -3, name: 'Shop', address: 'Street 1' },
			},
			{
				messageType: 'location',
				text: 'Shop',
				location: { latitude: 12.5, longitude: -3, name: 'Shop', address: 'Street 1' },
			},
		],
		[
			'contact cards',
			{
				type: 'contacts',
				contacts: [
					{
						name: { formatted_name: 'Asha Rao' },
						phones: [{ phone: '+91 98765 43210' }],
						emails: [{ email: 'a@example.com' }],
					},
					{ name: { first_name: 'Lina', last_name: 'Haddad' } },
				],
			},
			{
				messageType: 'contacts',
				text: 'Asha Rao, Lina Haddad',
				contacts: [
					{ name: 'Asha Rao', phones: ['+919876543210'], emails: ['a@example.com'] },
					{ name: 'Lina Haddad', phones: [], emails: [] },
				],
			},
		],
		[
			'a template button',
			{ type: 'button', button: { payload: 'YES', text: 'Yes please' } },
			{
				messageType: 'button',
				text: 'Yes please',
				interactive: { kind: 'button', id: 'YES', title: 'Yes please', description: null },
			},
		],
		[
			'a list reply',
			{
				type: 'interactive',
				interactive: {
					type: 'list_reply',
					list_reply: { id: 'r1', title: 'Monday', description: 'at 9' },
				},
			},
			{
				messageType: 'interactive',
				text: 'Monday',
				interactive: { kind: 'list_reply', id: 'r1', title: 'Monday', description: 'at 9' },
			},
		],
		[
			'an interactive reply without its object',
			{ type: 'interactive' },
			{
				messageType: 'interactive',
				text: null,
				interactive: { kind: null, id: null, title: null, description: null },
			},
		],
		[
			'a reaction',
			{ type: 'reaction', reaction: { message_id: 'wamid.1', emoji: '👍' } },
			{ messageType: 'reaction', text: '👍', reaction: { emoji: '👍', messageId: 'wamid.1' } },
		],
		[
			'a reaction that was removed',
			{ type: 'reaction', reaction: { message_id: 'wamid.1', emoji: '' } },
			{ messageType: 'reaction', text: null, reaction: { emoji: null, messageId: 'wamid.1' } },
		],
		[
			'an order, its numbers as text',
			{
				type: 'order',
				order: {
					catalog_id: 'c1',
					text: 'soon',
					product_items: [
						{ product_retailer_id: 'p1', quantity: '3', item_price: '0.1', currency: 'EUR' },
					],
				},
			},
			{
				messageType: 'order',
				text: 'soon',
				order: {
					catalogId: 'c1',
					items: [{ productId: 'p1', quantity: 3, price: 0.1, currency: 'EUR' }],
					total: 0.3,
				},
			},
		],
		[
			'an order in two currencies',
			{
				type: 'order',
				order: {
					product_items: [
						{ quantity: 1, item_price: 2, currency: 'EUR' },
						{ quantity: 1, item_price: 2, currency: 'INR' },
					],
				},
			},
			{
				messageType: 'order',
				text: null,
				order: {
					catalogId: null,
					items: [
						{ productId: null, quantity: 1, price: 2, currency: 'EUR' },
						{ productId: null, quantity: 1, price: 2, currency: 'INR' },
					],
					total: null,
				},
			},
		],
		[
			'an ad referral and a forwarded answer',
			{
				type: 'text',
				text: 'Hi',
				referral: {
					source_url: 'https://ad.example',
					source_id: '9',
					source_type: 'ad',
					headline: 'H',
					body: 'B',
					ctwa_clid: 'clid',
				},
				context: { from: '918189222313', id: 'wamid.1', frequently_forwarded: true },
			},
			{
				messageType: 'text',
				text: 'Hi',
				referral: {
					sourceType: 'ad',
					sourceId: '9',
					sourceUrl: 'https://ad.example',
					headline: 'H',
					body: 'B',
					clickId: 'clid',
				},
				context: { messageId: 'wamid.1', from: '+918189222313', forwarded: true },
			},
		],
		['a type that is not text', { type: { of: 'thing' } }, { messageType: null, text: null }],
		['the name of a prototype', { type: '__proto__' }, { messageType: '__proto__', text: null }],
	])('reads %s', (_, message, expected) => {
		expect(contentOf(message)).toEqual(expected);
	});

	it.each(['type', 'message_type', 'messageType'])('takes the type from %s', (name) => {
		expect(contentOf({ [name]: 'Text', text: 'Hi' })).toEqual({ messageType: 'text', text: 'Hi' });
	});

	const MEDIA = { id: 'm1', mime_type: 'x/y' };
	const CARD = { name: { formatted_name: 'Asha Rao' } };

	it.each<[string, JsonObject, JsonObject]>([
		...['image', 'video', 'audio', 'voice', 'document', 'sticker'].map(
			(type): [string, JsonObject, JsonObject] => [
				type,
				{ [type]: MEDIA },
				{ media: { id: 'm1' } },
			],
		),
		['location', { location: { latitude: 1, longitude: 2 } }, { location: { latitude: 1 } }],
		['contacts', { contacts: [CARD] }, { text: 'Asha Rao', contacts: [{ name: 'Asha Rao' }] }],
		[
			'button',
			{ button: { text: 'Yes', payload: 'y' } },
			{ text: 'Yes', interactive: { id: 'y' } },
		],
		[
			'interactive',
			{ interactive: { type: 'list_reply', list_reply: { id: 'r', title: 'Row' } } },
			{ text: 'Row', interactive: { kind: 'list_reply', id: 'r' } },
		],
		[
			'reaction',
			{ reaction: { emoji: '👍', message_id: 'w' } },
			{ text: '👍', reaction: { messageId: 'w' } },
		],
		['order', { order: { catalog_id: 'c' } }, { order: { catalogId: 'c' } }],
		['text', { text: { body: 'Hi' } }, { text: 'Hi' }],
	])('finds %s without a type, and under one that says nothing', (type, fields, expected) => {
		expect(contentOf(fields)).toMatchObject({ messageType: type, ...expected });
		expect(contentOf({ type: 'attachment', ...fields })).toMatchObject({
			messageType: 'attachment',
			...expected,
		});
	});

	it('does not take for content what only has its name', () => {
		const people = [{ wa_id: '15551234567', profile: { name: 'Asha Rao' } }];

		for (const fields of [{ contacts: people }, { location: 'Pune' }, { image: null }]) {
			expect(contentOf(fields)).toEqual({ messageType: null, text: null });
		}
	});

	it.each<[string, JsonObject, JsonObject]>([
		[
			'what WhatsApp leaves out',
			{ phones: [{ phone: '+1 555 0100 333' }] },
			{ name: 'Noor Test', phones: ['+15550100333'], emails: ['noor@example.com'] },
		],
		[
			'all of it',
			{},
			{ name: 'Noor Test', phones: ['+15550100444'], emails: ['noor@example.com'] },
		],
		[
			'nothing that WhatsApp says itself',
			{ name: { first_name: 'Noor' }, emails: [{ email: 'n@example.com' }] },
			{ name: 'Noor', phones: ['+15550100444'], emails: ['n@example.com'] },
		],
	])('reads of a vCard %s', (_, card, expected) => {
		const vcard =
			'BEGIN:VCARD\r\nVERSION:3.0\r\nN:Test;Noor;;;\r\nFN:Noor Test\r\nitem1.TEL;TYPE=CELL;waid=15550100444:+1 555\r\n -0100-444\r\nEMAIL:noor@example.com\r\nEND:VCARD';

		expect(contentOf({ type: 'contacts', contacts: [{ ...card, vcard }] })).toMatchObject({
			text: expected.name,
			contacts: [expected],
		});
	});

	it.each([
		['text', { text: 'Hi' }],
		['body', { body: 'Hi' }],
		['caption', { caption: 'Hi' }],
		['text.body', { text: { body: 'Hi' } }],
		['text.text', { text: { text: 'Hi' } }],
	])('takes the text beside what a type brings from %s', (_, fields) => {
		const types = ['image', 'location', 'contacts', 'button', 'interactive', 'hologram'];
		for (const type of types) expect(contentOf({ type, ...fields })).toMatchObject({ text: 'Hi' });
		expect(contentOf(fields)).toMatchObject({ text: 'Hi' });
	});

	it.each([
		['body', { hologram: { body: 'Hi' }, text: 'not this' }],
		['text', { hologram: { text: 'Hi' }, text: 'not this' }],
	])('takes the text of an unknown type from its %s first', (_, fields) => {
		expect(contentOf({ type: 'hologram', ...fields })).toMatchObject({ text: 'Hi' });
	});

	it('leaves out what a message does not have', () => {
		expect(contentOf({ type: 'text', referral: 'ad', context: null })).toEqual({
			messageType: 'text',
			text: null,
		});
	});
});

describe('media', () => {
	it.each(['image', 'video', 'audio', 'voice', 'document', 'sticker'])(
		'are brought by the type %s, under its name or under media',
		(type) => {
			for (const name of [type, 'media']) {
				expect(contentOf({ type, [name]: { id: '1' } }).media).toEqual({
					...NO_MEDIA,
					id: '1',
					voice: type === 'voice' ? true : null,
				});
			}
		},
	);

	it.each([
		[{ url: 'u' }, { url: 'u' }],
		[{ link: 'u' }, { url: 'u' }],
		[{ mime_type: 'm' }, { mimeType: 'm' }],
		[{ mimeType: 'm' }, { mimeType: 'm' }],
		[{ filename: 'f' }, { filename: 'f' }],
		[{ fileName: 'f' }, { filename: 'f' }],
		[{ file_size: 7 }, { size: 7 }],
		[{ fileSize: '7' }, { size: 7 }],
		[{ size: 7 }, { size: 7 }],
		[{ voice: false }, { voice: false }],
		[{ isVoiceNote: true }, { voice: true }],
	])('with %j have %j', (audio, expected) => {
		expect(contentOf({ type: 'audio', audio }).media).toEqual({ ...NO_MEDIA, ...expected });
	});

	it('are those under the type where both are there', () => {
		const message = { type: 'image', media: { id: '1', url: 'u' }, image: { id: '2' } };

		expect(contentOf(message).media).toEqual({ ...NO_MEDIA, id: '2', url: 'u' });
	});

	it('have their own caption as text before the one beside them', () => {
		expect(contentOf({ type: 'image', image: { caption: 'own' }, caption: 'beside' }).text).toBe(
			'own',
		);
	});

	it('are not made of a message whose type has none', () => {
		expect(contentOf({ type: 'text', media: { id: '1' } })).not.toHaveProperty('media');
		expect(contentOf({ media: { id: '1' } })).not.toHaveProperty('media');
	});
});

describe('a location', () => {
	it('is read by its address where it has no name', () => {
		expect(contentOf({ type: 'location', location: { address: 'Street 1' }, text: 'x' })).toEqual({
			messageType: 'location',
			text: 'Street 1',
			location: { latitude: null, longitude: null, name: null, address: 'Street 1' },
		});
	});
});

describe('a contact card', () => {
	it.each([
		['formatted_name', { formatted_name: 'Asha Rao', first_name: 'Asha' }],
		['the parts of it', { first_name: 'Asha', middle_name: '', last_name: 'Rao' }],
		['plain text', 'Asha Rao'],
	])('has its name from %s', (_, name) => {
		expect(contentOf({ type: 'contacts', contacts: [{ name }] })).toMatchObject({
			text: 'Asha Rao',
			contacts: [{ name: 'Asha Rao' }],
		});
	});

	it('has a name of three parts', () => {
		const name = { first_name: 'Asha', middle_name: 'M.', last_name: 'Rao' };

		expect(contentOf({ type: 'contacts', contacts: [{ name }] }).text).toBe('Asha M. Rao');
	});

	it('may have no name, and numbers in any form', () => {
		const phones = [{ phone: '112' }, { wa_id: '919876543210' }, { type: 'HOME' }, 'x'];

		expect(contentOf({ type: 'contacts', contacts: [{ phones, emails: [{}] }, {}] })).toEqual({
			messageType: 'contacts',
			text: null,
			contacts: [
				{ name: null, phones: ['112', '+919876543210'], emails: [] },
				{ name: null, phones: [], emails: [] },
			],
		});
	});
});

describe('a chosen button', () => {
	it('has the id and the title under their other names', () => {
		expect(contentOf({ type: 'button', button: { id: 'YES', title: 'Yes' } })).toEqual({
			messageType: 'button',
			text: null,
			interactive: { kind: 'button', id: 'YES', title: 'Yes', description: null },
		});
	});

	it.each([
		[
			'of another kind, by its own name',
			{ interactive: { type: 'call_reply', call_reply: { response: 'accept', payload: 'c1' } } },
			{ kind: 'call_reply', id: 'c1', title: 'accept', description: null },
		],
		[
			'whose kind is not said',
			{ interactive: { button_reply: { id: 'b1', title: 'Yes' } } },
			{ kind: null, id: 'b1', title: 'Yes', description: null },
		],
		[
			'of a list whose kind is not said',
			{ interactive: { list_reply: { id: 'b1', title: 'Yes', description: 'now' } } },
			{ kind: null, id: 'b1', title: 'Yes', description: 'now' },
		],
		[
			'beside the message',
			{ interactive_type: 'button_reply', button_reply: { id: 'b1', title: 'Yes' } },
			{ kind: 'button_reply', id: 'b1', title: 'Yes', description: null },
		],
		[
			'in the object itself',
			{ interactive: { id: 'b1', title: 'Yes' } },
			{ kind: null, id: 'b1', title: 'Yes', description: null },
		],
		[
			'by the text of the message',
			{ interactive_type: 'button_reply', body: 'Yes' },
			{ kind: 'button_reply', id: null, title: 'Yes', description: null },
		],
	])('is read %s', (_, fields, interactive) => {
		expect(contentOf({ type: 'interactive', ...fields })).toEqual({
			messageType: 'interactive',
			text: interactive.title,
			interactive,
		});
	});
});

it('reads the message of a reaction by its other name', () => {
	expect(contentOf({ type: 'reaction', reaction: { messageId: 'wamid.1' } }).reaction).toEqual({
		emoji: null,
		messageId: 'wamid.1',
	});
});

describe('an order', () => {
	const totalOf = (...items: object[]) =>
		contentOf({ type: 'order', order: { items } }).order?.total;

	it('has its fields under their other names', () => {
		const items = [{ productId: 'p1', quantity: 2, price: '1.5', currency: 'EUR' }];

		expect(contentOf({ type: 'order', order: { catalogId: 'c1', items } }).order).toEqual({
			catalogId: 'c1',
			items: [{ productId: 'p1', quantity: 2, price: 1.5, currency: 'EUR' }],
			total: 3,
		});
	});

	it('is summed over its products, in decimals', () => {
		expect(totalOf({ quantity: 3, price: 0.1 }, { quantity: 1, price: 2 })).toBe(2.3);
		expect(totalOf({ quantity: 0, price: 5 })).toBe(0);
	});

	it('has no total where one cannot be known', () => {
		expect(totalOf()).toBeNull();
		expect(totalOf({ quantity: 1, price: 2 }, { quantity: 1 })).toBeNull();
		expect(totalOf({ quantity: 1, price: 2 }, { price: 2 })).toBeNull();
		expect(totalOf({ quantity: 1e308, price: 10 })).toBeNull();
		expect(
			totalOf({ quantity: 1, price: 2, currency: 'EUR' }, { quantity: 1, price: 2 }),
		).toBeNull();
	});
});

describe('an ad that a customer came from', () => {
	it('has its fields under their other names', () => {
		const referral = { sourceType: 'ad', sourceId: '9', sourceUrl: 'u', clickId: 'clid' };

		expect(contentOf({ referral }).referral).toEqual({
			sourceType: 'ad',
			sourceId: '9',
			sourceUrl: 'u',
			headline: null,
			body: null,
			clickId: 'clid',
		});
	});
});

describe('the message that is answered', () => {
	it.each([
		[{ id: 'wamid.1' }, { messageId: 'wamid.1', from: null, forwarded: false }],
		[{ message_id: 'wamid.1' }, { messageId: 'wamid.1', from: null, forwarded: false }],
		[{ messageId: 'wamid.1' }, { messageId: 'wamid.1', from: null, forwarded: false }],
		[{ forwarded: true }, { messageId: null, from: null, forwarded: true }],
		[{ forwarded: 'yes' }, { messageId: null, from: null, forwarded: false }],
		[{ from: 'US.1' }, { messageId: null, from: 'US.1', forwarded: false }],
	])('reads what a message answers from %j as %j', (context, expected) => {
		expect(contentOf({ context }).context).toEqual(expected);
	});
});
