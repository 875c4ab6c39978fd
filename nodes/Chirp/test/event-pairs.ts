import type { EventPair, EventPairs } from '../../../test/support/event-pairs';
import type { JsonObject } from '../../shared/core/values/json';

const chirp = (event: string, message: JsonObject, fields: JsonObject = {}) => ({
	event,
	timestamp: '2026-01-15T12:00:00.000Z',
	data: { message: { id: 'msg_wa_1', ...message } },
	...fields,
});

const STAGES = ['edited', 'reaction', 'updated', 'clicked'];

const chirpFailed = (code?: string) =>
	chirp('messages.whatsapp.failed', { ...(code === undefined ? {} : { error: { code } }) });

export const eventPairs: EventPairs = {
	twoEvents: [
		[
			'a message cannot be shown, then comes',
			chirp('messages.whatsapp.received', { type: 'unsupported' }),
			chirp('messages.whatsapp.received', { type: 'text', text: 'Hi' }),
		],
		...STAGES.map((stage): EventPair => [
			`messages.whatsapp.${stage} comes for one message again later`,
			chirp(`messages.whatsapp.${stage}`, {}),
			chirp(`messages.whatsapp.${stage}`, {}, { timestamp: '2026-01-15T12:00:09.000Z' }),
		]),
		[
			'a message is edited a second time, in payloads without a time',
			{ event: 'messages.whatsapp.edited', data: { id: 'msg_wa_1', text: 'better' } },
			{ event: 'messages.whatsapp.edited', data: { id: 'msg_wa_1', text: 'best' } },
		],
		[
			'a message sent again fails with another error',
			chirpFailed('message_undeliverable'),
			chirpFailed('account_restricted'),
		],
		[
			'a message fails without a reason, then with one',
			chirpFailed(),
			chirpFailed('account_restricted'),
		],
		[
			'a message fails with a reason, then without one',
			chirpFailed('account_restricted'),
			chirpFailed(),
		],
		[
			'an account is connected again later',
			{ event: 'whatsapp.account.connected', timestamp: '2026-01-15T12:00:00Z', data: {} },
			{ event: 'whatsapp.account.connected', timestamp: '2026-01-15T13:00:00Z', data: {} },
		],
		[
			'the ids of two people’s messages are numbers that parsing makes one',
			'{"event":"messages.whatsapp.received","data":{"id":9007199254740993,"from":"+15551234567"}}',
			'{"event":"messages.whatsapp.received","data":{"id":9007199254740992,"from":"+15551234568"}}',
		],
	],
	oneEvent: [
		[
			'an edited message, its keys in another order',
			'{"event":"messages.whatsapp.edited","data":{"id":"msg_wa_1","text":"better"}}',
			'{"data":{"text":"better","id":"msg_wa_1"},"event":"messages.whatsapp.edited"}',
		],
		[
			'a failure with a reason',
			chirpFailed('account_restricted'),
			chirpFailed('account_restricted'),
		],
		[
			'a received message, the time of sending another',
			chirp('messages.whatsapp.received', { text: 'Hi' }),
			chirp(
				'messages.whatsapp.received',
				{ text: 'Hi' },
				{ timestamp: '2026-01-15T12:00:05.000Z', attempt: 2 },
			),
		],
	],
	timeless: [
		['a connected account', { event: 'whatsapp.account.connected', data: { id: 'a' } }],
		[
			'a connected account that says when it was created',
			{ event: 'whatsapp.account.connected', data: { createdAt: '2024-01-15T12:00:00Z' } },
		],
		[
			'a number’s quality',
			{ event: 'phone_numbers.whatsapp.quality_changed', data: { quality: 'RED' } },
		],
		['a contact', { event: 'contacts.whatsapp.updated', data: { name: 'A' } }],
		['a template', { event: 'templates.whatsapp.updated', data: { status: 'PAUSED' } }],
		[
			'a click on a message that says when it was created',
			{
				event: 'messages.whatsapp.clicked',
				data: { id: 'm1', createdAt: '2024-01-15T12:00:00Z' },
			},
		],
	],
	timed: [
		[
			'an account that was connected',
			{ event: 'whatsapp.account.connected', data: { connectedAt: 1756322278, createdAt: 1 } },
		],
		[
			'a template that was created',
			{ event: 'templates.whatsapp.created', data: { createdAt: 1756322278 } },
		],
		[
			'a message that was edited',
			{ event: 'messages.whatsapp.edited', data: { id: 'm1', editedAt: 1756322278 } },
		],
	],
};
