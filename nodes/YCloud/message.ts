import { contentOf } from '../shared/core/item/content';
import type { EventDraft } from '../shared/core/item/draft';
import { isNotShown, UNKNOWN_CODE } from '../shared/core/item/event-key';
import { eventOfStatus, type EventName } from '../shared/core/item/events';
import { flowReplyOf } from '../shared/core/item/flow-reply';
import type { Item } from '../shared/core/item/item';
import { firstText, isObject, objectOf, textOf, type JsonObject } from '../shared/core/values/json';
import { addressOf, phoneOf } from '../shared/core/values/phone';
import { firstTimeOf } from '../shared/core/values/time';
import { groupChat, groupOf } from '../shared/meta/chat';
import { errorOfNotShown, metaError } from '../shared/meta/error';

/** The key of an event is that of its envelope. */
export type YCloudDraft = Omit<EventDraft, 'key'>;

/** Types of messages no person wrote, or that change or delete an earlier one. */
const NOT_WRITTEN = new Set(['request_welcome', 'edit', 'revoke']);

/**
 * `whatsappInboundMessage`: what a customer sent. Its content is WhatsApp's own; the names around it
 * are YCloud's.
 */
export function inboundDraft(message: JsonObject): YCloudDraft {
	const content = contentOf(message);
	const form = content.messageType === 'interactive' ? flowReplyOf(message) : undefined;
	const system = content.messageType === 'system' ? objectOf(message.system) : null;
	const phone = firstText(message, 'from');
	const userId = firstText(message, 'fromUserId');
	const to = addressOf(message.to);
	const error = errorOfInbound(message, content.messageType);
	return {
		...content,
		event: eventOfInbound(content.messageType, form !== undefined),
		occurredAt: firstTimeOf(message.sendTime),
		direction: 'inbound',
		messageId: messageIdOf(message),
		// A customer who changed number or id: the old one.
		from: addressOf(phone) ?? (system && firstText(system, 'previous_user_id')) ?? userId,
		// A message in a group is sent to the group.
		to: firstText(message, 'groupId') ?? to,
		...groupOf(firstText(message, 'groupId')),
		contact: {
			// The new number.
			phone: phoneOf(system && firstText(system, 'new_wa_id', 'wa_id')) ?? phoneOf(phone),
			name: nameIn(message),
			id: userId,
			username: usernameIn(message),
		},
		business: businessOf(message, to),
		...(form ? { form } : {}),
		...(error ? { error } : {}),
	};
}

/** `whatsappMessage` of a status: the status of one of our messages. */
export function statusDraft(message: JsonObject): YCloudDraft {
	const status = firstText(message, 'status')?.toLowerCase() ?? null;
	const event = eventOfStatus(status);
	const { messageType, text } = contentOf(message);
	return {
		...outboundDraft(message),
		event,
		occurredAt: timeOfStatus(message, event),
		messageType,
		text,
		status,
		...templateIn(message),
		...pricingOf(message),
		...(event === 'message.failed' ? { error: errorOfOutbound(message) } : {}),
	};
}

/** `whatsappMessage` of an echo: what our side sent in the phone app, or an agent at Meta's side. */
export function echoDraft(message: JsonObject): YCloudDraft {
	return {
		...outboundDraft(message),
		...contentOf(message),
		event: 'message.echo',
		occurredAt: firstTimeOf(message.sendTime, message.createTime),
		status: firstText(message, 'status')?.toLowerCase() ?? null,
		...templateIn(message),
	};
}

/** A message of the past in either direction, or how far the import has come: never a received one. */
export function historyDraft(body: JsonObject): YCloudDraft {
	if (isObject(body.whatsappInboundMessage)) {
		return { ...inboundDraft(body.whatsappInboundMessage), event: 'other' };
	}
	if (isObject(body.whatsappMessage)) {
		return { ...echoDraft(body.whatsappMessage), event: 'other' };
	}
	return { event: 'other' };
}

