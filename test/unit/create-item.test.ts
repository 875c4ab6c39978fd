import { provider } from '../../nodes/PingMate/provider';
import { createItem } from '../../nodes/shared/core/item/create-item';
import type { Draft } from '../../nodes/shared/core/item/draft';

const usOne = { phone: null, name: null, id: 'US.1' };

const asha = { phone: '+919876543210', name: 'Asha Rao', id: null };

function summaryOf(draft: Partial<Draft>): string {
	const whole = {
		event: 'message.received',
		providerEvent: 'message.incoming',
		key: 'evt_1',
		...draft,
	} as const;
	return createItem(provider, whole, {}).summary;
}

describe('eventId', () => {
	const idOf = (key: string | null, raw: unknown = {}) =>
		createItem(provider, { event: 'other', providerEvent: 'x', key, raw }, {}).eventId;

	it('has the key, up to the length that ids have', () => {
		expect(idOf('evt_1')).toBe('pingmate:other:evt_1');
		expect(idOf('k'.repeat(256))).toBe(`pingmate:other:${'k'.repeat(256)}`);
	});

	it.each([
		// printf '%s' '{"a":1}' | openssl dgst -sha256
		['of the raw part where there is no key', null, '015abd7f5cc57a2dd94b7590f04ad808'],
		// printf 'k%.0s' $(seq 257) | openssl dgst -sha256
		['of a key that is too long to remember', 'k'.repeat(257), 'a5de0e3c93b4322bf1d2e6cc13119219'],
	])('has the hash %s', (_, key, hash) => {
		expect(idOf(key, { a: 1 })).toBe(`pingmate:other:sha256:${hash}`);
	});
});

describe('summary', () => {
	it.each<[string, Partial<Draft>]>([
		['Message from a customer', {}],
		['Message from Asha Rao (+919876543210): Hi', { contact: asha, text: 'Hi' }],
		[
			'Image from US.1: look',
			{ contact: { phone: null, name: null, id: 'US.1' }, messageType: 'image', text: 'look' },
		],
		[
			'Message to +919876543210 played',
			{ event: 'message.read', status: 'played', contact: { ...asha, name: null } },
		],
		['Message to a customer (wamid.1) sent', { event: 'message.sent', messageId: 'wamid.1' }],
		[
			'Message to Asha Rao (+919876543210) failed: No credits (Hi)',
			{
				event: 'message.failed',
				contact: asha,
				text: 'Hi',
				error: { code: '1', message: 'No credits', details: null, help: null },
			},
		],
		['Message to a customer failed', { event: 'message.failed' }],
		[
			'Message to Asha Rao (+919876543210) sent from elsewhere: Hi',
			{ event: 'message.echo', contact: asha, text: 'Hi' },
		],
		[
			'Form "Demo" from Asha Rao (+919876543210): city Pune, days [1,2]',
			{
				event: 'form.submitted',
				contact: asha,
				form: { id: null, name: 'Demo', fields: { city: 'Pune', days: [1, 2] } },
			},
		],
		[
			'Template "promo" REJECTED: policy',
			{
				event: 'template.updated',
				template: {
					id: null,
					name: 'promo',
					language: null,
					category: null,
					status: 'REJECTED',
					reason: 'policy',
				},
			},
		],
		[
			'Template PAUSED',
			{
				event: 'template.updated',
				template: {
					id: null,
					name: null,
					language: null,
					category: null,
					status: 'PAUSED',
					reason: null,
				},
			},
		],
		['Template message.incoming', { event: 'template.updated' }],
		['Account: FLAGGED', { event: 'account.updated', text: 'FLAGGED' }],
		['Contact a customer updated: stop', { event: 'contact.updated', text: 'stop' }],
		['Message from Asha Rao', { contact: { ...asha, phone: null } }],
		['Message from Asha Rao (US.1)', { contact: { phone: null, name: 'Asha Rao', id: 'US.1' } }],
		['Message from a customer: Hi', { messageType: 'text', text: 'Hi' }],
		['Message to a customer delivered', { event: 'message.delivered' }],
		['Message to a customer read: Hi', { event: 'message.read', text: 'Hi' }],
		[
			'Message to +919876543210 sent',
			{ event: 'message.sent', messageId: 'wamid.1', contact: { ...asha, name: null } },
		],
		[
			'Image to a customer (wamid.1) failed: 131026',
			{
				event: 'message.failed',
				messageId: 'wamid.1',
				messageType: 'image',
				error: { code: '131026', message: null, details: null, help: null },
			},
		],
		['Message to a customer sent from elsewhere', { event: 'message.echo' }],
		['Form from a customer', { event: 'form.submitted' }],
		['Call (US.1): Hi', { event: 'other', messageType: 'call', text: 'Hi', contact: usOne }],
		[
			'message.incoming: No credits',
			{
				event: 'other',
				error: { code: '1', message: 'No credits', details: null, help: null },
			},
		],
		['Account: message.incoming', { event: 'account.updated' }],
		['Contact Asha Rao (+919876543210) updated', { event: 'contact.updated', contact: asha }],
		['message.incoming', { event: 'other' }],
		['Unnamed event', { event: 'other', providerEvent: '' }],
		[
			'message.incoming (Asha Rao (+919876543210)): Hi',
			{ event: 'other', contact: asha, text: 'Hi' },
		],
	])('is "%s"', (expected, draft) => {
		expect(summaryOf(draft)).toBe(expected);
	});

	it('is one line, whatever the customer wrote', () => {
		expect(summaryOf({ text: ' one\r\n\ttwo\u2028three\u0000four ' })).toBe(
			'Message from a customer: one two three four',
		);
	});

	it.each([
		['two  spaces', 'two spaces'],
		['a\ttab', 'a tab'],
		['a bell\u0007', 'a bell'],
		['no-break\u00a0space', 'no-break space'],
		[' around ', 'around'],
		['as it is', 'as it is'],
	])('writes the text %j as %j', (text, expected) => {
		expect(summaryOf({ text })).toBe(`Message from a customer: ${expected}`);
	});

	it('cuts a text at 200 characters without breaking an emoji', () => {
		const prefix = 'Message from a customer: ';

		expect(summaryOf({ text: '🙏'.repeat(200) })).toBe(prefix + '🙏'.repeat(200));
		expect(summaryOf({ text: '🙏'.repeat(201) })).toBe(`${prefix}${'🙏'.repeat(199)}…`);
		expect(summaryOf({ text: `${' '.repeat(5_000)}hello` })).toBe(`${prefix}hello`);
		expect(summaryOf({ text: `${'x '.repeat(99)}${' '.repeat(999)}🙏!🙏` })).toBe(
			`${prefix}${'x '.repeat(99)}🙏…`,
		);
		expect(summaryOf({ text: 'x'.repeat(100_000) })).toBe(`${prefix}${'x'.repeat(199)}…`);
	});
});
