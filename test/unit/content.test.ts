import { contentOf } from '../../nodes/shared/core/content';

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
});