/** WhatsApp's id, which replies and reactions refer to; YCloud's own where WhatsApp gave none yet. */
function messageIdOf(message: JsonObject): string | null {
	return firstText(message, 'wamid', 'id');
}

function eventOfInbound(type: string | null, isFlowReply: boolean): EventName {
	if (isFlowReply) return 'form.submitted';
	if (type === 'system') return 'contact.updated';
	return NOT_WRITTEN.has(type ?? '') ? 'other' : 'message.received';
}

function errorOfInbound(message: JsonObject, type: string | null): Item['error'] {
	return isNotShown(type) ? errorOfNotShown(message) : metaError(message.errors);
}

/** Whether a message of ours went to a group. */
export function isOfGroup(message: JsonObject): boolean {
	return message.recipientType === 'group' || firstText(message, 'groupId') !== null;
}

/** Who sent a message of ours to whom. */
function outboundDraft(message: JsonObject) {
	const from = addressOf(message.from);
	const group = firstText(message, 'groupId');
	const to = addressOf(message.to) ?? group;
	const userId = firstText(message, 'recipientUserId', 'toUserId');
	return {
		direction: 'outbound' as const,
		messageId: messageIdOf(message),
		from,
		to: to ?? userId ?? firstText(message, 'recipient'),
		contact: {
			phone: phoneOf(to),
			name: nameIn(message),
			id: userId,
			username: usernameIn(message),
		},
		...(isOfGroup(message) ? { chat: groupChat(group, null) } : {}),
		business: businessOf(message, from),
	};
}

/** Each stage has a separate time; a status may arrive late, even after the next one. */
function timeOfStatus(message: JsonObject, event: EventName): string | null {
	const times: Partial<Record<EventName, unknown>> = {
		'message.sent': message.sendTime,
		'message.delivered': message.deliverTime,
		'message.read': message.readTime,
	};
	return firstTimeOf(times[event], message.updateTime);
}

function errorOfOutbound(message: JsonObject): NonNullable<Item['error']> {
	const original = objectOf(message.whatsappApiError);
	const reason = firstText(message, 'errorMessage') ?? firstText(original, 'message');
	const details = [
		firstText(original, 'message'),
		firstText(original, 'error_user_title'),
		firstText(original, 'error_user_msg'),
		firstText(objectOf(original.error_data), 'details') ?? textOf(original.error_data),
	].filter((text) => text !== null && text !== reason);
	return {
		code: firstText(message, 'errorCode') ?? firstText(original, 'code') ?? UNKNOWN_CODE,
		message: reason ?? 'YCloud gave no reason',
		details: details.join('; ') || null,
		help: null,
	};
}

function templateIn(message: JsonObject): Pick<EventDraft, 'template'> {
	if (!isObject(message.template)) return {};
	const { template } = message;
	return {
		template: {
			id: null,
			name: firstText(template, 'name'),
			language: firstText(objectOf(template.language), 'code') ?? textOf(template.language),
			category: null,
			status: null,
			reason: null,
		},
	};
}

/** `pricingType` is `regular` for what is charged, `free_…` for what isn't. */
function pricingOf(message: JsonObject): Pick<EventDraft, 'pricing'> {
	const type = firstText(message, 'pricingType');
	const category = firstText(message, 'pricingCategory');
	const model = firstText(message, 'pricingModel');
	if (type === null && category === null && model === null) return {};
	return { pricing: { billable: type === null ? null : type === 'regular', category, model } };
}

function nameIn(message: JsonObject): string | null {
	return firstText(objectOf(message.customerProfile), 'name', 'username');
}

function usernameIn(message: JsonObject): string | null {
	return firstText(objectOf(message.customerProfile), 'username');
}

function businessOf(message: JsonObject, number: string | null): Item['business'] {
	return {
		phone: phoneOf(number),
		phoneNumberId: null,
		accountId: firstText(message, 'wabaId'),
	};
}
