import type { EventPairs } from '../../../test/support/event-pairs';

const PHONE = '919876543210@c.us';
const LID = '123456789012345@lid';
const GROUP = '120363025246125486@g.us';

let events = 0;

/** An event with an id of its own, as WAHA makes a new one each time it reports a message. */
const event = (name: string, payload: object, session = 'default') => ({
	event: name,
	id: `evt_${(events += 1)}`,
	session,
	me: { id: '919888888888@c.us', lid: '999999999999999@lid' },
	payload,
});
const message = (id: string, payload: object = {}, session = 'default') =>
	event('message', { id, fromMe: id.startsWith('true'), body: 'Hi', ...payload }, session);
const ack = (id: string, payload: object = {}) =>
	event('message.ack', { id, fromMe: true, ackName: 'READ', ...payload });
const revoked = (id: string) => event('message.revoked', { before: null, after: { id } });

export const eventPairs: EventPairs = {
	twoEvents: [
		['two messages', message(`false_${PHONE}_A1`), message(`false_${PHONE}_A2`)],
		[
			'two sessions that both get a message',
			message(`false_${PHONE}_A1`),
			message(`false_${PHONE}_A1`, {}, 'second'),
		],
		[
			'a message to ourselves, sent and received',
			message(`true_${PHONE}_A1`),
			message(`false_${PHONE}_A1`),
		],
		[
			'two groups whose messages have one id',
			message(`false_${GROUP}_A1_${LID}`),
			message(`false_120363000000000001@g.us_A1_${LID}`),
		],
		[
			'two channels whose messages have one id',
			message('false_1@newsletter_7'),
			message('false_2@newsletter_7'),
		],
		[
			'a message without its content, then the message',
			message(`false_${PHONE}_A1`, { body: null }),
			message(`false_${PHONE}_A1`),
		],
		[
			'a message that NOWEB cannot decrypt, then the message',
			message(`false_${PHONE}_A1`, { body: null, _data: { messageStubType: 2 } }),
			message(`false_${PHONE}_A1`),
		],
		[
			'a message that WEBJS cannot decrypt, then the message',
			message(`false_${PHONE}_A1`, { body: '', _data: { type: 'ciphertext' } }),
			message(`false_${PHONE}_A1`),
		],
		[
			'a message is delivered, then read',
			ack('true_x@lid_A1', { ackName: 'DEVICE' }),
			ack('true_x@lid_A1'),
		],
		[
			'two members of a group read a message',
			ack(`true_${GROUP}_A1`, { participant: LID }),
			ack(`true_${GROUP}_A1`, { participant: PHONE }),
		],
		[
			'two edits of one message under its id',
			event('message.edited', { id: `false_${PHONE}_A1`, body: 'one' }),
			event('message.edited', { id: `false_${PHONE}_A1`, body: 'two' }),
		],
	],
	oneEvent: [
		[
			'a message under the number and under the user id',
			message(`false_${PHONE}_A1`, { from: PHONE }),
			message(`false_${LID}_A1`, { from: LID }),
		],
		[
			'a message as "message" and as "message.any"',
			message(`false_${PHONE}_A1`),
			{ ...message(`false_${PHONE}_A1`), event: 'message.any' },
		],
		[
			'a message of ours under the number and under the user id',
			message(`true_${PHONE}_A1`),
			message(`true_${LID}_A1`),
		],
		[
			"a group's message under both addresses of its author",
			message(`false_${GROUP}_A1_${PHONE}`, { participant: PHONE }),
			message(`false_${GROUP}_A1_${LID}`, { participant: LID }),
		],
		[
			"a group's message of ours under both of our addresses",
			message(`true_${GROUP}_A1_919888888888@c.us`),
			message(`true_${GROUP}_A1_999999999999999@lid`),
		],
		[
			'a status under the number and under the user id',
			ack(`true_${PHONE}_A1`),
			ack(`true_${LID}_A1`),
		],
		[
			'a status in a group under both addresses of the reader',
			ack(`true_${GROUP}_A1`, { participant: PHONE }),
			ack(`true_${GROUP}_A1`, {
				participant: LID,
				_data: { IsFromMe: false, Sender: LID, SenderAlt: '919876543210@s.whatsapp.net' },
			}),
		],
		[
			'a status that names the author beside the reader',
			ack(`true_${GROUP}_A1_${PHONE}`, { participant: PHONE }),
			ack(`true_${GROUP}_A1`, {
				participant: PHONE,
				_data: { key: { participant: '919888888888@s.whatsapp.net' }, author: '919888888888@c.us' },
			}),
		],
		[
			'what we have read, under the number and under the user id',
			ack(`false_${PHONE}_A1`, { fromMe: false }),
			ack(`false_${LID}_A1`, { fromMe: false }),
		],
		['a deletion', revoked(`false_${PHONE}_A1`), revoked(`false_${LID}_A1`)],
		[
			'a message that is waited for',
			event('message.waiting', { id: `false_${PHONE}_A1` }),
			event('message.waiting', { id: `false_${LID}_A1` }),
		],
		[
			'a placeholder',
			message(`false_${PHONE}_A1`, { body: null }),
			message(`false_${LID}_A1`, { body: null }),
		],
	],
	timeless: [],
	timed: [],
};
