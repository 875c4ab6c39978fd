import { contentOf } from '../core/item/content';
import type { DraftContact, EventDraft } from '../core/item/draft';
import { isNotShown, messageKey } from '../core/item/event-key';
import type { EventName } from '../core/item/events';
import {
	firstText,
	isObject,
	objectOf,
	objectsOf,
	textOf,
	type JsonObject,
} from '../core/values/json';
import type { Item } from '../core/item/item';
import { addressOf } from '../core/values/phone';
import { timeOf } from '../core/values/time';
import { flowReplyOf } from '../core/item/flow-reply';
import { groupOf } from './chat';
import { errorOfNotShown, metaError } from './error';
import { metaContact, findPerson, notOurs, type People } from './people';

/** Types of messages that change or delete an earlier one, or that weren't written by a person. */
const NOT_WRITTEN = new Set(['edit', 'revoke', 'request_welcome']);

/** One of `messages[]`: a message from a customer. */
export function messageDraft(
	message: JsonObject,
	people: People,
	business: Item['business'],
): EventDraft {
	const userId = firstText(message, 'from_user_id');
	const phone = firstText(message, 'from');
	const messageId = firstText(message, 'id');
	const content = contentOf(message);
	const form = content.messageType === 'interactive' ? flowReplyOf(message) : undefined;
	const draft: MessageDraft = {
		...content,
		event: eventOfMessage(content.messageType, form !== undefined),
		occurredAt: timeOf(message.timestamp),
		direction: 'inbound',
		messageId,
		// For a customer who changed their number or ID, the old one.
		from: addressOf(phone) ?? userId ?? firstText(objectOf(message.system), 'previous_user_id'),
		// A group message is sent to the group.
		to: firstText(message, 'group_id') ?? business.phone,
		...groupOf(firstText(message, 'group_id')),
		contact: metaContact(phone, userId, findPerson(people, phone, userId)),
		business,
	};
	if (form) draft.form = form;
	if (content.messageType === 'system')
		draft.contact = systemContact(message, people) ?? draft.contact;
	return keyed(withChange(withError(draft, message), message));
}

/** One of the echoes: a message our side sent from the phone app or another tool. */
export function echoDraft(
	message: JsonObject,
	people: People,
	business: Item['business'],
): EventDraft {
	const from = firstText(message, 'from');
	const to = firstText(message, 'to', 'recipient_id');
	// Samples have our number in either place; in a chat with ourselves, it's in both.
	const recipient = to && (notOurs([to, from], business) ?? to);
	const group =
		firstText(message, 'group_id') ?? (message.recipient_type === 'group' ? recipient : null);
	const phone = group === null ? recipient : null;
	const userId = firstText(message, 'to_user_id', 'recipient_user_id');
	const messageId = firstText(message, 'id');
	const content = contentOf(message);
	const draft: MessageDraft = {
		...content,
		event: 'message.echo',
		occurredAt: timeOf(message.timestamp),
		direction: 'outbound',
		messageId,
		from: addressOf(recipient === to ? from : to) ?? business.phone,
		to: group ?? addressOf(phone) ?? userId,
		contact: metaContact(phone, userId, findPerson(people, phone, userId)),
		...groupOf(group),
		business,
	};
	if (isObject(message.template)) {
		const { text, media } = filledIn(message.template);
		draft.text = text ?? content.text;
		if (media) draft.media = media;
		draft.template = sentTemplate(message.template);
	}
	return keyed(withChange(withError(draft, message), message));
}

/** A draft without its key, which depends on the other fields. */
type MessageDraft = Omit<EventDraft, 'key'> & Pick<Item, 'messageId'>;

function keyed(draft: MessageDraft): EventDraft {
	return { ...draft, key: messageKey(draft) };
}

function eventOfMessage(type: string | null, isFlowReply: boolean): EventName {
	if (isFlowReply) return 'form.submitted';
	if (type === 'system') return 'contact.updated';
	return NOT_WRITTEN.has(type ?? '') ? 'other' : 'message.received';
}

/** An edited message contains its new content; edits and deletions name the message they're about. */
function withChange(draft: MessageDraft, message: JsonObject): MessageDraft {
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

function withError(draft: MessageDraft, message: JsonObject): MessageDraft {
	const error = isNotShown(draft.messageType)
		? errorOfNotShown(message)
		: metaError(message.errors);
	return error ? { ...draft, error } : draft;
}

/** The new number or ID of a customer who changed it; `from` still has the old one. */
function systemContact(message: JsonObject, people: People): DraftContact | undefined {
	const system = objectOf(message.system);
	const phone = firstText(system, 'wa_id', 'new_wa_id');
	const userId = firstText(system, 'user_id');
	if (phone === null && userId === null) return undefined;
	return metaContact(phone, userId, findPerson(people, phone, userId));
}

/**
 * The parameters of a template: those of the body as text, and the image, video, or document of its header.
 * The message doesn't contain the template's text.
 */
function filledIn(template: JsonObject): Pick<EventDraft, 'text' | 'media'> {
	const parametersOf = (type: string) =>
		objectsOf(template.components)
			.filter((component) => firstText(component, 'type')?.toLowerCase() === type)
			.flatMap((component) => objectsOf(component.parameters));
	const texts = parametersOf('body').flatMap((parameter) => parameterText(parameter) ?? []);
	const [media] = parametersOf('header').flatMap((parameter) => contentOf(parameter).media ?? []);
	return { text: texts.join(', ') || null, ...(media ? { media } : {}) };
}

/** A parameter's text; amounts and dates have a fallback text. */
function parameterText(parameter: JsonObject): string | null {
	const typed = objectOf(parameter[firstText(parameter, 'type') ?? '']);
	return firstText(parameter, 'text') ?? firstText(typed, 'fallback_value');
}

function sentTemplate(template: JsonObject): NonNullable<Item['template']> {
	return {
		id: firstText(template, 'id'),
		name: firstText(template, 'name'),
		language: firstText(objectOf(template.language), 'code') ?? textOf(template.language),
		category: null,
		status: null,
		reason: null,
	};
}
