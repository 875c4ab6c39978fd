import { createItem } from '../shared/core/create-item';
import { eventOfStatus } from '../shared/core/events';
import type { Item } from '../shared/core/item';
import {
	firstObject,
	firstText,
	isObject,
	objectOf,
	objectsOf,
	textOf,
	type JsonObject,
} from '../shared/core/json';
import { addressOf, phoneOf } from '../shared/core/phone';
import { timeOf } from '../shared/core/time';
import { wamidOf } from '../shared/core/wamid';
import { errorOf, noReason } from '../shared/meta/error';
import { echoDraft, messageDraft, type Draft } from '../shared/meta/message';
import { isMetaFormat, normaliseMeta } from '../shared/meta/normalise';
import { peopleOf } from '../shared/meta/people';
import { statusDraft } from '../shared/meta/status';
import { eventSchema } from './schema';

/**
 * The items of a ChakraHQ delivery in either of its two formats, told apart by the body. The same
 * message has the same `eventId` through both.
 */
export function normalise(body: JsonObject): Item[] {
	return isMetaFormat(body) ? normaliseMeta(body, 'chakrahq') : normaliseOwn(body);
}

function normaliseOwn(body: JsonObject): Item[] {
	const parsed = eventSchema.safeParse(body);
	if (!parsed.success) return [];
	const providerEvent = textOf(parsed.data.event) ?? 'unknown';
	return draftsOf(providerEvent, objectOf(parsed.data.payload)).map((draft) =>
		createItem({ ...draft, provider: 'chakrahq', providerEvent, raw: body }),
	);
}

/** The names that ChakraHQ's page uses, and the plural ones that are seen in use. */
function draftsOf(event: string, payload: JsonObject): Draft[] {
	const business = {
		phone: phoneOf(objectOf(payload.metadata).display_phone_number),
		phoneNumberId: firstText(objectOf(payload.metadata), 'phone_number_id'),
		accountId: firstText(payload, 'wabaId'),
	};
	const people = peopleOf(payload.contacts);
	switch (event) {
		case 'message':
		case 'messages':
			return [
				...messagesOf(payload, 'messages').map((message) =>
					withName(messageDraft(message, people, business), payload),
				),
				...objectsOf(payload.statuses).map((status) => statusDraft(status, people, business)),
			];
		case 'status':
		case 'deliveryStatus':
			return [deliveryStatusDraft(payload, business)];
		case 'message_echo':
		case 'message_echoes':
		case 'smb_message_echo':
		case 'smb_message_echoes':
			return messagesOf(payload, 'message_echoes', 'messageEchoes', 'messages').map((message) =>
				echoDraft(message, people, business),
			);
		default:
			return [];
	}
}

/**
 * The messages of a payload: in a list, under `message`, or the payload itself. What a message does
 * not say of itself, the payload around it may.
 */
function messagesOf(payload: JsonObject, ...lists: string[]): JsonObject[] {
	const listed = lists.flatMap((list) => objectsOf(payload[list]));
	// A payload that holds statuses only is no message.
	if (listed.length > 0 || Array.isArray(payload.statuses)) return listed;
	const message = firstObject(payload, 'message') ?? payload;
	const known = {
		id: wamidOf(message.id) ?? wamidOf(payload.externalId) ?? firstText(payload, 'messageId'),
		from: firstText(payload, 'from'),
		to: firstText(payload, 'to', 'recipientId'),
		timestamp: payload.timestamp,
	};
	return [{ ...known, ...message, id: wamidOf(message.id) ?? known.id }];
}

/** A customer's name may stand beside the message instead of among the contacts. */
function withName(draft: Draft, payload: JsonObject): Draft {
	const name = firstText(payload, 'profile_name', 'profileName', 'name');
	if (!draft.contact || draft.contact.name !== null) return draft;
	return { ...draft, contact: { ...draft.contact, name } };
}

/**
 * A delivery status (documentation of the delivery status webhook): `externalId` is WhatsApp's id of
 * the message, `id` ChakraHQ's; `deliveryStatus` is SENT, DELIVERED or READ, in practice in any case
 * and with failures; `timestamp` counts milliseconds.
 */
function deliveryStatusDraft(payload: JsonObject, business: Item['business']): Draft {
	const status = firstText(payload, 'deliveryStatus', 'status')?.toLowerCase() ?? null;
	const event = eventOfStatus(status);
	const messageId =
		firstText(payload, 'externalId') ??
		wamidOf(payload.id) ??
		firstText(payload, 'messageId', 'id');
	const recipient = firstText(payload, 'recipientId');
	const error = isObject(payload.error) ? errorOf([payload.error]) : errorOf(payload.errors);
	return {
		event,
		key: messageId && [messageId, status].filter((part) => part !== null).join(':'),
		occurredAt: timeOf(payload.timestamp),
		direction: 'outbound',
		messageId,
		from: business.phone,
		to: addressOf(recipient),
		contact: { phone: phoneOf(recipient), name: null, id: null },
		business,
		status,
		...(event === 'message.failed' ? { error: error ?? noReason() } : {}),
	};
}
