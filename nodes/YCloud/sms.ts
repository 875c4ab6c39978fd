import { UNKNOWN_CODE } from '../shared/core/item/event-key';
import { eventOfStatus } from '../shared/core/item/events';
import { firstText, type JsonObject } from '../shared/core/values/json';
import { addressOf, phoneOf } from '../shared/core/values/phone';
import { firstTimeOf } from '../shared/core/values/time';
import type { YCloudDraft } from './message';

/** `smsInbound`: a reply to an SMS of ours. */
export function smsDraft(message: JsonObject): YCloudDraft {
	const from = addressOf(message.from);
	const to = addressOf(message.to);
	return {
		event: 'message.received',
		occurredAt: firstTimeOf(message.sendTime),
		channel: 'sms',
		direction: 'inbound',
		messageId: firstText(message, 'id'),
		messageType: 'text',
		text: firstText(message, 'text'),
		from,
		to,
		contact: { phone: phoneOf(from), name: null, id: null },
		business: { phone: phoneOf(to), phoneNumberId: null, accountId: null },
	};
}

/** `sms`: the status of one of our SMS. */
export function smsStatusDraft(message: JsonObject): YCloudDraft {
	const status = firstText(message, 'status')?.toLowerCase() ?? null;
	// The network couldn't deliver it, which is also final.
	const event = status === 'undelivered' ? 'message.failed' : eventOfStatus(status);
	const from = addressOf(message.senderId);
	const to = addressOf(message.to);
	return {
		event,
		occurredAt: firstTimeOf(message.updateTime),
		channel: 'sms',
		direction: 'outbound',
		messageId: firstText(message, 'id'),
		messageType: 'text',
		text: firstText(message, 'text'),
		from,
		to,
		contact: { phone: phoneOf(to), name: null, id: null },
		business: { phone: phoneOf(from), phoneNumberId: null, accountId: null },
		status,
		...(event === 'message.failed'
			? {
					error: {
						code: firstText(message, 'errorCode') ?? UNKNOWN_CODE,
						message: 'YCloud gave no reason',
						details: null,
						help: null,
					},
				}
			: {}),
	};
}
