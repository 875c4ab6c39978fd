import { contentOf } from '../shared/core/item/content';
import type { Draft, EventDraft } from '../shared/core/item/draft';
import { messageKey, statusKey, UNKNOWN_CODE } from '../shared/core/item/event-key';
import { eventOfStatus } from '../shared/core/item/events';
import type { Item } from '../shared/core/item/item';
import {
	firstObject,
	firstText,
	objectOf,
	objectsOf,
	textOf,
	type JsonObject,
} from '../shared/core/values/json';
import { addressOf, phoneOf } from '../shared/core/values/phone';
import { firstTimeOf, timeOf } from '../shared/core/values/time';
import { wamidOf } from '../shared/core/item/wamid';
import { formOf } from './form';

/**
 * The draft of a PingMate event.
 *
 * Only `message.report` is documented with a sample. For `message.incoming` and `form.submitted` PingMate
 * only says `data.object` contains the message or the form's fields, so they're looked up under names
 * providers commonly use, and nothing is required.
 */
export function normalize(body: JsonObject): Draft[] {
	const type = nameOfEvent(body) ?? 'unknown';
	const data = objectOf(body.data);
	const object = firstObject(data, 'object') ?? data;
	const { occurredAt, ...draft } = draftOf(type, object);
	return [
		{
			...draft,
			providerEvent: type,
			key: textOf(body.id) ?? draftKey(draft),
			occurredAt: firstTimeOf(occurredAt, object.timestamp, body.created_at),
		},
	];
}

/** PingMate's own name of an event, or null. */
export function nameOfEvent(body: JsonObject): string | null {
	return typeof body.type === 'string' ? textOf(body.type) : null;
}

/** Its time is in a field only its kind of event has; the other times are in the envelope. */
type ObjectDraft = Omit<EventDraft, 'key'>;

function draftOf(type: string, object: JsonObject): ObjectDraft {
	switch (type) {
		case 'message.incoming':
			return incomingDraft(object);
		case 'message.report':
			return reportDraft(object);
		case 'form.submitted':
			return formDraft(object);
		default:
			return { event: 'other' };
	}
}

/** Without an envelope ID: the message's ID, with its status if the event has one. */
function draftKey(draft: ObjectDraft): string | null {
	if (draft.status) return statusKey(draft);
	// Of other events a message may have several.
	return draft.event === 'other'
		? null
		: messageKey({ ...draft, messageId: draft.messageId ?? null });
}

/** The delivery status of a message of ours; uppercase in the sample, lowercase in the text. */
function reportDraft(object: JsonObject): ObjectDraft {
	const recipient = objectOf(object.recipient);
	const status = firstText(object, 'status')?.toLowerCase() ?? null;
	const event = eventOfStatus(status);
	const to = addressOf(firstText(recipient, 'phone_number') ?? object.to);
	return {
		event,
		occurredAt: timeOf(object.reported_at),
		direction: 'outbound',
		messageId:
			firstText(object, 'message_id', 'messageId', 'wamid') ??
			// PingMate's sample has WhatsApp's id of the message here.
			wamidOf(recipient.customer_id) ??
			wamidOf(object.id),
		to,
		contact: { phone: phoneOf(to), name: firstText(recipient, 'name'), id: null },
		status,
		...(event === 'message.failed' ? { error: pingMateError(object) } : {}),
	};
}

/** Why a message failed. PingMate doesn't document where the reason is. */
function pingMateError(object: JsonObject): NonNullable<Item['error']> {
	const error = firstObject(object, 'error', 'failure') ?? objectsOf(object.errors)[0] ?? {};
	const reason = firstText(
		object,
		'error',
		'reason',
		'failure_reason',
		'fail_reason',
		'description',
	);
	return {
		code: firstText(error, 'code') ?? firstText(object, 'error_code', 'code') ?? UNKNOWN_CODE,
		message: firstText(error, 'message', 'title') ?? reason ?? 'PingMate gave no reason',
		details: firstText(error, 'details') ?? firstText(objectOf(error.error_data), 'details'),
		help: 'In PingMate open Dashboard → Webhook → the endpoint → View Messages, and the eye icon of this event',
	};
}

/** A message from a customer, in the object itself or under `message`. */
function incomingDraft(object: JsonObject): ObjectDraft {
	const message = firstObject(object, 'message') ?? object;
	const from = addressOf(senderOf(object, message));
	const to = addressOf(
		firstText(message, 'to', 'recipient', 'business_phone_number') ??
			firstText(objectOf(object.recipient), 'phone_number'),
	);
	return {
		event: 'message.received',
		occurredAt: timeOf(message.timestamp),
		direction: 'inbound',
		messageId: messageIdOf(object, message),
		from,
		to,
		contact: { phone: phoneOf(from), name: customerName(object, message), id: null },
		business: { phone: phoneOf(to), phoneNumberId: null, accountId: null },
		...contentOf(message),
	};
}

/** WhatsApp's id of a message before one of PingMate's own. */
function messageIdOf(object: JsonObject, message: JsonObject): string | null {
	const names = ['message_id', 'messageId', 'wamid'];
	return (
		firstText(message, ...names) ??
		firstText(object, ...names) ??
		wamidOf(message.id) ??
		wamidOf(object.id) ??
		// The sample of a report has it here.
		wamidOf(personOf(object, message).customer_id) ??
		firstText(message, 'id') ??
		firstText(object, 'id')
	);
}

/**
 * A form. PingMate names the sender; a phone number or a name typed into the form is only an answer, and
 * doesn't identify anyone.
 */
function formDraft(object: JsonObject): ObjectDraft {
	const person = personOf(object, object);
	const from = addressOf(firstText(person, ...PHONE_KEYS) ?? firstText(object, 'from', 'sender'));
	return {
		event: 'form.submitted',
		occurredAt: firstTimeOf(object.submitted_at, objectOf(object.form).submitted_at),
		direction: 'inbound',
		messageId: firstText(object, 'message_id', 'messageId', 'wamid'),
		messageType: 'form',
		from,
		contact: { phone: phoneOf(from), name: personName(person), id: null },
		form: formOf(object),
	};
}

const SENDER_OBJECTS = ['sender', 'customer', 'contact', 'from', 'user'];
const PHONE_KEYS = ['phone_number', 'phoneNumber', 'phone', 'wa_id'];

/** The customer's object, around the message or in it; empty if there is none. */
function personOf(object: JsonObject, message: JsonObject): JsonObject {
	return firstObject(object, ...SENDER_OBJECTS) ?? firstObject(message, ...SENDER_OBJECTS) ?? {};
}

/** The customer's number: in a field of the message, or in the person's object. */
function senderOf(object: JsonObject, message: JsonObject): string | null {
	return (
		firstText(message, 'from', 'sender', ...PHONE_KEYS) ??
		firstText(personOf(object, message), ...PHONE_KEYS) ??
		firstText(object, 'from', 'sender', ...PHONE_KEYS)
	);
}

function customerName(object: JsonObject, message: JsonObject): string | null {
	return (
		personName(personOf(object, message)) ??
		firstText(object, 'sender_name', 'customer_name', 'profile_name')
	);
}

function personName(person: JsonObject): string | null {
	return (
		firstText(person, 'name', 'profile_name', 'full_name') ??
		firstText(objectOf(person.profile), 'name')
	);
}
