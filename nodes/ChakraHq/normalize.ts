import type { Draft, EventDraft } from '../shared/core/item/draft';
import type { Item } from '../shared/core/item/item';
import {
	firstObject,
	firstText,
	isObject,
	textOf,
	type JsonObject,
} from '../shared/core/values/json';
import { phoneOf } from '../shared/core/values/phone';
import { firstTimeOf } from '../shared/core/values/time';
import { wamidOf } from '../shared/core/item/wamid';
import { metaError } from '../shared/meta/error';
import { echoDraft, messageDraft } from '../shared/meta/message';
import {
	businessOf,
	draftsOfLists,
	hasList,
	isMetaFormat,
	normalizeMeta,
} from '../shared/meta/normalize';
import { peopleOf, type People } from '../shared/meta/people';
import { statusDraft } from '../shared/meta/status';

/**
 * The drafts of a ChakraHQ delivery in either of its two formats, distinguished by the body. The same
 * message has the same `eventId` through both.
 */
export function normalize(body: JsonObject): Iterable<Draft> {
	return isMetaFormat(body) ? normalizeMeta(body) : normalizeOwn(body);
}

type Kind = 'message' | 'status' | 'echo' | 'people';

/** What an event of ChakraHQ's own format is about: its page's names, and the plural ones in use. */
const KIND_BY_EVENT = new Map<string, Kind>([
	['message', 'message'],
	['messages', 'message'],
	['status', 'status'],
	['deliveryStatus', 'status'],
	['message_echo', 'echo'],
	['message_echoes', 'echo'],
	['smb_message_echo', 'echo'],
	['smb_message_echoes', 'echo'],
	['user_preferences', 'people'],
	['smb_app_state_sync', 'people'],
	['user_id_update', 'people'],
]);

/** What {@link draftsOfLists} calls them. */
const LISTS_OF = {
	message: 'messages',
	status: 'messages',
	echo: 'echoes',
	people: 'people',
} as const;

/**
 * ChakraHQ's own format. Its page sends readers to Meta's documentation for the payloads, so Meta's whole
 * body, a change's `value`, and its lists are read wherever they occur in one.
 */
function normalizeOwn(body: JsonObject): Iterable<Draft> {
	const providerEvent = typeof body.event === 'string' ? textOf(body.event) : null;
	const payload = body.payload ?? {};
	if (providerEvent === null || !isObject(payload)) return [];
	if (isMetaFormat(payload)) return normalizeMeta(payload);

	const kind = KIND_BY_EVENT.get(providerEvent);
	const value = firstObject(payload, 'value') ?? payload;
	const business = businessOf(
		isObject(value.metadata) ? value : payload,
		firstText(payload, 'wabaId'),
	);
	// The lists of an unknown event can't be interpreted; history isn't a list of new messages.
	if (kind && hasList(value)) {
		return draftsOfLists(value, {
			providerEvent,
			kind: LISTS_OF[kind],
			business,
			entryTime: payload.timestamp,
			rawOf: (cut) => ({
				...body,
				payload: value === payload ? cut : { ...payload, value: cut },
			}),
		});
	}
	const draft: EventDraft = soleDraft(kind, payload, value, business) ?? {
		event: 'other',
		key: null,
		occurredAt: firstTimeOf(payload.timestamp, value.timestamp, body.timestamp),
		business,
		error: metaError(value.errors),
	};
	return [{ ...draft, providerEvent }];
}

/** The one message or status of a payload without lists; undefined where it has none. */
function soleDraft(
	kind: Kind | undefined,
	payload: JsonObject,
	value: JsonObject,
	business: Item['business'],
): EventDraft | undefined {
	// An empty list of statuses is no message.
	if (Array.isArray(value.statuses)) return undefined;
	const people = peopleOf(value.contacts);
	const message = firstObject(value, 'message') ?? (value === payload ? payload : undefined);
	if (!message) return undefined;
	switch (kind) {
		case 'message':
			return withName(messageDraft(filledUp(message, payload), people, business), payload);
		case 'echo':
			return echoDraft(filledUp(message, payload), people, business);
		case 'status':
			return deliveryStatusDraft(payload, people, business);
		case 'people':
		case undefined:
			return undefined;
	}
}

/** A message, completed with fields from the payload around it. */
function filledUp(message: JsonObject, payload: JsonObject): JsonObject {
	const known = {
		id: wamidOf(message.id) ?? wamidOf(payload.externalId) ?? firstText(payload, 'messageId'),
		from: firstText(payload, 'from'),
		to: firstText(payload, 'to', 'recipientId'),
		timestamp: payload.timestamp,
	};
	return { ...known, ...message, id: wamidOf(message.id) ?? known.id };
}

/** A customer's name may be next to the message instead of among the contacts. */
function withName(draft: EventDraft, payload: JsonObject): EventDraft {
	const name = firstText(payload, 'profile_name', 'profileName', 'name');
	if (!draft.contact || draft.contact.name !== null) return draft;
	return { ...draft, contact: { ...draft.contact, name } };
}

/**
 * A delivery status (documentation of the delivery status webhook): `externalId` is WhatsApp's ID of the
 * message, `id` is ChakraHQ's; `deliveryStatus` is SENT, DELIVERED or READ, in practice in any case and
 * with failures; `timestamp` counts milliseconds. Meta's own names are read as well.
 */
function deliveryStatusDraft(
	payload: JsonObject,
	people: People,
	business: Item['business'],
): EventDraft {
	const recipient = firstText(payload, 'recipient_id', 'recipientId');
	const participant =
		firstText(payload, 'recipient_participant_id', 'recipientParticipantId') ??
		// A group's ID isn't a phone number.
		(payload.recipientType === 'group' && phoneOf(recipient) !== null ? recipient : null);
	return statusDraft(
		{
			...payload,
			id:
				firstText(payload, 'externalId') ??
				wamidOf(payload.id) ??
				firstText(payload, 'messageId', 'id'),
			status: firstText(payload, 'deliveryStatus', 'status'),
			recipient_id: recipient,
			recipient_type: firstText(payload, 'recipient_type', 'recipientType'),
			recipient_participant_id: participant,
			errors: isObject(payload.error) ? [payload.error] : payload.errors,
		},
		people,
		business,
	);
}
