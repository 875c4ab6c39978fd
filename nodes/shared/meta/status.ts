import { eventOfStatus } from '../core/events';
import { booleanOf, firstText, isObject, type JsonObject } from '../core/json';
import type { Item } from '../core/item';
import { addressOf } from '../core/phone';
import { timeOf } from '../core/time';
import { errorOf, noReason } from './error';
import type { Draft } from './message';
import { contactOf, findPerson, type People } from './people';

/** `statuses[]` is also used for calls and for payments, which are not messages of ours. */
const NOT_A_MESSAGE = new Set(['call', 'payment']);

/** One of `statuses[]`: what became of a message of ours. */
export function statusDraft(status: JsonObject, people: People, business: Item['business']): Draft {
	const messageId = firstText(status, 'id');
	const name = firstText(status, 'status')?.toLowerCase() ?? null;
	const type = firstText(status, 'type');
	const isOfMessage = !NOT_A_MESSAGE.has(type ?? '');
	const event = isOfMessage ? eventOfStatus(name) : 'other';

	const recipient = firstText(status, 'recipient_id');
	// In a group the recipient is the group; Meta prints the participant under both names.
	const participant = firstText(status, 'recipient_participant_id', 'participant_recipient_id');
	const phone = participant ?? recipient;
	const userId = firstText(
		status,
		'recipient_participant_user_id',
		'participant_recipient_user_id',
		'recipient_user_id',
	);
	const error = errorOf(status.errors) ?? (event === 'message.failed' ? noReason() : undefined);
	return {
		event,
		key: messageId && [messageId, name, participant].filter((part) => part !== null).join(':'),
		occurredAt: timeOf(status.timestamp),
		direction: 'outbound',
		messageId,
		messageType: isOfMessage ? null : type,
		from: business.phone,
		to: addressOf(recipient) ?? userId,
		contact: contactOf(phone, userId, findPerson(people, phone, userId)),
		business,
		status: name,
		...(error ? { error } : {}),
		...pricingOf(status.pricing),
	};
}

function pricingOf(pricing: unknown): Pick<Draft, 'pricing'> {
	if (!isObject(pricing)) return {};
	return {
		pricing: {
			billable: booleanOf(pricing.billable),
			category: firstText(pricing, 'category'),
			model: firstText(pricing, 'pricing_model'),
		},
	};
}
