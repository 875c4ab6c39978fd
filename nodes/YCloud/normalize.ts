import type { Draft, EventDraft } from '../shared/core/item/draft';
import { messageKey, statusKey } from '../shared/core/item/event-key';
import { isObject, objectOf, textOf, type JsonObject } from '../shared/core/values/json';
import { firstTimeOf } from '../shared/core/values/time';
import { accountDraft, contactDraft, otherDraft, templateDraft } from './change';
import {
	echoDraft,
	historyDraft,
	inboundDraft,
	isOfGroup,
	statusDraft,
	type YCloudDraft,
} from './message';
import { smsDraft, smsStatusDraft } from './sms';

/** The draft of a YCloud event: an envelope with one object, whose name depends on the type. */
export function normalize(body: JsonObject): Draft[] {
	const type = nameOfEvent(body) ?? 'unknown';
	const { occurredAt, ...draft } = draftOf(type, body);
	return [
		{
			...draft,
			providerEvent: type,
			key: textOf(body.id) ?? draftKey(draft, body),
			occurredAt: firstTimeOf(occurredAt, body.createTime),
		},
	];
}

/** YCloud's own name of an event, or null. */
export function nameOfEvent(body: JsonObject): string | null {
	return typeof body.type === 'string' ? textOf(body.type) : null;
}

function draftOf(type: string, body: JsonObject): YCloudDraft {
	const payload = Object.values(body).find(isObject) ?? {};
	const outbound = objectOf(body.whatsappMessage);
	switch (type) {
		case 'whatsapp.inbound_message.received':
		case 'whatsapp.group.inbound_message.received':
			return inboundDraft(objectOf(body.whatsappInboundMessage));
		case 'whatsapp.message.updated':
		case 'whatsapp.echo_message.updated':
		case 'whatsapp.smb.message.updated':
		case 'whatsapp.group.message.updated':
			return statusDraft(outbound);
		case 'whatsapp.smb.message.echoes':
		case 'whatsapp.smb.message.created':
		case 'whatsapp.echo_message.created':
			return echoDraft(outbound);
		case 'whatsapp.smb.history':
			return historyDraft(body);
		case 'whatsapp.user.preferences':
			return contactDraft(type, payload);
		case 'sms.inbound.received':
			return smsDraft(payload);
		case 'sms.message.updated':
			return smsStatusDraft(payload);
		default:
			return changeDraft(type, payload);
	}
}

/** Changes other than messages, including future types. */
function changeDraft(type: string, payload: JsonObject): YCloudDraft {
	const startsWith = (...prefixes: string[]) => prefixes.some((prefix) => type.startsWith(prefix));
	if (startsWith('whatsapp.template.')) return templateDraft(type, payload);
	if (startsWith('whatsapp.phone_number.', 'whatsapp.business_account.', 'whatsapp.flow.')) {
		return accountDraft(type, payload);
	}
	return startsWith('contact.') ? contactDraft(type, payload) : otherDraft(payload);
}

/** Without an event ID: the message's ID, with its status if the event has one. */
function draftKey(draft: Omit<EventDraft, 'key'>, body: JsonObject): string | null {
	const { event, messageId = null, status } = draft;
	if (event === 'message.echo' || !status) {
		return event === 'other' ? null : messageKey({ ...draft, messageId });
	}
	// In a group each participant has a status, and YCloud doesn't document where it names the participant.
	return isOfGroup(objectOf(body.whatsappMessage)) ? null : statusKey(draft);
}
