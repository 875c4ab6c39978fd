import { contentOf, type Content } from '../shared/core/item/content';
import type { Draft } from '../shared/core/item/draft';
import { messageKey, statusKey } from '../shared/core/item/event-key';
import { eventOfStatus, type EventName } from '../shared/core/item/events';
import type { Item } from '../shared/core/item/item';
import { firstText, isObject, objectOf, textOf, type JsonObject } from '../shared/core/values/json';
import { addressOf, phoneOf } from '../shared/core/values/phone';
import { timeOf } from '../shared/core/values/time';
import { chatMitraError } from './error';

/** The draft of a ChatMitra event. */
export function normalize(body: JsonObject): Draft[] {
	const providerEvent = nameOfEvent(body) ?? 'unknown';
	const messageId = textOf(body.message_id);
	const givenStatus = textOf(body.status)?.toLowerCase() ?? null;
	const event = eventOf(providerEvent, givenStatus);
	const status = STATUS_BY_EVENT.get(providerEvent) ?? givenStatus;
	const content = isObject(body.message) ? contentOf(body.message) : undefined;
	const draft = {
		event,
		messageId,
		status,
		...(event === 'message.failed' ? { error: chatMitraError(body) } : {}),
	};
	return [
		{
			...draft,
			providerEvent,
			key: draftKey(providerEvent, draft, content),
			// The guide's samples count seconds.
			occurredAt: timeOf(body.timestamp),
			...partiesOf(body, event),
			...content,
		},
	];
}

/** What we sent keeps its ID also without its content: nothing announces it. */
function draftKey(
	providerEvent: string,
	draft: Pick<Item, 'event' | 'messageId' | 'status' | 'error'>,
	content: Content | undefined,
): string | null {
	if (!HAS_CONTENT.has(providerEvent)) return statusKey(draft);
	const { messageId } = draft;
	return draft.event === 'message.received' ? messageKey({ messageId, ...content }) : messageId;
}

/** ChatMitra's own name of an event, or null. */
export function nameOfEvent(body: JsonObject): string | null {
	return typeof body.event === 'string' ? textOf(body.event) : null;
}

/** The status of an event, by its name. */
const STATUS_BY_EVENT = new Map([
	['message.sent', 'sent'],
	['message.failed', 'failed'],
]);

/**
 * The events with a message's content and its customer, sent once each. The bare `message.status.updated`
 * of the same message is a different event, so it never hides them, whichever comes first.
 */
const HAS_CONTENT = new Set(['message.received', 'message.sent', 'message.failed']);

function eventOf(providerEvent: string, status: string | null): EventName {
	switch (providerEvent) {
		case 'message.received':
		case 'message.sent':
		case 'message.failed':
			return providerEvent;
		case 'message.status.updated':
			return eventOfStatus(status);
		default:
			return 'other';
	}
}

/** Who wrote to whom. A status names neither; it is always about a message of ours. */
function partiesOf(
	body: JsonObject,
	event: EventName,
): Pick<Draft, 'direction' | 'from' | 'to' | 'contact' | 'business'> {
	const from = addressOf(firstText(body, 'from'));
	const direction = directionOf(firstText(body, 'direction'), event);
	// The guide shows `to`; deliveries of sent messages name the customer in other fields as well.
	const outboundTo = ['recipient', 'recipient_mobile_number', 'wa_id'];
	const to = addressOf(firstText(body, 'to', ...(direction === 'outbound' ? outboundTo : [])));
	const [customer, business] = direction === 'inbound' ? [from, to] : [to, from];
	if (direction === null) return { direction, from, to };
	return {
		direction,
		from,
		to,
		contact: { phone: phoneOf(customer), name: customerName(body), id: null },
		business: { phone: phoneOf(business), phoneNumberId: null, accountId: null },
	};
}

function directionOf(given: string | null, event: EventName): Item['direction'] {
	if (given === 'inbound' || given === 'outbound') return given;
	if (event === 'message.received') return 'inbound';
	return event === 'other' ? null : 'outbound';
}

function customerName(body: JsonObject): string | null {
	return (
		firstText(body, 'name', 'profile_name', 'customer_name') ??
		firstText(objectOf(body.contact), 'name') ??
		firstText(objectOf(body.customer), 'name')
	);
}
