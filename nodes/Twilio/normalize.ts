import type { Draft, EventDraft } from '../shared/core/draft';
import { statusKey, UNKNOWN_CODE } from '../shared/core/event-key';
import { eventOfStatus, type EventName } from '../shared/core/events';
import type { Item } from '../shared/core/item';
import { firstText, textOf, type JsonObject } from '../shared/core/json';
import { addressOf, phoneOf } from '../shared/core/phone';
import { contentOfMessage } from './content';

/** The prefixes that addresses have; without one they are numbers of SMS. */
type Channel = Item['channel'] | 'another';

/**
 * The draft of an incoming message, or of a status callback. Both are flat forms, told apart by their
 * status alone. None has a time in it.
 */
export function normalize(fields: JsonObject): Draft[] {
	const status = statusOf(fields);
	return [{ ...draftOf(fields, status), providerEvent: status ?? 'unknown' }];
}

function draftOf(fields: JsonObject, status: string | null): EventDraft {
	const channel = channelOf(fields);
	const isUnknown = status === null && !('Body' in fields);
	// Such as RCS or Messenger, which are neither of the two channels that an item knows; or a call.
	if (channel === 'another' || isUnknown) {
		return { event: 'other', key: null, text: firstText(fields, 'Body') };
	}
	const draft = isIncoming(status) ? incomingDraft(fields) : statusDraft(fields, status);
	return { ...draft, channel };
}

/** Twilio names no events; the status is what tells them apart. */
export function nameOfEvent(fields: JsonObject): string | null {
	return statusOf(fields);
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

function incomingDraft(fields: JsonObject): EventDraft {
	const from = bare(fields.From);
	const to = bare(fields.To);
	const messageId = messageIdOf(fields);
	const phone = phoneOf(from) ?? phoneOf(fields.WaId);
	return {
		event: 'message.received',
		key: messageId,
		direction: 'inbound',
		messageId,
		...contentOfMessage(fields),
		from,
		to,
		contact: { phone, name: firstText(fields, 'ProfileName'), id: userIdOf(from) },
		business: businessOf(fields, to),
	};
}

function statusDraft(fields: JsonObject, status: string | null): EventDraft {
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
		contact: { phone: phoneOf(to), name: null, id: userIdOf(to) },
		business: businessOf(fields, from),
	};
}

/** Not delivered is final, and has its reason as a failure has. */
function eventOf(status: string | null): EventName {
	return status === 'undelivered' ? 'message.failed' : eventOfStatus(status);
}

function messageIdOf(fields: JsonObject): string | null {
	return firstText(fields, 'MessageSid', 'SmsSid', 'SmsMessageSid');
}

/** An address without its channel, `whatsapp:+15551234567`. */
function bare(address: unknown): string | null {
	return addressOf(textOf(address)?.replace(/^whatsapp:/i, ''));
}

/** A customer who hides the number has a user id in its place. */
function userIdOf(address: string | null): string | null {
	return phoneOf(address) === null ? address : null;
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
