import { contentOf } from '../shared/core/content';
import { createItem, type ItemDraft } from '../shared/core/create-item';
import { eventOfStatus, type EventName } from '../shared/core/events';
import type { Item } from '../shared/core/item';
import { firstText, isObject, objectOf, textOf, type JsonObject } from '../shared/core/json';
import { addressOf, phoneOf } from '../shared/core/phone';
import { timeOf } from '../shared/core/time';
import { errorOf } from './error';
import { eventSchema } from './schema';

/** The item of a ChatMitra event; none when the body is not ChatMitra's. */
export function normalise(body: JsonObject): Item[] {
	const parsed = eventSchema.safeParse(body);
	if (!parsed.success) return [];

	const { event: providerEvent, message_id, timestamp } = parsed.data;
	const messageId = textOf(message_id);
	const givenStatus = textOf(parsed.data.status)?.toLowerCase() ?? null;
	const event = eventOf(providerEvent ?? '', givenStatus);
	const status = event === 'message.failed' ? 'failed' : givenStatus;
	return [
		createItem({
			event,
			provider: 'chatmitra',
			providerEvent: providerEvent ?? 'unknown',
			// The guide says "use message_id", but a message's statuses all share that.
			key: messageId && status ? `${messageId}:${status}` : messageId,
			occurredAt: timeOf(timestamp),
			messageId,
			status: providerEvent === 'message.sent' ? 'sent' : status,
			...partiesOf(body, event),
			...(isObject(body.message) ? contentOf(body.message) : {}),
			...(event === 'message.failed' ? { error: errorOf(body) } : {}),
			raw: body,
		}),
	];
}

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
): Pick<ItemDraft, 'direction' | 'from' | 'to' | 'contact' | 'business'> {
	const from = addressOf(firstText(body, 'from'));
	// The guide shows `to`; deliveries of sent messages name the customer in other fields as well.
	const to = addressOf(firstText(body, 'to', 'recipient', 'recipient_mobile_number', 'wa_id'));
	const direction = directionOf(firstText(body, 'direction'), event);
	const [customer, business] = direction === 'inbound' ? [from, to] : [to, from];
	if (direction === null) return { direction, from, to };
	return {
		direction,
		from,
		to,
		contact: { phone: phoneOf(customer), name: nameOf(body), id: null },
		business: { phone: phoneOf(business), phoneNumberId: null, accountId: null },
	};
}

function directionOf(given: string | null, event: EventName): Item['direction'] {
	if (given === 'inbound' || given === 'outbound') return given;
	if (event === 'message.received') return 'inbound';
	return event === 'other' ? null : 'outbound';
}

function nameOf(body: JsonObject): string | null {
	return (
		firstText(body, 'name', 'profile_name', 'customer_name') ??
		firstText(objectOf(body.contact), 'name') ??
		firstText(objectOf(body.customer), 'name')
	);
}
