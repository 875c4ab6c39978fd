import { contentOf } from '../core/content';
import type { ItemDraft } from '../core/create-item';
import type { EventName } from '../core/events';
import { firstText, isObject, objectOf, objectsOf, textOf, type JsonObject } from '../core/json';
import type { Item } from '../core/item';
import { addressOf } from '../core/phone';
import { timeOf } from '../core/time';
import { flowReplyOf } from '../core/flow-reply';
import { errorOf } from './error';
import { contactOf, findPerson, type People } from './people';

/** A draft without what only the provider knows. */
export type Draft = Omit<ItemDraft, 'provider' | 'providerEvent' | 'raw'>;

/** Kinds of messages that change or take back an earlier one, or that no person wrote. */
const NOT_WRITTEN = new Set(['edit', 'revoke', 'request_welcome']);

/** One of `messages[]`: what a customer sent. */
export function messageDraft(
	message: JsonObject,
	people: People,
	business: Item['business'],
): Draft {
	const content = contentOf(message);
	const userId = firstText(message, 'from_user_id');
	const phone = firstText(message, 'from');
	const from = addressOf(phone) ?? userId;
	const person = findPerson(people, phone, userId);
	const messageId = firstText(message, 'id');
	const flow = flowReplyOf(message);
	return {
		...content,
		...changeOfEarlierMessage(message, content.messageType),
		...(flow ? { form: flow } : {}),
		...withError(message),
		event: eventOfMessage(content.messageType, flow !== undefined),
		key: messageId,
		occurredAt: timeOf(message.timestamp),
		direction: 'inbound',
		messageId,
		from,
		// A message in a group is sent to the group.
		to: firstText(message, 'group_id') ?? business.phone,
		contact: systemContactOf(message, content.messageType) ?? contactOf(phone, userId, person),
		business,
	};
}

/** One of the echoes: what our side sent in the phone app or by another tool. */
export function echoDraft(message: JsonObject, people: People, business: Item['business']): Draft {
	const content = contentOf(message);
	const phone = firstText(message, 'to', 'recipient_id');
	const userId = firstText(message, 'to_user_id', 'recipient_user_id');
	const messageId = firstText(message, 'id');
	return {
		...content,
		...changeOfEarlierMessage(message, content.messageType),
		...templateOf(message),
		...withError(message),
		event: 'message.echo',
		key: messageId,
		occurredAt: timeOf(message.timestamp),
		direction: 'outbound',
		messageId,
		from: addressOf(message.from) ?? business.phone,
		to: addressOf(phone) ?? userId,
		contact: contactOf(phone, userId, findPerson(people, phone, userId)),
		business,
	};
}

function eventOfMessage(type: string | null, isFlowReply: boolean): EventName {
	if (isFlowReply) return 'form.submitted';
	if (type === 'system') return 'contact.updated';
	return NOT_WRITTEN.has(type ?? '') ? 'other' : 'message.received';
}

/** An edited message brings its new content; both kinds name the message that they are about. */
function changeOfEarlierMessage(
	message: JsonObject,
	type: string | null,
): Pick<Draft, 'text' | 'media' | 'context'> {
	if (type !== 'edit' && type !== 'revoke') return {};
	const change = objectOf(message[type]);
	const { text, media } = isObject(change.message) ? contentOf(change.message) : { text: null };
	return {
		text,
		...(media ? { media } : {}),
		context: {
			messageId: firstText(change, 'original_message_id'),
			from: null,
			forwarded: false,
		},
	};
}

/** The new number or id of a customer who changed it; `from` still has the old one. */
function systemContactOf(message: JsonObject, type: string | null): Item['contact'] | undefined {
	if (type !== 'system') return undefined;
	const system = objectOf(message.system);
	const phone = firstText(system, 'wa_id', 'new_wa_id');
	const userId = firstText(system, 'user_id');
	if (phone === null && userId === null) return undefined;
	return contactOf(phone, userId, undefined);
}

function templateOf(message: JsonObject): Pick<Draft, 'template'> {
	if (!isObject(message.template)) return {};
	const { template } = message;
	return {
		template: {
			id: firstText(template, 'id'),
			name: firstText(template, 'name'),
			language: firstText(objectOf(template.language), 'code') ?? textOf(template.language),
			category: null,
			status: null,
			reason: null,
		},
	};
}

function withError(message: JsonObject): Pick<Draft, 'error'> {
	const error = objectsOf(message.errors).length > 0 ? errorOf(message.errors) : undefined;
	return error ? { error } : {};
}
