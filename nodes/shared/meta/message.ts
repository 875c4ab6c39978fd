import { contentOf } from '../core/content';
import type { ItemDraft } from '../core/create-item';
import type { EventName } from '../core/events';
import { firstText, isObject, objectOf, textOf, type JsonObject } from '../core/json';
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
	const userId = firstText(message, 'from_user_id');
	const phone = firstText(message, 'from');
	const messageId = firstText(message, 'id');
	const content = contentOf(message);
	const form = content.messageType === 'interactive' ? flowReplyOf(message) : undefined;
	const draft: Draft = {
		...content,
		event: eventOfMessage(content.messageType, form !== undefined),
		key: messageId,
		occurredAt: timeOf(message.timestamp),
		direction: 'inbound',
		messageId,
		from: addressOf(phone) ?? userId,
		// A message in a group is sent to the group.
		to: firstText(message, 'group_id') ?? business.phone,
		contact: contactOf(phone, userId, findPerson(people, phone, userId)),
		business,
	};
	if (form) draft.form = form;
	if (content.messageType === 'system') draft.contact = systemContactOf(message) ?? draft.contact;
	return withChange(withError(draft, message), message);
}

/** One of the echoes: what our side sent in the phone app or by another tool. */
export function echoDraft(message: JsonObject, people: People, business: Item['business']): Draft {
	const phone = firstText(message, 'to', 'recipient_id');
	const userId = firstText(message, 'to_user_id', 'recipient_user_id');
	const messageId = firstText(message, 'id');
	const draft: Draft = {
		...contentOf(message),
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
	if (isObject(message.template)) draft.template = templateOf(message.template);
	return withChange(withError(draft, message), message);
}

function eventOfMessage(type: string | null, isFlowReply: boolean): EventName {
	if (isFlowReply) return 'form.submitted';
	if (type === 'system') return 'contact.updated';
	return NOT_WRITTEN.has(type ?? '') ? 'other' : 'message.received';
}

/** An edited message brings its new content; both kinds name the message that they are about. */
function withChange(draft: Draft, message: JsonObject): Draft {
	const type = draft.messageType;
	if (type !== 'edit' && type !== 'revoke') return draft;
	const change = objectOf(message[type]);
	const { text, media } = contentOf(objectOf(change.message));
	const messageId = firstText(change, 'original_message_id');
	return {
		...draft,
		text,
		...(media ? { media } : {}),
		context: { messageId, from: null, forwarded: false },
	};
}

function withError(draft: Draft, message: JsonObject): Draft {
	const error = errorOf(message.errors);
	if (error) draft.error = error;
	return draft;
}

/** The new number or id of a customer who changed it; `from` still has the old one. */
function systemContactOf(message: JsonObject): Item['contact'] | undefined {
	const system = objectOf(message.system);
	const phone = firstText(system, 'wa_id', 'new_wa_id');
	const userId = firstText(system, 'user_id');
	if (phone === null && userId === null) return undefined;
	return contactOf(phone, userId, undefined);
}

function templateOf(template: JsonObject): NonNullable<Item['template']> {
	return {
		id: firstText(template, 'id'),
		name: firstText(template, 'name'),
		language: firstText(objectOf(template.language), 'code') ?? textOf(template.language),
		category: null,
		status: null,
		reason: null,
	};
}
