import { contentOf, type Content } from '../shared/core/item/content';
import type { Draft, EventDraft } from '../shared/core/item/draft';
import { messageKey, statusKey } from '../shared/core/item/event-key';
import { eventOfStatus, type EventName } from '../shared/core/item/events';
import { flowReplyOf } from '../shared/core/item/flow-reply';
import type { Item } from '../shared/core/item/item';
import {
	firstObject,
	firstText,
	isObject,
	objectOf,
	textOf,
	type JsonObject,
} from '../shared/core/values/json';
import { addressOf, phoneOf } from '../shared/core/values/phone';
import { firstTimeOf } from '../shared/core/values/time';
import { chirpError } from './error';
import { readEventName } from './event-name';

/** The draft of a Chirp event. */
export function normalize(body: JsonObject): Draft[] {
	const providerEvent = nameOfEvent(body) ?? 'unknown';
	return [{ ...draftOf(providerEvent, objectOf(body.data), body.timestamp), providerEvent }];
}

/** Chirp's own name of an event, or null. */
export function nameOfEvent(body: JsonObject): string | null {
	return typeof body.event === 'string' ? textOf(body.event) : null;
}

function draftOf(name: string, data: JsonObject, sentAt: unknown): EventDraft {
	const message = firstObject(data, 'message') ?? data;
	const direction = firstText(message, 'direction')?.toLowerCase() ?? null;
	const event = readEventName(name, direction === 'inbound');
	const occurredAt = timeOfChange(name, data, sentAt);
	const business = { phone: null, phoneNumberId: null, accountId: accountIdOf(data) };
	switch (event.about) {
		case 'message':
			return chirpMessageDraft(event, message, data, sentAt);
		case 'template':
			return {
				...changeDraft('template.updated', occurredAt, business),
				template: chirpTemplate(data),
			};
		case 'account':
			return { ...changeDraft('account.updated', occurredAt, business), account: data };
		case 'contact':
			return { ...changeDraft('contact.updated', occurredAt, business), ...chirpContact(data) };
		case 'unknown':
			return changeDraft('other', occurredAt, business);
	}
}

/**
 * When something changed. When the thing was created is another time, which all its changes share;
 * it counts only where creating it is the event.
 */
function timeOfChange(name: string, data: JsonObject, sentAt: unknown): string | null {
	const stage = name.split('.').at(-1) ?? '';
	return firstTimeOf(data.occurredAt, data[`${stage}At`], data.updatedAt, sentAt);
}

function changeDraft(
	event: EventName,
	occurredAt: string | null,
	business: Item['business'],
): EventDraft {
	return { event, key: null, occurredAt, business };
}

/** A message or what became of it: one shape for both directions, the stage from the event's name. */
function chirpMessageDraft(
	{ channel, stage }: { channel: Item['channel']; stage: string },
	message: JsonObject,
	data: JsonObject,
	sentAt: unknown,
): EventDraft {
	const isReceived = stage === 'received';
	const messageId = firstText(message, 'id');
	const form = flowReplyOf(message);
	const event = eventOfMessage(stage, message, form !== undefined);
	const said = firstText(message, 'direction')?.toLowerCase();
	const isInbound = said === undefined ? isReceived : said === 'inbound';
	const from = addressOf(message.from);
	const to = addressOf(message.to);
	const [customer, ours] = isInbound ? [from, to] : [to, from];
	const status = isReceived ? null : stage;
	const isStatus = status !== null && event !== 'message.echo';
	const isKnown = isReceived || eventOfStatus(stage) !== 'other';
	const failure = failureOf(event, message, data);
	const content = contentOfMessage(message, channel);
	return {
		event,
		key: isStatus
			? statusKey({ event, messageId, status, ...failure })
			: messageKey({ messageId, ...content, ...(form ? { form } : {}) }),
		occurredAt: firstTimeOf(
			message[`${stage}At`],
			// A message may have several events of an unknown stage, but each of these times only once.
			...(isKnown
				? [message.occurredAt, message.completedAt, message.createdAt, sentAt]
				: [sentAt, message.occurredAt]),
		),
		channel,
		direction: isInbound ? 'inbound' : 'outbound',
		messageId,
		...content,
		from,
		to,
		contact: { phone: phoneOf(customer), name: customerName(message, data), id: null },
		business: { phone: phoneOf(ours), phoneNumberId: null, accountId: accountIdOf(data) },
		status,
		...(form ? { form } : {}),
		...failure,
	};
}

/**
 * Messages of the phone app and imported history use the same events as the others, distinguished by
 * `source` and `isHistoricalImport`. What becomes of a message of the phone app is a status like any other.
 */
function eventOfMessage(stage: string, message: JsonObject, isFlowReply: boolean): EventName {
	if (message.isHistoricalImport === true || message.source === 'history_import') return 'other';
	const isOutbound = firstText(message, 'direction')?.toLowerCase() === 'outbound';
	const isNew = stage === 'received' || stage === 'sent';
	if (isNew && isOutbound && message.source === 'business_app') return 'message.echo';
	if (stage !== 'received') return eventOfStatus(stage);
	if (isFlowReply) return 'form.submitted';
	return message.type === 'system' ? 'contact.updated' : 'message.received';
}

/** An SMS has its media next to its text, as URLs without a type. */
function contentOfMessage(message: JsonObject, channel: Item['channel']): Content {
	if (channel === 'whatsapp') return contentOf(message);
	const [first] = Array.isArray(message.mediaUrls) ? (message.mediaUrls as unknown[]) : [];
	const url = textOf(first) ?? firstText(message, 'mediaUrl');
	const content = contentOf({ ...message, type: url === null ? 'text' : 'media' });
	if (url === null) return content;
	const id = firstText(message, 'mediaId');
	const unknown = { mimeType: null, filename: null, caption: null, sha256: null, size: null };
	return { ...content, media: { url, id, ...unknown, voice: null } };
}

function failureOf(
	event: EventName,
	message: JsonObject,
	data: JsonObject,
): Pick<EventDraft, 'error'> {
	const error = firstObject(message, 'error') ?? firstObject(data, 'error');
	return error || event === 'message.failed' ? { error: chirpError(error ?? {}) } : {};
}

function customerName(message: JsonObject, data: JsonObject): string | null {
	const contact = firstObject(message, 'contact') ?? firstObject(data, 'contact') ?? {};
	return (
		firstText(contact, 'name', 'displayName', 'profileName') ??
		firstText(message, 'contactName', 'profileName')
	);
}

function accountIdOf(data: JsonObject): string | null {
	return firstText(objectOf(data.app), 'id') ?? firstText(data, 'appId');
}

function chirpTemplate(data: JsonObject): NonNullable<Item['template']> {
	const template = firstObject(data, 'template') ?? data;
	const language = template.language;
	return {
		id: firstText(template, 'id', 'templateId'),
		name: firstText(template, 'name', 'templateName'),
		language: isObject(language) ? firstText(language, 'code') : textOf(language),
		category: firstText(template, 'category'),
		status: firstText(template, 'status'),
		reason: firstText(template, 'rejectedReason', 'rejectionReason', 'reason'),
	};
}

function chirpContact(data: JsonObject): Pick<EventDraft, 'from' | 'contact'> {
	const contact = firstObject(data, 'contact') ?? data;
	const address = firstText(contact, 'phoneNumber', 'phone_number', 'phone', 'waId', 'wa_id');
	return {
		from: addressOf(address),
		contact: {
			phone: phoneOf(address),
			name: firstText(contact, 'name', 'displayName', 'profileName'),
			id: firstText(contact, 'userId', 'user_id'),
		},
	};
}
