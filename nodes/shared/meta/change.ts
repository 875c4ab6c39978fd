import type { EventName } from '../core/item/events';
import type { Item } from '../core/item/item';
import type { EventDraft } from '../core/item/draft';
import { firstText, objectOf, objectsOf, type JsonObject } from '../core/values/json';
import { addressOf, phoneOf } from '../core/values/phone';
import { firstTimeOf, timeOf } from '../core/values/time';
import { groupChat } from './chat';
import { metaError } from './error';
import { metaContact, findPerson, notOurs, peopleOf, type People } from './people';

/** A change that is one event as a whole: a template, an account, or an unknown one. */
export function changeDraft(
	event: EventName,
	value: JsonObject,
	entryTime: unknown,
	business: Item['business'],
): EventDraft {
	const error = event === 'other' ? metaError(value.errors) : undefined;
	return {
		event,
		key: null,
		occurredAt: firstTimeOf(value.timestamp, timeInLists(value), entryTime),
		text: textOfChange(value),
		business: {
			...business,
			phone: business.phone ?? phoneOf(value.display_phone_number) ?? phoneOf(value.phone_number),
		},
		...(event === 'template.updated' ? { template: changedTemplate(value) } : {}),
		...(event === 'account.updated' ? { account: value } : {}),
		...(error ? { error } : {}),
		...personIn(value, business),
		...callIn(value, business),
		...groupIn(value),
	};
}

/** The customer of a handover, of history, or of messages somebody else handles, if it's one person. */
function personIn(value: JsonObject, business: Item['business']): Pick<EventDraft, 'contact'> {
	const messages = objectsOf(value.messages);
	if (messages.some(({ group_id }) => group_id !== undefined)) return {};
	const people = [
		firstText(objectOf(value.sender), 'phone_number'),
		...objectsOf(value.history).flatMap(({ threads }) =>
			objectsOf(threads).map((thread) => firstText(thread, 'id')),
		),
		...messages.map((message) =>
			notOurs([firstText(message, 'from'), firstText(message, 'to')], business),
		),
	];
	const [person = null, ...others] = new Set(people.filter((id) => id !== null));
	if (person === null || others.length > 0) return {};
	const userId = phoneOf(person) === null ? person : null;
	return {
		contact: metaContact(person, userId, findPerson(peopleOf(value.contacts), person)),
	};
}

/** The two sides of a call, if the change is about one call. */
function callIn(
	{ calls, contacts }: JsonObject,
	business: Item['business'],
): Pick<EventDraft, 'direction' | 'from' | 'to' | 'contact'> {
	const [call, ...others] = objectsOf(calls);
	if (!call || others.length > 0) return {};
	const isOurs = call.direction === 'BUSINESS_INITIATED';
	const from = firstText(call, 'from');
	const to = firstText(call, 'to');
	// Meta's samples of outgoing calls have our number in either place.
	const phone = notOurs(isOurs ? [to, from] : [from, to], business);
	const userId = firstText(call, isOurs ? 'to_user_id' : 'from_user_id');
	return {
		direction: isOurs ? 'outbound' : 'inbound',
		from: isOurs ? business.phone : addressOf(phone),
		to: isOurs ? addressOf(phone) : business.phone,
		contact: metaContact(phone, userId, findPerson(peopleOf(contacts), phone, userId)),
	};
}

/** The group a change is about, with its name. */
function groupIn({ groups }: JsonObject): Pick<EventDraft, 'chat'> {
	const [group, ...others] = objectsOf(groups);
	if (!group || others.length > 0) return {};
	const name = firstText(group, 'subject') ?? firstText(objectOf(group.group_subject), 'text');
	return { chat: groupChat(firstText(group, 'group_id'), name) };
}

/** The first time in the lists of a change: those of calls, groups, and automatic events have one each. */
function timeInLists(value: JsonObject): string | null {
	for (const list of Object.values(value)) {
		for (const { timestamp } of objectsOf(list)) {
			const time = timeOf(timestamp);
			if (time !== null) return time;
		}
	}
	return null;
}

/** One of `user_preferences[]`, `state_sync[]` or `user_id_update[]`: a change about a customer. */
export function personDraft(
	change: JsonObject,
	people: People,
	entryTime: unknown,
	business: Item['business'],
): EventDraft {
	const card = objectOf(change.contact);
	const phone = firstText(change, 'wa_id') ?? firstText(card, 'phone_number', 'wa_id');
	// A changed user ID is an object with the old and the new ID.
	const changed = objectOf(change.user_id);
	const oldUserId = firstText(changed, 'previous');
	const userId =
		firstText(change, 'user_id') ?? firstText(changed, 'current') ?? firstText(card, 'user_id');
	const person = findPerson(people, phone, userId, oldUserId);
	const { phone: number, name, id, username } = metaContact(phone, userId, person);
	const what = [firstText(change, 'category', 'action'), firstText(change, 'value')];
	return {
		event: 'contact.updated',
		key: null,
		occurredAt: firstTimeOf(change.timestamp, objectOf(change.metadata).timestamp, entryTime),
		text: what.filter((part) => part !== null).join(': ') || firstText(change, 'detail'),
		from: oldUserId ?? addressOf(phone) ?? userId,
		contact: {
			phone: number,
			name: name ?? firstText(card, 'full_name', 'first_name'),
			id,
			username,
		},
		business,
	};
}

/** A change in words: the event, then the reason, if there is one. */
function textOfChange(value: JsonObject): string | null {
	const from = firstText(value, 'previous_category', 'previous_quality_score', 'old_status');
	const to = firstText(value, 'new_category', 'new_quality_score', 'new_status');
	const parts = [
		firstText(value, 'event', 'decision', 'status'),
		firstText(objectOf(value.alert_info), 'alert_type'),
		from && to ? `${from} → ${to}` : (to ?? from),
		firstText(value, 'message', 'warning', 'rejection_reason', 'reason'),
		firstText(objectOf(value.alert_info), 'alert_description'),
	];
	const known = parts.filter((part) => part !== null && part !== 'NONE');
	return known.length > 0 ? known.join(': ') : null;
}

function changedTemplate(value: JsonObject): NonNullable<Item['template']> {
	const reason = firstText(value, 'reason');
	return {
		id: firstText(value, 'message_template_id'),
		name: firstText(value, 'message_template_name'),
		language: firstText(value, 'message_template_language'),
		category: firstText(value, 'message_template_category', 'new_category', 'category'),
		status: firstText(value, 'event', 'new_quality_score'),
		// Meta writes NONE if a template wasn't rejected.
		reason: reason === 'NONE' ? null : reason,
	};
}
