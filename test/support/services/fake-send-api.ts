import type { JsonObject } from '../../../nodes/shared/core/values/json';
import { FakeApiServer, type FakeResponse } from '../../kit/fake-api-server';
import type { LoopbackRequest } from '../../kit/loopback-server';

/** A text that an API was asked to send. */
export interface SentText {
	/** The address as it was given, without a prefix. */
	recipient: string;
	text: string;
	/**
	 * What becomes of it: `dropped` is answered like a success and reaches nobody; `doubtful` is what the
	 * documents don't say, or say in two ways.
	 */
	fate: 'delivered' | 'dropped' | 'doubtful';
}

/** What one API makes of a request whose key is right. */
type Reader = (path: string, body: JsonObject) => { answer: FakeResponse; sent?: SentText };

interface SendApi {
	/** Its header with the key, in lower case, and the header's whole value. */
	header: [name: string, value: (key: string) => string];
	contentType: string;
	unauthorized: FakeResponse;
	read: Reader;
}

const DIGITS = /^[1-9]\d{6,14}$/;
const E164 = /^\+[1-9]\d{6,14}$/;
const USER_ID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;

const rejected = (status: number, body: unknown) => ({ answer: { status, body } });

const metaError = (status: number, code: number, message: string) =>
	rejected(status, { error: { message, type: 'OAuthException', code } });

/**
 * Meta's body (WhatsApp Business Platform, "Messages", "Groups API", "Business-scoped user IDs"): a number in
 * `to`, a user ID in `recipient`, a group's ID in `to` with its `recipient_type`. Of both, `to` wins. A user
 * ID in `to` gets 200 and a message ID, and is dropped.
 *
 * @param numberForm the form of a number in `to`
 */
function readMeta(
	pathForm: RegExp,
	numberForm: RegExp,
	isRelayed: boolean,
	made: (id: string) => unknown,
): Reader {
	return (path, body) => {
		if (!pathForm.test(path)) return metaError(404, 2500, `Unknown path components: ${path}`);
		const { messaging_product, recipient_type = 'individual', type, to, recipient, text } = body;
		const words = (text as { body?: unknown } | undefined)?.body;
		if (messaging_product !== 'whatsapp' || type !== 'text' || !isText(words)) {
			return metaError(400, 100, 'Invalid parameter');
		}
		const isGroup = recipient_type === 'group';
		if (!isGroup && recipient_type !== 'individual') return metaError(400, 100, 'recipient_type');
		const sent = (address: unknown, fate: SentText['fate']) => ({
			answer: { body: made('wamid.SENT') },
			sent: { recipient: String(address), text: words, fate },
		});
		// What a relay does with Meta's newer fields isn't documented.
		const newer = isRelayed ? 'doubtful' : 'delivered';
		if (isText(to)) {
			const isNumber = numberForm.test(to);
			if (isGroup) return isNumber ? metaError(400, 131009, 'to') : sent(to, newer);
			if (isNumber) return sent(to, 'delivered');
			return USER_ID.test(to) ? sent(to, 'dropped') : metaError(400, 131009, 'to');
		}
		return isText(recipient) && USER_ID.test(recipient) && !isGroup
			? sent(recipient, newer)
			: metaError(400, 100, 'The parameter to is required.');
	};
}

const metaResponse = (id: string) => ({ messaging_product: 'whatsapp', messages: [{ id }] });
const META_UNAUTHORIZED = metaError(401, 190, 'Invalid OAuth access token').answer;
const bearer: SendApi['header'] = ['authorization', (key) => `Bearer ${key}`];
const json = 'application/json';

