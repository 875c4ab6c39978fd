import type { Draft, EventDraft } from '../core/item/draft';
import type { Item } from '../core/item/item';
import { firstText, isObject, objectOf, textOf, type JsonObject } from '../core/values/json';
import { phoneOf } from '../core/values/phone';
import { timeOf } from '../core/values/time';
import { changeDraft, personDraft } from './change';
import { kindOfField } from './fields';
import { echoDraft, messageDraft } from './message';
import { findPerson, peopleOf, type People } from './people';
import { statusDraft } from './status';

/**
 * Meta's webhook format of the WhatsApp Cloud API (WhatsApp Business Platform, webhooks), for every
 * provider that relays it: `{ object, entry: [{ id, time, changes: [{ field, value }] }] }`, with up
 * to 1,000 updates in one delivery.
 */

/**
 * The lists of a change's value whose elements each become an item. `messageEchoes` is one relay's spelling
 * of Meta's name.
 */
const LISTS = [
	'messages',
	'statuses',
	'message_echoes',
	'messageEchoes',
	'message_template_sends',
	'user_preferences',
	'state_sync',
	'user_id_update',
] as const;

type List = (typeof LISTS)[number];

const isList = (key: string) => LISTS.some((list) => list === key);

/** Whether a body is in Meta's format. */
export function isMetaFormat(body: JsonObject): boolean {
	return Array.isArray(body.entry);
}

/** The drafts of a body in Meta's format, in payload order: every entry, change, and list element. */
export function* normalizeMeta(body: JsonObject): Iterable<Draft> {
	for (const entry of listOf(body.entry)) {
		const changes = listOf(objectOf(entry).changes);
		if (changes.length === 0) yield entryDraft(entry);
		for (const change of changes) yield* draftsOfChange(objectOf(entry), change);
	}
}

/** An entry without changes, as Meta's other products send. It must not be lost among others. */
function entryDraft(entry: unknown): Draft {
	return {
		event: 'other',
		providerEvent: firstText(objectOf(entry), 'field') ?? 'unknown',
		key: null,
		occurredAt: timeOf(objectOf(entry).time),
		raw: { entry },
	};
}

function* draftsOfChange(entry: JsonObject, change: unknown): Iterable<Draft> {
	const envelope = objectOf(change);
	const value = objectOf(envelope.value);
	// Meta's documentation sometimes has the field's name in other places.
	const field = textOf(envelope.field) ?? textOf(value.field) ?? textOf(entry.field) ?? 'unknown';
	const accountId = firstText(entry, 'id');
	const head = { id: entry.id, ...(entry.time === undefined ? {} : { time: entry.time }) };
	const raw = (cut: JsonObject) => ({ entry: head, change: cut });
	const { kind, event } = kindOfField(field);
	const business = businessOf(value, accountId);
	const whole = (): Draft => ({
		...changeDraft(event, value, entry.time, business),
		providerEvent: field,
		raw: raw(isObject(change) ? change : { value: change }),
	});
	if (kind === 'whole' || !hasList(value)) {
		yield whole();
		return;
	}
	yield* draftsOfLists(value, {
		kind,
		providerEvent: field,
		business,
		entryTime: entry.time,
		rawOf: (cut) => raw({ ...envelope, value: cut }),
	});
}

/** The common data of a list's drafts. */
interface ListContext {
	/** Whether an element of `messages` is a customer's message or one our side sent from elsewhere. */
	kind: 'messages' | 'echoes' | 'people';
	providerEvent: string;
	business: Item['business'];
	/** For elements without a time. */
	entryTime: unknown;
	/** The raw part of an item, from its value with the lists reduced to the item's element. */
	rawOf: (cut: JsonObject) => unknown;
}

/** Whether one of a value's lists has an element. */
export function hasList(value: JsonObject): boolean {
	return LISTS.some((list) => listOf(value[list]).length > 0);
}

/** A draft for each element of a value's lists, in payload order. */
export function* draftsOfLists(value: JsonObject, context: ListContext): Iterable<Draft> {
	const { providerEvent, rawOf } = context;
	const people = peopleOf(value.contacts);
	const frame = Object.fromEntries(Object.entries(value).filter(([key]) => !isList(key)));
	for (const list of LISTS) {
		for (const element of listOf(value[list])) {
			const cut = { ...frame, ...contactsOf(element, people), [list]: [element] };
			const draft = draftOf(list, element, people, context);
			draft.occurredAt ??= timeOf(context.entryTime);
			yield Object.assign(draft, { providerEvent, raw: rawOf(cut) });
		}
	}
}

/** One element of a list. Even if it isn't an object, it becomes an item. */
function draftOf(
	list: List,
	element: unknown,
	people: People,
	{ kind, business, entryTime }: ListContext,
): EventDraft {
	if (!isObject(element)) return { event: 'other', key: null, business };
	switch (list) {
		case 'messages':
			return kind === 'echoes'
				? echoDraft(element, people, business)
				: messageDraft(element, people, business);
		case 'statuses':
			return statusDraft(element, people, business);
		case 'message_echoes':
		case 'messageEchoes':
		case 'message_template_sends':
			return echoDraft(element, people, business);
		case 'user_preferences':
		case 'state_sync':
		case 'user_id_update':
			return personDraft(element, people, entryTime, business);
	}
}

/**
 * The contacts to keep in an item's raw part: of several, only the person the element names. Otherwise, a
 * batch of 1,000 would have 1,000 people in each of its 1,000 items.
 */
function contactsOf(element: unknown, people: People): JsonObject {
	if (people.size < 2 || !isObject(element)) return {};
	for (const key of PERSON_ID_FIELDS) {
		const person = findPerson(people, textOf(element[key]));
		if (person) return { contacts: [person] };
	}
	return {};
}

/** The fields in which an element names its person. */
const PERSON_ID_FIELDS = [
	'from',
	'from_user_id',
	'to',
	'to_user_id',
	'recipient_id',
	'recipient_user_id',
	'recipient_participant_id',
	'participant_recipient_id',
	'recipient_participant_user_id',
	'participant_recipient_user_id',
	'wa_id',
	'user_id',
];

/** Our side, as a value's metadata names it, and a handover's recipient. */
export function businessOf(value: JsonObject, accountId: string | null): Item['business'] {
	const metadata = objectOf(value.metadata ?? value.recipient);
	return {
		phone: phoneOf(metadata.display_phone_number),
		phoneNumberId: firstText(metadata, 'phone_number_id'),
		accountId,
	};
}

/** A list's elements. Any other value counts as a list of one. */
function listOf(value: unknown): unknown[] {
	if (Array.isArray(value)) return value;
	return value === undefined || value === null ? [] : [value];
}
