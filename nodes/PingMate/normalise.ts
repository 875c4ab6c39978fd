import { contentOf } from '../shared/core/content';
import { createItem, type ItemDraft } from '../shared/core/create-item';
import { eventOfStatus, type EventName } from '../shared/core/events';
import type { Item } from '../shared/core/item';
import {
	firstObject,
	firstText,
	objectOf,
	objectsOf,
	textOf,
	type JsonObject,
} from '../shared/core/json';
import { addressOf, phoneOf } from '../shared/core/phone';
import { firstTimeOf } from '../shared/core/time';
import { wamidOf } from '../shared/core/wamid';
import { formOf } from './form';
import { envelopeSchema } from './schema';

/**
 * The item of a PingMate event; none when the envelope is not PingMate's.
 *
 * Only `message.report` is documented with a sample. For `message.incoming` and `form.submitted`
 * PingMate says no more than that `data.object` carries the message or the form's fields, so they
 * are looked up under the names that providers use, and nothing is required.
 */
export function normalise(body: JsonObject): Item[] {
	const envelope = envelopeSchema.safeParse(body);
	if (!envelope.success) return [];

	const { type, data } = envelope.data;
	const object = firstObject(objectOf(data), 'object') ?? objectOf(data);
	const draft = draftOf(type ?? '', object);
	return [
		createItem({
			...draft,
			provider: 'pingmate',
			providerEvent: type ?? 'unknown',
			key: textOf(body.id) ?? keyOf(draft),
			occurredAt: firstTimeOf(object.reported_at, object.timestamp, body.created_at),
			raw: body,
		}),
	];
}

type Draft = Partial<ItemDraft> & { event: EventName };

function draftOf(type: string, object: JsonObject): Draft {
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

/** Without an envelope id: the message's id, and its status when it is one. */
function keyOf({ event, messageId, status }: Draft): string | null {
	if (!messageId) return null;
	if (status) return `${messageId}:${status}`;
	// Of other events a message may have several.
	return event === 'other' ? null : messageId;
}

/** The delivery status of a message of ours; upper case in the sample, lower case in the prose. */
function reportDraft(object: JsonObject): Draft {
	const recipient = objectOf(object.recipient);
	const status = firstText(object, 'status')?.toLowerCase() ?? null;
	const event = eventOfStatus(status);
	const to = addressOf(firstText(recipient, 'phone_number') ?? object.to);
	return {
		event,
		direction: 'outbound',
		messageId:
			firstText(object, 'message_id', 'messageId', 'wamid') ??
			// PingMate's sample has WhatsApp's id of the message here.
			wamidOf(recipient.customer_id) ??
			wamidOf(object.id),
		to,
		contact: { phone: phoneOf(to), name: firstText(recipient, 'name'), id: null },
		status,
		...(event === 'message.failed' ? { error: errorOf(object) } : {}),
	};
}

/** Why a message failed. PingMate does not document where it says so. */
function errorOf(object: JsonObject): NonNullable<Item['error']> {
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
		code: firstText(error, 'code') ?? firstText(object, 'error_code', 'code') ?? 'unknown',
		message: firstText(error, 'message', 'title') ?? reason ?? 'PingMate gave no reason',
		details: firstText(error, 'details') ?? firstText(objectOf(error.error_data), 'details'),
		help: 'In PingMate open Dashboard → Webhook → the endpoint → View Messages, and the eye icon of this event',
	};
}

/** A message from a customer, in the object itself or under `message`. */
function incomingDraft(object: JsonObject): Draft {
	const message = firstObject(object, 'message') ?? object;
	const from = addressOf(senderOf(object, message));
	const to = addressOf(
		firstText(message, 'to', 'recipient', 'business_phone_number') ??
			firstText(objectOf(object.recipient), 'phone_number'),
	);
	return {
		event: 'message.received',
		direction: 'inbound',
		messageId:
			firstText(message, 'message_id', 'messageId', 'wamid', 'id') ??
			firstText(object, 'message_id', 'messageId', 'wamid', 'id'),
		from,
		to,
		contact: { phone: phoneOf(from), name: nameOf(object, message), id: null },
		business: { phone: phoneOf(to), phoneNumberId: null, accountId: null },
		...contentOf(message),
	};
}

function formDraft(object: JsonObject): Draft {
	const form = formOf(object);
	const from = addressOf(senderOf(object, object) ?? form.fields.phone ?? form.fields.phone_number);
	const name = nameOf(object, object) ?? textOf(form.fields.name);
	return {
		event: 'form.submitted',
		direction: 'inbound',
		messageId: firstText(object, 'message_id', 'messageId', 'wamid'),
		messageType: 'form',
		from,
		contact: { phone: phoneOf(from), name, id: null },
		form,
	};
}

const PERSON_KEYS = ['sender', 'customer', 'contact', 'from', 'user'];
const PHONE_KEYS = ['phone_number', 'phoneNumber', 'phone', 'wa_id'];

/** The customer's number: in a field of the message, or in an object that stands for the person. */
function senderOf(object: JsonObject, message: JsonObject): string | null {
	const person = firstObject(object, ...PERSON_KEYS) ?? firstObject(message, ...PERSON_KEYS);
	return (
		firstText(message, 'from', 'sender', ...PHONE_KEYS) ??
		firstText(person ?? {}, ...PHONE_KEYS) ??
		firstText(object, 'from', 'sender', ...PHONE_KEYS)
	);
}

function nameOf(object: JsonObject, message: JsonObject): string | null {
	const person = firstObject(object, ...PERSON_KEYS) ?? firstObject(message, ...PERSON_KEYS) ?? {};
	return (
		firstText(person, 'name', 'profile_name', 'full_name') ??
		firstText(objectOf(person.profile), 'name') ??
		firstText(object, 'sender_name', 'customer_name', 'profile_name')
	);
}