/** Each API as its documents have it; for where they are, see the providers' pages. */
const APIS: Readonly<Record<string, SendApi>> = {
	meta: {
		header: bearer,
		contentType: json,
		unauthorized: META_UNAUTHORIZED,
		read: readMeta(/^\/v\d+\.\d\/\d+\/messages$/, /^\+?[1-9]\d{6,14}$/, false, metaResponse),
	},
	'360dialog': {
		header: ['d360-api-key', (key) => key],
		contentType: json,
		unauthorized: META_UNAUTHORIZED,
		read: readMeta(/^\/messages$/, /^\+?[1-9]\d{6,14}$/, false, metaResponse),
	},
	chakrahq: {
		header: bearer,
		contentType: json,
		unauthorized: { status: 401, body: { _errors: ['Unauthorized'] } },
		read: readMeta(
			/^\/v1\/ext\/plugin\/whatsapp\/[0-9a-f-]{36}\/api\/v\d+\.\d\/\d+\/messages$/,
			DIGITS,
			true,
			(id) => ({ _data: { whatsappMessageId: id }, _meta: {}, _errors: [] }),
		),
	},
	ycloud: {
		header: ['x-api-key', (key) => key],
		contentType: json,
		unauthorized: { status: 401, body: { error: { status: 401, code: 'UNAUTHORIZED' } } },
		read: (path, { from, to, recipient, type, text }) => {
			const invalid = (target: string) =>
				rejected(400, { error: { status: 400, code: 'PARAM_INVALID', target } });
			const words = (text as { body?: unknown } | undefined)?.body;
			if (path !== '/v2/whatsapp/messages/sendDirectly') return rejected(404, {});
			if (!isText(from) || !E164.test(from)) return invalid('from');
			if (type !== 'text' || !isText(words)) return invalid('text');
			const address = to ?? recipient;
			const form = to === undefined ? USER_ID : E164;
			return isText(address) && form.test(address)
				? delivered(address, words, { id: 'y1', wamid: 'wamid.SENT', status: 'accepted' })
				: invalid(to === undefined ? 'recipient' : 'to');
		},
	},
	chirp: {
		header: bearer,
		contentType: json,
		unauthorized: { status: 401, body: { code: 'unauthorized' } },
		read: (path, { from, to, type, text }) => {
			const words = (text as { body?: unknown } | undefined)?.body;
			if (path !== '/v1/whatsapp/messages') return rejected(404, { code: 'not_found' });
			const isValid = [from, to].every((number) => isText(number) && E164.test(number));
			return isValid && type === 'text' && isText(words)
				? delivered(to, words, { id: 'msg_wa_1', status: 'queued' })
				: rejected(400, { code: 'invalid_request' });
		},
	},
	twilio: {
		header: ['authorization', (key) => `Basic ${Buffer.from(key).toString('base64')}`],
		contentType: 'application/x-www-form-urlencoded',
		unauthorized: { status: 401, body: { code: 20003, status: 401 } },
		read: (path, { From, To, Body }) => {
			if (!/^\/2010-04-01\/Accounts\/AC[0-9a-zA-Z]{32}\/Messages\.json$/.test(path)) {
				return rejected(404, { code: 20404, status: 404 });
			}
			if (!isText(Body)) return rejected(400, { code: 21602, status: 400 });
			const [from = '', to = ''] = [From, To].map((address) => (isText(address) ? address : ''));
			const [sender, recipient] = [from, to].map((address) => address.replace(/^whatsapp:/, ''));
			const isWhatsApp = to.startsWith('whatsapp:');
			// Sender and recipient have to be of one channel.
			if (!E164.test(sender ?? '') || from.startsWith('whatsapp:') !== isWhatsApp) {
				return rejected(400, { code: 63007, status: 400 });
			}
			const isNumber = E164.test(recipient ?? '') || (!isWhatsApp && /^\d{3,8}$/.test(to));
			// Rejected in June 2026 (21211), used by others since August.
			const isUserId = isWhatsApp && USER_ID.test(recipient ?? '');
			if (!isNumber && !isUserId) return rejected(400, { code: 21211, status: 400 });
			return {
				answer: { status: 201, body: { sid: `SM${'0'.repeat(32)}`, status: 'queued' } },
				sent: { recipient: to, text: Body, fate: isNumber ? 'delivered' : 'doubtful' },
			};
		},
	},
	chatmitra: {
		header: bearer,
		contentType: json,
		unauthorized: { status: 401, body: {} },
		read: (path, { recipient_mobile_number: to, messages }) => {
			if (path !== '/developer/api/send_message') return rejected(404, {});
			const [message] = (Array.isArray(messages) ? messages : []) as {
				kind?: string;
				payload?: { type?: string; text?: { body?: unknown } };
			}[];
			const words = message?.payload?.text?.body;
			const isRaw = message?.kind === 'raw' && message.payload?.type === 'text';
			return isRaw && isText(words) && isText(to) && DIGITS.test(to)
				? delivered(to, words, { send_status: 'queued', sent_count: 1 })
				: rejected(400, {});
		},
	},
	waha: {
		header: ['x-api-key', (key) => key],
		contentType: json,
		unauthorized: { status: 401, body: { message: 'Unauthorized', statusCode: 401 } },
		read: (path, { session, chatId, text }) => {
			if (path !== '/api/sendText') return rejected(404, { statusCode: 404 });
			const isChat = /^\d+@(c\.us|lid|newsletter)$|^[\d-]+@g\.us$/.test(String(chatId));
			return isText(session) && isText(text) && isChat
				? delivered(chatId, text, { id: `true_${String(chatId)}_SENT` }, 201)
				: rejected(422, { statusCode: 422 });
		},
	},
	evolution: {
		header: ['apikey', (key) => key],
		contentType: json,
		unauthorized: { status: 401, body: { status: 401, error: 'Unauthorized' } },
		read: (path, { number, text }) => {
			if (!/^\/message\/sendText\/[^/]+$/.test(path)) return rejected(404, {});
			if (!isText(number) || !isText(text)) return rejected(400, { status: 400 });
			const isJid = /^[\d-]+@(s\.whatsapp\.net|g\.us|lid|c\.us)$/.test(number);
			const body = { key: { remoteJid: number, fromMe: true, id: 'SENT' }, status: 'PENDING' };
			if (isJid || DIGITS.test(number.replace(/[+\s()-]/g, ''))) {
				return delivered(number, text, body, 201);
			}
			// A channel's ID is taken for a group's or a number.
			return number.endsWith('@newsletter')
				? {
						answer: { status: 201, body },
						sent: { recipient: number, text, fate: 'dropped' },
					}
				: rejected(400, { status: 400, response: { message: [{ exists: false }] } });
		},
	},
};

