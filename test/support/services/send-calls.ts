/**
 * How each provider's API sends a text, for the recipes and their tests. Paths and bodies are JavaScript as n8n
 * evaluates it in an expression.
 */
export interface SendCall {
	/** What a person types who follows the recipe, by its name in the path. */
	typed?: Record<string, string>;
	/**
	 * Below the API's base URL, with n8n's expressions in `{{ }}`.
	 *
	 * @param item the trigger's item, as an expression reaches it: `$json`
	 */
	path(item: string): string;
	/** The header that carries the key, and what it's made of. */
	header: { name: string; value(key: string): string };
	/** JSON unless given. */
	contentType?: 'application/x-www-form-urlencoded';
	/** The body as an expression. A field that's undefined isn't sent. */
	body(item: string, text: string): string;
}

const bearer = { name: 'authorization', value: (key: string) => `Bearer ${key}` };
const header = (name: string) => ({ name, value: (key: string) => key });

/** A number goes into `to`, and a user ID into `recipient`: in `to` it would be lost without an error. */
const number = (item: string) => `/^\\+?\\d+$/.test(${item}.replyTo) ? ${item}.replyTo : undefined`;
const userId = (item: string) => `/^\\+?\\d+$/.test(${item}.replyTo) ? undefined : ${item}.replyTo`;

/** Meta's body, for those that relay it: a group's ID goes into `to`, and `recipient_type` says so. */
const metaBody: SendCall['body'] = (item, text) => {
	const isGroup = `${item}.conversation.kind === 'group'`;
	return `{
		messaging_product: 'whatsapp',
		recipient_type: ${isGroup} ? 'group' : 'individual',
		to: ${isGroup} ? ${item}.replyTo : ${number(item)},
		recipient: ${isGroup} ? undefined : ${userId(item)},
		type: 'text',
		text: { body: ${text} }
	}`;
};

/**
 * By the provider's ID. PingMate documents no call. Calls for SMS differ, except for Twilio's.
 *
 * Sources: WhatsApp Business Platform, "Messages", "Groups API", and "Business-scoped user IDs"; 360dialog,
 * "Messaging"; ChakraHQ's API reference, "Send WhatsApp Message"; YCloud's Node.js SDK 1.16; Chirp's API reference;
 * Twilio, "Messages resource"; WAHA, "Send messages"; Evolution API's source, 2.3. Of ChatMitra's, software that
 * calls it.
 */
export const SEND_CALLS: Readonly<Record<string, SendCall>> = {
	meta: {
		path: (item) => `/v25.0/{{ ${item}.business.phoneNumberId }}/messages`,
		header: bearer,
		body: metaBody,
	},
	'360dialog': { path: () => '/messages', header: header('d360-api-key'), body: metaBody },
	chakrahq: {
		// Its own format doesn't name the number's ID.
		typed: { plugin: '00000000-0000-4000-8000-000000000001', number: '694794789348887' },
		path: (item) =>
			`/v1/ext/plugin/whatsapp/:plugin/api/v25.0/{{ ${item}.business.phoneNumberId ?? ':number' }}/messages`,
		header: bearer,
		body: metaBody,
	},
	ycloud: {
		path: () => '/v2/whatsapp/messages/sendDirectly',
		header: header('x-api-key'),
		body: (item, text) => `{
			from: ${item}.business.phone,
			to: ${number(item)},
			recipient: ${userId(item)},
			type: 'text',
			text: { body: ${text} }
		}`,
	},
	chirp: {
		path: () => '/v1/whatsapp/messages',
		header: bearer,
		body: (item, text) => `{
			from: ${item}.business.phone,
			to: ${item}.replyTo,
			type: 'text',
			text: { body: ${text} }
		}`,
	},
	twilio: {
		path: (item) => `/2010-04-01/Accounts/{{ ${item}.business.accountId }}/Messages.json`,
		header: {
			name: 'authorization',
			value: (key) => `Basic ${Buffer.from(key).toString('base64')}`,
		},
		contentType: 'application/x-www-form-urlencoded',
		body: (item, text) => `{
			From: (${item}.channel === 'sms' ? '' : 'whatsapp:') + ${item}.business.phone,
			To: ${item}.replyTo,
			Body: ${text}
		}`,
	},
	chatmitra: {
		path: () => '/developer/api/send_message',
		header: bearer,
		body: (item, text) => `{
			recipient_mobile_number: ${item}.replyTo,
			messages: [{ kind: 'raw', payload: { type: 'text', text: { body: ${text} } } }]
		}`,
	},
	waha: {
		path: () => '/api/sendText',
		header: header('x-api-key'),
		body: (item, text) =>
			`{ session: ${item}.business.accountId, chatId: ${item}.replyTo, text: ${text} }`,
	},
	evolution: {
		path: (item) => `/message/sendText/{{ ${item}.business.accountId }}`,
		header: header('apikey'),
		body: (item, text) => `{ number: ${item}.replyTo, text: ${text} }`,
	},
};
