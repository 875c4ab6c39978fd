import type { EventPairs } from '../../../test/support/event-pairs';
import type { JsonObject } from '../../shared/core/values/json';

const chatMitra = (event: string, fields: JsonObject) => ({
	event,
	message_id: 'm1',
	timestamp: 1785329060,
	...fields,
});

const told = {
	direction: 'outbound',
	from: '919888888888',
	to: '919999999999',
	message: { type: 'text', text: 'Your package is ready' },
};

const bare = (status: string, fields: JsonObject = {}) =>
	chatMitra('message.status.updated', { status, ...fields });

const chatMitraFailed = chatMitra('message.failed', { ...told, fail_reason: 'rate_limited' });

export const eventPairs: EventPairs = {
	twoEvents: [
		[
			'a message has no content yet, then it has',
			chatMitra('message.received', {}),
			chatMitra('message.received', { message: { type: 'text', text: 'Hi' } }),
		],
		['a bare "sent" comes before the sent message', bare('sent'), chatMitra('message.sent', told)],
		['a bare "sent" comes after the sent message', chatMitra('message.sent', told), bare('sent')],
		['a bare "failed" comes before the failed message', bare('failed'), chatMitraFailed],
		['a bare "failed" comes after the failed message', chatMitraFailed, bare('failed')],
		[
			'a bare "failed" with a reason comes before the failed message',
			bare('failed', { fail_reason: 'rate_limited' }),
			chatMitraFailed,
		],
		[
			'a bare "failed" comes without a reason, then with one',
			bare('failed'),
			bare('failed', { fail_reason: 'rate_limited' }),
		],
		[
			'a status that is not known comes twice',
			bare('expired'),
			bare('expired', { timestamp: 1785329061 }),
		],
		[
			'an event that is not known happens to one message twice',
			chatMitra('message.clicked', {}),
			chatMitra('message.clicked', { timestamp: 1785329061 }),
		],
		[
			'a message without an id fails again a second later',
			{ ...chatMitraFailed, message_id: null },
			{ ...chatMitraFailed, message_id: null, timestamp: 1785329061 },
		],
		[
			'the ids of two people’s messages are numbers that parsing makes one',
			'{"event":"message.received","message_id":9007199254740993,"from":"919999999999"}',
			'{"event":"message.received","message_id":9007199254740992,"from":"919999999998"}',
		],
	],
	oneEvent: [
		['a sent message', chatMitra('message.sent', told), chatMitra('message.sent', told)],
		['a bare "sent"', bare('sent'), bare('sent', { timestamp: 1785329090 })],
		['a failed message', chatMitraFailed, chatMitraFailed],
		[
			'a failed message without an id',
			{ ...chatMitraFailed, message_id: null, timestamp: 1785329100 },
			{ ...chatMitraFailed, message_id: null, timestamp: 1785329100 },
		],
		['a bare "failed"', bare('failed'), bare('failed')],
	],
	timeless: [
		['an event that is not known', { event: 'contact.created' }],
		['one that is not known, of a message', { event: 'message.clicked', message_id: 'm1' }],
	],
	timed: [['an event that is not known', { event: 'contact.created', timestamp: 1756322278 }]],
};
