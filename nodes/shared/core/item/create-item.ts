import { sizeOf } from '../values/bounds';
import { jsonOf } from '../values/canonical-json';
import { conversationOf, type ChatFormat } from './conversation';
import { hashKey, rawKey } from './event-key';
import type { Draft } from './draft';
import type { Item } from './item';
import type { JsonObject } from '../values/json';
import { summarize } from './summary';

/** The fields that are present only when they apply, in the order n8n's editor shows them. */
const OPTIONAL_FIELDS = Object.keys({
	error: true,
	media: true,
	location: true,
	contacts: true,
	interactive: true,
	reaction: true,
	order: true,
	referral: true,
	context: true,
	form: true,
	template: true,
	pricing: true,
	account: true,
	// A list without one of them doesn't compile; otherwise its field would be dropped silently.
} satisfies Record<OptionalField, true>) as OptionalField[];

type OptionalField = Exclude<
	{ [Field in keyof Item]-?: undefined extends Item[Field] ? Field : never }[keyof Item],
	'raw'
>;

const NO_CONTACT: Readonly<Item['contact']> = { phone: null, name: null, id: null, username: null };
const NO_BUSINESS: Readonly<Item['business']> = {
	phone: null,
	phoneNumberId: null,
	accountId: null,
};

/** The provider's part of an item. */
export interface ItemSource {
	/** The value of the item's `provider` field. */
	id: string;
	chats: ChatFormat;
}

/**
 * An item in the published form, with every required field present, its `eventId`, `conversation`, and
 * `summary`.
 *
 * @param source the provider
 * @param body the body it came in, which becomes `raw` unless the draft has its own
 */
export function createItem(source: ItemSource, draft: Draft, body: unknown): Item {
	const { id: provider, chats } = source;
	const raw = draft.raw ?? body;
	// In the order n8n's editor shows them, with what people look for first.
	const item: Item = {
		event: draft.event,
		summary: '',
		text: draft.text ?? null,
		contact: { ...NO_CONTACT, ...draft.contact },
		conversation: { id: null, kind: null, name: null },
		replyTo: null,
		occurredAt: draft.occurredAt ?? null,
		messageType: draft.messageType ?? null,
		status: draft.status ?? null,
		direction: draft.direction ?? null,
		from: draft.from ?? null,
		to: draft.to ?? null,
		channel: draft.channel ?? 'whatsapp',
		messageId: draft.messageId ?? null,
		// A copy: the items of a batch share their draft's, and a downstream node may change one item.
		business: { ...(draft.business ?? NO_BUSINESS) },
		provider,
		providerEvent: draft.providerEvent,
		eventId: `${provider}:${draft.event}:${keyInEventId(draft.key, raw)}`,
	};
	for (const field of OPTIONAL_FIELDS) {
		const value = draft[field];
		if (value !== undefined) (item as Record<string, unknown>)[field] = value;
	}
	if (item.form) item.form = { ...item.form, fields: bounded(item.form.fields) };
	if (item.account) item.account = bounded(item.account);
	Object.assign(item, conversationOf(provider, chats, { ...item, chat: draft.chat }));
	item.summary = summarize(item);
	item.raw = sizeOf(raw) === Infinity ? jsonOf(raw) : raw;
	return item;
}

/** An object with values the sender chose. Empty if it exceeds the bounds, since `raw` has it as text. */
function bounded(fields: JsonObject): JsonObject {
	return sizeOf(fields) === Infinity ? {} : fields;
}

/** No provider's IDs are longer. A longer one is remembered by its hash, which needs less memory. */
const LONGEST_KEY = 256;

function keyInEventId(key: string | null, raw: unknown): string {
	if (key === null) return rawKey(raw);
	return key.length > LONGEST_KEY ? hashKey(key) : key;
}
