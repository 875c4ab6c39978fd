import type { EventDraft } from '../core/item/draft';
import { statusKey } from '../core/item/event-key';
import { eventOfStatus } from '../core/item/events';
import { booleanOf, firstText, isObject, type JsonObject } from '../core/values/json';
import type { Item } from '../core/item/item';
import { addressOf, phoneOf } from '../core/values/phone';
import { timeOf } from '../core/values/time';
import { groupChat } from './chat';
import { metaError, errorWithoutReason } from './error';
import { metaContact, findPerson, type People } from './people';

/** `statuses[]` is also used for calls and for payments, which aren't our messages. */
const NOT_A_MESSAGE = new Set(['call', 'payment']);

/** One of `statuses[]`: the status of one of our messages. */
export function statusDraft(
	status: JsonObject,
	people: People,
	business: Item['business'],
): EventDraft {
	const messageId = firstText(status, 'id');
	const name = firstText(status, 'status')?.toLowerCase() ?? null;
	const type = firstText(status, 'type');
	const isOfMessage = !NOT_A_MESSAGE.has(type ?? '');
	const event = isOfMessage ? eventOfStatus(name) : 'other';

	const recipient = firstText(status, 'recipient_id');
	const participant = participantOf(status);
	// In a group the recipient is the group.
	const phone = participant ? participant.phone : recipient;
	const userId = participant ? participant.userId : firstText(status, 'recipient_user_id');
	const error =
		metaError(status.errors) ?? (event === 'message.failed' ? errorWithoutReason() : undefined);
	const what = { event, messageId, status: name, ...(error ? { error } : {}) };
	return {
		...what,
		// Null also for a call or a payment, which can have several attempts or refunds with the same ID and
		// status.
		key: statusKey(what, participant && (participant.phone ?? participant.userId)),
		occurredAt: timeOf(status.timestamp),
		direction: 'outbound',
		messageType: isOfMessage ? null : type,
		from: business.phone,
		to: addressOf(recipient) ?? userId,
		contact: metaContact(phone, userId, findPerson(people, phone, userId)),
		// For a group, some relays only name the participant.
		...(participant
			? { chat: groupChat(phoneOf(recipient) === null ? recipient : null, null) }
			: {}),
		business,
		...pricingOf(status.pricing),
	};
}

/**
 * The group participant a status is about, or null if it's about one customer. Meta documents each field
 * under two names, and omits the phone number if it wasn't used (WhatsApp Business Platform,
 * business-scoped user IDs, group status webhooks).
 */
function participantOf(status: JsonObject): { phone: string | null; userId: string | null } | null {
	const phone = firstText(status, 'recipient_participant_id', 'participant_recipient_id');
	const userId = firstText(
		status,
		'recipient_participant_user_id',
		'participant_recipient_user_id',
	);
	const isOfGroup = status.recipient_type === 'group' || phone !== null || userId !== null;
	if (!isOfGroup) return null;
	return { phone, userId: userId ?? firstText(status, 'recipient_user_id') };
}

function pricingOf(pricing: unknown): Pick<EventDraft, 'pricing'> {
	if (!isObject(pricing)) return {};
	return {
		pricing: {
			billable: booleanOf(pricing.billable),
			category: firstText(pricing, 'category'),
			model: firstText(pricing, 'pricing_model'),
		},
	};
}
