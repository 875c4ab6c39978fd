import type { Delivery } from '../shared/core/verify/delivery';
import type { Draft, EventDraft } from '../shared/core/item/draft';
import {
	hashKey,
	messageKey,
	placeholderKey,
	statusKey,
	UNKNOWN_CODE,
} from '../shared/core/item/event-key';
import { eventOfStatus, type EventName } from '../shared/core/item/events';
import type { Item } from '../shared/core/item/item';
import { firstText, textOf, type JsonObject } from '../shared/core/values/json';
import { addressOf, phoneOf } from '../shared/core/values/phone';
import { contentOfMessage, has } from './content';
import { signedText } from './signature';

/** The prefixes that addresses have; without one they are numbers of SMS. */
type Channel = Item['channel'] | 'another';

/**
 * The draft of an incoming message, or of a status callback. Both are flat forms, distinguished only by the
 * status. Neither contains a time.
 */
export function normalize(fields: JsonObject, delivery: Delivery): Draft[] {
	const { key, ...draft } = draftOf(fields);
	return [
		{
			...draft,
			providerEvent: nameOfEvent(fields) ?? 'unknown',
			// The same however the fields are cut. Not the hash of a payload: no two events are signed alike.
			key: key ?? `signed:${hashKey(signedText(delivery))}`,
		},
	];
}

function draftOf(fields: JsonObject): EventDraft {
	const status = statusOf(fields);
	const channel = channelOf(fields);
	const isUnknown = status === null && !('Body' in fields);
	// Such as RCS or Messenger, which are neither of the two channels that an item knows; or a call; or
	// Conversations, whose participants write on either side.
	if (channel === 'another' || isUnknown || isOfAnotherProduct(fields)) {
		return { event: 'other', key: null, text: firstText(fields, 'Body') };
	}
	const draft = isIncoming(status)
		? incomingDraft(fields, channel)
		: statusDraft(fields, status, channel);
	return { ...draft, channel };
}

/** Messaging has no event names, only statuses. Other products name their events. */
export function nameOfEvent(fields: JsonObject): string | null {
	return statusOf(fields) ?? firstText(fields, ...EVENT_NAMES);
}

const EVENT_NAMES = ['EventType', 'StatusCallbackEvent', 'CallStatus'];

/** IDs that only the forms of other products have: Conversations and Chat, Voice, Video, TaskRouter, Verify. */
const OTHER_SIDS = [
	'ConversationSid',
	'ChatServiceSid',
	'ChannelSid',
	'ParticipantSid',
	'CallSid',
	'RoomSid',
	'TaskSid',
	'WorkspaceSid',
	'VerificationSid',
];

/**
 * Whether a form is of a product other than Messaging, which may be sent to the same URL. A message of
 * Conversations has a body and a `MessageSid`, too: `IM…`.
 */
function isOfAnotherProduct(fields: JsonObject): boolean {
	return (
		has(fields, ...OTHER_SIDS) ||
		// WhatsApp's status callbacks have an `EventType` as well: READ, DELIVERED.
		/^on[A-Z]/.test(firstText(fields, 'EventType') ?? '') ||
		MESSAGE_SIDS.some((name) => /^(IM|CH)[0-9a-f]{32}$/i.test(textOf(fields[name]) ?? ''))
	);
}

function statusOf(fields: JsonObject): string | null {
	return firstText(fields, 'MessageStatus', 'SmsStatus')?.toLowerCase() ?? null;
}

function channelOf({ From, To }: JsonObject): Channel {
	const prefixes = [From, To].flatMap(
		(address) => /^([a-z]+):/i.exec(textOf(address) ?? '')?.[1] ?? [],
	);
	if (prefixes.some((prefix) => prefix.toLowerCase() === 'whatsapp')) return 'whatsapp';
	if (prefixes.length > 0) return 'another';
	return textOf(From) === null && textOf(To) === null ? 'whatsapp' : 'sms';
}

/** Twilio's "receiving" is a message on its way through a Messaging Service. */
function isIncoming(status: string | null): boolean {
	return status === null || status === 'received' || status === 'receiving';
}

function incomingDraft(fields: JsonObject, channel: Item['channel']): EventDraft {
	const from = bare(fields.From);
	const to = bare(fields.To);
	const messageId = messageIdOf(fields);
	const phone = phoneOf(from) ?? phoneOf(fields.WaId);
	const content = contentOfMessage(fields);
	const { text, media, location } = content;
	const isAnnounced = statusOf(fields) === 'receiving' && text === null && !media && !location;
	return {
		event: 'message.received',
		key: isAnnounced ? placeholderKey(messageId) : messageKey({ messageId, ...content }),
		direction: 'inbound',
		messageId,
		...content,
		from,
		to,
		contact: {
			phone,
			name: firstText(fields, 'ProfileName'),
			id: channel === 'sms' ? null : userIdOf(fields, from),
		},
		business: businessOf(fields, to),
	};
}

function statusDraft(
	fields: JsonObject,
	status: string | null,
	channel: Item['channel'],
): EventDraft {
	const event = eventOf(status);
	const from = bare(fields.From);
	const to = bare(fields.To);
	const what = {
		event,
		messageId: messageIdOf(fields),
		status,
		...(event === 'message.failed' ? { error: errorOf(fields) } : {}),
	};
	return {
		...what,
		key: statusKey(what),
		direction: 'outbound',
		from,
		to,
		contact: {
			phone: phoneOf(to),
			name: null,
			id: channel === 'sms' ? null : userIdOf(fields, to),
		},
		business: businessOf(fields, from),
	};
}

/** `undelivered` is final, and has a reason like a failure. */
function eventOf(status: string | null): EventName {
	return status === 'undelivered' ? 'message.failed' : eventOfStatus(status);
}

const MESSAGE_SIDS = ['MessageSid', 'SmsSid', 'SmsMessageSid'];

/** The form of a message's ID (Twilio's OpenAPI document, "Message", `sid`). */
const MESSAGE_SID = /^(SM|MM)[0-9a-f]{32}$/i;

/** The first ID in Twilio's form: anything else may be a part of another field. */
function messageIdOf(fields: JsonObject): string | null {
	const given = MESSAGE_SIDS.flatMap((name) => textOf(fields[name]) ?? []);
	return given.find((sid) => MESSAGE_SID.test(sid)) ?? null;
}

/** An address without its channel, `whatsapp:+15551234567`. */
function bare(address: unknown): string | null {
	return addressOf(textOf(address)?.replace(/^whatsapp:/i, ''));
}

/** WhatsApp's ID of a customer: next to the number, or in its place if the customer hides it. */
function userIdOf(fields: JsonObject, address: string | null): string | null {
	const beside = firstText(fields, 'ExternalUserId', 'ExternalUserIdentifier');
	const id = bare(beside) ?? address;
	return phoneOf(id) === null ? id : null;
}

function businessOf(fields: JsonObject, number: string | null): Item['business'] {
	return {
		phone: phoneOf(number),
		phoneNumberId: null,
		accountId: firstText(fields, 'AccountSid'),
	};
}

function errorOf(fields: JsonObject): NonNullable<Item['error']> {
	const code = firstText(fields, 'ErrorCode');
	const channel = firstText(fields, 'ChannelStatusMessage');
	const message = firstText(fields, 'ErrorMessage') ?? channel;
	return {
		code: code ?? UNKNOWN_CODE,
		message: message ?? (code === null ? 'Twilio gave no reason' : `Twilio error ${code}`),
		details: channel === message ? null : channel,
		help:
			code === null ? null : `https://www.twilio.com/docs/api/errors/${encodeURIComponent(code)}`,
	};
}
