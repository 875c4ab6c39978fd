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

/** `statuses[]` is also used for calls and for payments, which are not messages of ours. */
const NOT_A_MESSAGE = new Set(['call', 'payment']);

/** One of `statuses[]`: what became of a message of ours. */
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
		// Null for a call or a payment, too: it has several tries and refunds, all with one id and status.
		key: statusKey(what, participant && (participant.phone ?? participant.userId)),
		occurredAt: timeOf(status.timestamp),
		direction: 'outbound',
		messageType: isOfMessage ? null : type,
		from: business.phone,
		to: addressOf(recipient) ?? userId,
		contact: metaContact(phone, userId, findPerson(people, phone, userId)),
		// Of a group some relays name the participant only.
		...(participant
			? { chat: groupChat(phoneOf(recipient) === null ? recipient : null, null) }
			: {}),
		business,
		...pricingOf(status.pricing),
	};
}

/**
 * The participant of a group whom a status is about, or null where it is about one customer. Meta
 * prints the fields under two names each, and leaves the phone number out where it was not used
 * (WhatsApp Business Platform, business-scoped user IDs, group status webhooks).
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