function isText(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
}

function delivered(recipient: unknown, text: string, body: unknown, status = 200) {
	return {
		answer: { status, body },
		sent: { recipient: String(recipient), text, fate: 'delivered' as const },
	};
}

/** The API by which a provider sends a text, as strict as its documents. */
export class FakeSendApi extends FakeApiServer {
	private readonly sent: SentText[] = [];

	private readonly api: SendApi;

	/**
	 * @param provider its ID
	 * @param key what its header has to be made of
	 */
	constructor(
		provider: string,
		private readonly key: string,
	) {
		super();
		const api = APIS[provider];
		if (!api) throw new Error(`There is no fake of the API of "${provider}"`);
		this.api = api;
	}

	/** What it was asked to send since the last look, oldest first. */
	take(): SentText[] {
		return this.sent.splice(0);
	}

	protected respond({ method, url, headers }: LoopbackRequest, text: string): FakeResponse {
		const { header, contentType, unauthorized, read } = this.api;
		const [name, value] = header;
		if (headers[name] !== value(this.key)) return unauthorized;
		if (method !== 'POST') return { status: 405 };
		if (headers['content-type']?.split(';')[0] !== contentType) return { status: 415 };
		const { answer, sent } = read(url ?? '', parse(text, contentType));
		if (sent) this.sent.push(sent);
		return answer;
	}
}

function parse(text: string, contentType: string): JsonObject {
	return contentType === json
		? (JSON.parse(text) as JsonObject)
		: Object.fromEntries(new URLSearchParams(text));
}
