import type { EventPairs } from '../../../test/support/event-pairs';

const ME = '919888888888@s.whatsapp.net';
const PHONE = '919876543210@s.whatsapp.net';
const LID = '123456789012345@lid';
const GROUP = '120363025246125486@g.us';

const event = (name: string, data: object, instance = 'shop') => ({
	event: name,
	instance,
	sender: ME,
	data,
});
const message = (key: object, more: object = {}, instance = 'shop') =>
	event(
		'messages.upsert',
		{ key: { id: 'A1', fromMe: false, ...key }, message: { conversation: 'Hi' }, ...more },
		instance,
	);
const update = (data: object) =>
	event('messages.update', { keyId: 'A1', remoteJid: PHONE, fromMe: true, ...data });

export const eventPairs: EventPairs = {
	twoEvents: [
		[
			'two customers whose messages have one id',
			message({ remoteJid: PHONE }),
			message({ remoteJid: '919812345678@s.whatsapp.net' }),
		],
		[
			'two members of a group whose messages have one id',
			message({ remoteJid: GROUP, participant: PHONE }),
			message({ remoteJid: GROUP, participant: LID }),
		],
		[
			'two instances that both get a message',
			message({ remoteJid: PHONE }),
			message({ remoteJid: PHONE }, {}, 'second'),
		],
		[
			'two instances that both send a message',
			message({ remoteJid: PHONE, fromMe: true }),
			message({ remoteJid: PHONE, fromMe: true }, {}, 'second'),
		],
		[
			'a message without its content, then the message',
			message({ remoteJid: PHONE }, { message: null }),
			message({ remoteJid: PHONE }),
		],
		[
			'a message that cannot be decrypted, then the message',
			message({ remoteJid: PHONE }, { message: {}, messageStubType: 'CIPHERTEXT' }),
			message({ remoteJid: PHONE }),
		],
		[
			'a message for the phone only, then the message',
			message({ remoteJid: PHONE }, { message: { placeholderMessage: { type: 0 } } }),
			message({ remoteJid: PHONE }),
		],
		[
			'a message that the Cloud API does not support, then the message',
			message({ remoteJid: PHONE }, { message: { unsupportedMessage: {} } }),
			message({ remoteJid: PHONE }),
		],
		[
			'an edit that claims a status, then the status',
			update({
				status: 'SERVER_ACK',
				message: { editedMessage: { message: { conversation: 'x' } } },
			}),
			update({ status: 'SERVER_ACK' }),
		],
		[
			'votes that claim a status, then the status',
			update({ status: 'SERVER_ACK', pollUpdates: [{ name: 'Friday', voters: [PHONE] }] }),
			update({ status: 'SERVER_ACK' }),
		],
		[
			'a pin that claims a status, then the status',
			update({ status: 'SERVER_ACK', pinInChat: { type: 1 } }),
			update({ status: 'SERVER_ACK' }),
		],
		[
			'a message is delivered, then read',
			update({ status: 'DELIVERY_ACK' }),
			update({ status: 'READ' }),
		],
		[
			'two members of a group read a message',
			update({ remoteJid: GROUP, participant: LID, status: 'READ' }),
			update({ remoteJid: GROUP, participant: PHONE, status: 'READ' }),
		],
	],
	oneEvent: [
		[
			'a message under the number and under the user id',
			message({ remoteJid: PHONE }),
			message({ remoteJid: LID, remoteJidAlt: PHONE, addressingMode: 'lid' }),
		],
		[
			'a message under the user id, whose number two versions name differently',
			message({ remoteJid: LID, senderPn: PHONE }),
			message({ remoteJid: PHONE, previousRemoteJid: LID }),
		],
		[
			"a group's message under both addresses of its author",
			message({ remoteJid: GROUP, participant: LID, participantPn: PHONE }),
			message({ remoteJid: GROUP, participant: PHONE, participantLid: LID }),
		],
		[
			'a message of ours, as it is sent and as it is seen',
			event('send.message', {
				key: { id: 'A1', fromMe: true, remoteJid: PHONE },
				message: { conversation: 'Hi' },
			}),
			message({ remoteJid: LID, fromMe: true }),
		],
		[
			'a status under the number and under the user id',
			update({ status: 'READ' }),
			update({ status: 'READ', remoteJid: LID }),
		],
		[
			'a status in a group under both addresses of the reader',
			update({ remoteJid: GROUP, participant: LID, participantAlt: PHONE, status: 'READ' }),
			update({ remoteJid: GROUP, participant: PHONE, status: 'READ' }),
		],
		[
			'a placeholder that comes again',
			message({ remoteJid: PHONE }, { message: null }),
			message({ remoteJid: PHONE }, { message: {} }),
		],
	],
	timeless: [
		[
			'an edit in an update',
			update({ message: { editedMessage: { message: { conversation: 'x' } } } }),
		],
		['a status that nobody knows', update({ status: 'SOMETHING_NEW' })],
	],
	timed: [],
};
