import type { JsonObject } from '../../nodes/shared/core/values/json';
import { itemOf } from '../support/items';
import { authentic, providerUnderTest, PROVIDERS_UNDER_TEST } from '../support/providers';

/**
 * Which chat an event belongs to, by small deliveries of each provider: whatever tells of one chat has one
 * ID, and no two chats share one.
 */

type Body = JsonObject | string;

interface Chats {
	/** A chat's ID, and deliveries of each kind that tell of it. */
	chats: [id: string, told: Record<string, Body>][];
	/** Deliveries that have a chat, but don't name our side or the chat, so that it has no ID. */
	unnamed?: Record<string, Body>;
	/** When one person's chat gets another ID, which no delivery can prevent. */
	changes?: [why: string, before: Body, idBefore: string, after: Body, idAfter: string][];
}

const US = '15550200100';
const US_TOO = '15550200200';
const ANN = '15550100222';
const BOB = '15550100333';
const ANN_ID = 'US.13491208655302741918';
const ANN_NEW = '15550100444';
const LID = '900000000000222@lid';
const GROUP = '120363000000000001@g.us';

// Meta's format, for all that relay it.

const change = (field: string, value: JsonObject, phoneNumberId = 'P1') => ({
	object: 'whatsapp_business_account',
	entry: [
		{
			id: 'W1',
			changes: [
				{
					field,
					value: {
						metadata: { display_phone_number: US, phone_number_id: phoneNumberId },
						...value,
					},
				},
			],
		},
	],
});
const received = (fields: JsonObject, phoneNumberId?: string, contacts: JsonObject[] = []) =>
	change(
		'messages',
		{
			contacts,
			messages: [{ from: ANN, id: 'wamid.A', type: 'text', text: { body: 'Hi' }, ...fields }],
		},
		phoneNumberId,
	);
const status = (fields: JsonObject) =>
	change('messages', {
		statuses: [{ id: 'wamid.B', status: 'delivered', recipient_id: ANN, ...fields }],
	});
const echo = (fields: JsonObject) =>
	change('smb_message_echoes', {
		message_echoes: [{ from: US, to: ANN, id: 'wamid.C', type: 'text', ...fields }],
	});
const system = (fields: JsonObject, more: JsonObject = {}, contacts: JsonObject[] = []) =>
	received({ type: 'system', text: undefined, system: fields, ...more }, 'P1', contacts);
const hidden = { from: undefined, from_user_id: ANN_ID };

const metaChats = (provider: string): Chats => ({
	chats: [
		[
			`${provider}:P1:${ANN}`,
			{
				inbound: received({}),
				'inbound with a user ID as well': received({ from_user_id: ANN_ID }),
				'inbound with the number among the contacts': received(hidden, 'P1', [
					{ wa_id: ANN, user_id: ANN_ID },
				]),
				reaction: received({ type: 'reaction', reaction: { message_id: 'wamid.B', emoji: '👍' } }),
				edit: received({ type: 'edit', edit: { original_message_id: 'wamid.A' } }),
				revoke: received({ type: 'revoke', revoke: { original_message_id: 'wamid.A' } }),
				echo: echo({}),
				'echo with the sides turned': echo({ from: ANN, to: US }),
				sent: status({ status: 'sent' }),
				delivered: status({}),
				read: status({ status: 'read' }),
				failed: status({ status: 'failed' }),
				'call from': change('calls', { calls: [{ id: 'c', from: ANN, to: US }] }),
				'call to': change('calls', {
					calls: [{ id: 'c', from: US, to: ANN, direction: 'BUSINESS_INITIATED' }],
				}),
				preference: change('user_preferences', { user_preferences: [{ wa_id: ANN }] }),
				history: change('history', {
					history: [{ threads: [{ id: ANN, messages: [] }] }, { threads: [{ id: ANN }] }],
				}),
				'sent, in history': change('history', { messages: [{ from: US, to: ANN }] }),
				handover: change('messaging_handovers', {
					metadata: undefined,
					recipient: { display_phone_number: US, phone_number_id: 'P1' },
					sender: { phone_number: ANN },
				}),
			},
		],
		[`${provider}:P1:${BOB}`, { inbound: received({ from: BOB }) }],
		[`${provider}:P2:${ANN}`, { inbound: received({}, 'P2') }],
		[
			`${provider}:P1:${ANN_ID}`,
			{
				inbound: received(hidden),
				delivered: status({ recipient_id: undefined, recipient_user_id: ANN_ID }),
				echo: echo({ to: undefined, to_user_id: ANN_ID }),
			},
		],
		[
			`${provider}:P1:G1`,
			{
				inbound: received({ group_id: 'G1' }),
				"another's": received({ group_id: 'G1', from: BOB }),
				sent: status({ recipient_id: 'G1', recipient_type: 'group' }),
				'read by one': status({
					...{ recipient_id: 'G1', recipient_type: 'group', status: 'read' },
					recipient_participant_id: ANN,
				}),
				echo: echo({ to: 'G1', recipient_type: 'group' }),
				settings: change('group_settings_update', { groups: [{ group_id: 'G1' }] }),
			},
		],
	],
	unnamed: {
		'history of several people': change('history', {
			history: [{ threads: [{ id: ANN }, { id: BOB }] }],
		}),
		'history of a group': change('history', { messages: [{ from: ANN, group_id: 'G1' }] }),
	},
	changes: [
		[
			'the customer hides the number',
			received({ from_user_id: ANN_ID }),
			`${provider}:P1:${ANN}`,
			received(hidden),
			`${provider}:P1:${ANN_ID}`,
		],
		[
			'the customer has a new number',
			received({}),
			`${provider}:P1:${ANN}`,
			system({ type: 'user_changed_number', wa_id: ANN_NEW }),
			`${provider}:P1:${ANN_NEW}`,
		],
		[
			'the customer has a new user ID',
			received(hidden),
			`${provider}:P1:${ANN_ID}`,
			system({ type: 'user_changed_user_id', user_id: 'US.2' }, hidden),
			`${provider}:P1:US.2`,
		],
		[
			'the customer has a new user ID, and a number that is known',
			received(hidden),
			`${provider}:P1:${ANN_ID}`,
			system({ type: 'user_changed_user_id', user_id: 'US.2' }, hidden, [
				{ wa_id: ANN_NEW, user_id: 'US.2' },
			]),
			`${provider}:P1:${ANN_NEW}`,
		],
	],
});

// ChakraHQ's own format.

const own = (event: string, payload: JsonObject) => ({ event, payload });

const chakraChats = (): Chats => {
	const relayed = metaChats('chakrahq');
	return {
		...relayed,
		chats: [
			...relayed.chats,
			[
				`chakrahq::${ANN}`,
				{
					inbound: own('message', { message: { from: ANN, id: 'wamid.A', type: 'text' } }),
					delivered: own('deliveryStatus', { deliveryStatus: 'DELIVERED', recipientId: ANN }),
					read: own('status', { deliveryStatus: 'READ', recipient_id: ANN }),
					echo: own('message_echo', { recipientId: ANN, message: { type: 'text' } }),
				},
			],
		],
		unnamed: {
			...relayed.unnamed,
			'read in a group': own('status', {
				...{ deliveryStatus: 'READ', recipientType: 'group', recipientId: ANN },
			}),
		},
	};
};

// YCloud.

const yCloudIn = (fields: JsonObject, type = 'whatsapp.inbound_message.received') => ({
	id: 'evt_1',
	type,
	whatsappInboundMessage: { id: 'y1', from: `+${ANN}`, to: `+${US}`, type: 'text', ...fields },
});
const yCloudOut = (fields: JsonObject, type = 'whatsapp.message.updated') => ({
	id: 'evt_2',
	type,
	whatsappMessage: { id: 'y2', from: `+${US}`, to: `+${ANN}`, type: 'text', ...fields },
});
const yCloudHidden = { from: undefined, fromUserId: ANN_ID };

const yCloudChats: Chats = {
	chats: [
		[
			`ycloud:${US}:${ANN}`,
			{
				inbound: yCloudIn({ fromUserId: ANN_ID }),
				reaction: yCloudIn({ type: 'reaction', reaction: { message_id: 'a', emoji: '👍' } }),
				revoke: yCloudIn({ type: 'revoke', revoke: { original_message_id: 'a' } }),
				sent: yCloudOut({ status: 'sent' }),
				delivered: yCloudOut({ status: 'delivered', recipientUserId: ANN_ID }),
				read: yCloudOut({ status: 'read' }, 'whatsapp.echo_message.updated'),
				failed: yCloudOut({ status: 'failed' }),
				echo: yCloudOut({}, 'whatsapp.smb.message.echoes'),
				'history received': yCloudIn({}, 'whatsapp.smb.history'),
				'history sent': yCloudOut({}, 'whatsapp.smb.history'),
				preference: {
					type: 'whatsapp.user.preferences',
					whatsappUserPreference: {
						businessPhoneNumber: `+${US}`,
						contactPhoneNumber: `+${ANN}`,
					},
				},
			},
		],
		[`ycloud:${US}:${BOB}`, { inbound: yCloudIn({ from: `+${BOB}` }) }],
		[`ycloud:${US_TOO}:${ANN}`, { inbound: yCloudIn({ to: `+${US_TOO}` }) }],
		[
			`ycloud:${US}:${ANN_ID}`,
			{
				inbound: yCloudIn(yCloudHidden),
				read: yCloudOut({ to: undefined, recipientUserId: ANN_ID, status: 'read' }),
				'sent by the field that the API calls recipient': yCloudOut({
					...{ to: undefined, recipient: ANN_ID, status: 'sent' },
				}),
			},
		],
		[
			`ycloud:${US}:G1`,
			{
				inbound: yCloudIn({ groupId: 'G1' }, 'whatsapp.group.inbound_message.received'),
				'read by one': yCloudOut(
					{ groupId: 'G1', status: 'read', recipientUserId: ANN_ID },
					'whatsapp.group.message.updated',
				),
				settings: {
					type: 'whatsapp.group.settings_update',
					whatsappGroup: { displayPhoneNumber: US, groupId: 'G1' },
				},
			},
		],
	],
	unnamed: {
		call: {
			type: 'whatsapp.call.status.updated',
			callingStatusUpdated: { phoneId: '1', recipientPhone: `+${ANN}` },
		},
		handover: {
			type: 'whatsapp.meta_business_agent.handover.updated',
			whatsappMetaBusinessAgent: { phoneNumberId: '1', consumerPhoneNumber: `+${ANN}` },
		},
		contact: { type: 'contact.created', contactCreated: { phoneNumber: `+${ANN}` } },
	},
	changes: [
		[
			'the customer hides the number',
			yCloudIn({ fromUserId: ANN_ID }),
			`ycloud:${US}:${ANN}`,
			yCloudIn(yCloudHidden),
			`ycloud:${US}:${ANN_ID}`,
		],
		[
			'the customer has a new number',
			yCloudIn({}),
			`ycloud:${US}:${ANN}`,
			yCloudIn({ type: 'system', system: { new_wa_id: ANN_NEW } }),
			`ycloud:${US}:${ANN_NEW}`,
		],
	],
};

// Twilio.

const form = (from: string, to: string, fields: Record<string, string> = {}) =>
	new URLSearchParams({
		...{ MessageSid: 'SM000000000000000000000000000000a1', From: from, To: to },
		...(fields.MessageStatus === undefined && { SmsStatus: 'received', Body: 'Hi' }),
		...fields,
	}).toString();
const twilioIn = (from: string, to = `whatsapp:+${US}`, fields = {}) => form(from, to, fields);
const twilioStatus = (to: string, MessageStatus: string) =>
	form(`whatsapp:+${US}`, to, { MessageStatus });

const twilioChats: Chats = {
	chats: [
		[
			`twilio:${US}:${ANN}`,
			{
				inbound: twilioIn(`whatsapp:+${ANN}`),
				'inbound with a user ID as well': twilioIn(`whatsapp:+${ANN}`, `whatsapp:+${US}`, {
					ExternalUserId: `whatsapp:${ANN_ID}`,
				}),
				'inbound with the number beside the user ID': twilioIn(
					`whatsapp:${ANN_ID}`,
					`whatsapp:+${US}`,
					{ WaId: ANN },
				),
				...Object.fromEntries(
					['queued', 'sent', 'delivered', 'read', 'failed', 'undelivered'].map((name) => [
						name,
						twilioStatus(`whatsapp:+${ANN}`, name),
					]),
				),
			},
		],
		[`twilio:${US}:${BOB}`, { inbound: twilioIn(`whatsapp:+${BOB}`) }],
		[`twilio:${US_TOO}:${ANN}`, { inbound: twilioIn(`whatsapp:+${ANN}`, `whatsapp:+${US_TOO}`) }],
		[
			`twilio:${US}:${ANN_ID}`,
			{
				inbound: twilioIn(`whatsapp:${ANN_ID}`),
				read: twilioStatus(`whatsapp:${ANN_ID}`, 'read'),
			},
		],
		[`twilio:${US}:384387`, { 'SMS of a short code': twilioIn('384387', `+${US}`) }],
	],
	changes: [
		[
			'the customer hides the number',
			twilioIn(`whatsapp:+${ANN}`),
			`twilio:${US}:${ANN}`,
			twilioIn(`whatsapp:${ANN_ID}`),
			`twilio:${US}:${ANN_ID}`,
		],
	],
};

// Chirp, ChatMitra, PingMate: numbers alone.

const chirp = (stage: string, message: JsonObject) => ({
	event: `messages.whatsapp.${stage}`,
	data: { message: { id: 'msg_wa_1', type: 'text', ...message } },
});
const chirpIn = (fields: JsonObject = {}) => ({
	...{ direction: 'inbound', from: `+${ANN}`, to: `+${US}` },
	...fields,
});
const chirpOut = { direction: 'outbound', from: `+${US}`, to: `+${ANN}` };

const chirpChats: Chats = {
	chats: [
		[
			`chirp:${US}:${ANN}`,
			{
				inbound: chirp('received', chirpIn()),
				flat: { event: 'messages.whatsapp.received', data: { from: `+${ANN}`, to: `+${US}` } },
				edit: chirp('edited', chirpIn()),
				history: chirp('received', chirpIn({ isHistoricalImport: true })),
				sent: chirp('sent', chirpOut),
				echo: chirp('sent', { ...chirpOut, source: 'business_app' }),
				delivered: chirp('delivered', chirpOut),
				read: chirp('read', chirpOut),
			},
		],
		[`chirp:${US}:${BOB}`, { inbound: chirp('received', chirpIn({ from: `+${BOB}` })) }],
		[`chirp:${US_TOO}:${ANN}`, { inbound: chirp('received', chirpIn({ to: `+${US_TOO}` })) }],
	],
	unnamed: {
		status: { event: 'messages.whatsapp.delivered', data: { id: 'msg_wa_1' } },
		contact: { event: 'contacts.whatsapp.created', data: { contact: { phoneNumber: `+${ANN}` } } },
	},
};

const chatMitra = (event: string, from: string, to: string) => ({
	...{ event, message_id: 'm1', from, to, message: { type: 'text', text: 'Hi' } },
	direction: event === 'message.received' ? 'inbound' : 'outbound',
});

const chatMitraChats: Chats = {
	chats: [
		[
			`chatmitra:${US}:${ANN}`,
			{
				inbound: chatMitra('message.received', ANN, US),
				sent: chatMitra('message.sent', US, ANN),
				failed: chatMitra('message.failed', US, ANN),
			},
		],
		[`chatmitra:${US}:${BOB}`, { inbound: chatMitra('message.received', BOB, US) }],
		[`chatmitra:${US_TOO}:${ANN}`, { inbound: chatMitra('message.received', ANN, US_TOO) }],
	],
	unnamed: { status: { event: 'message.status.updated', message_id: 'm1', status: 'read' } },
};

const pingMate = (type: string, object: JsonObject) => ({ id: 'evt_1', type, data: { object } });
const report = (name: string) =>
	pingMate('message.report', { recipient: { phone_number: `+${ANN}` }, status: name });

const pingMateChats: Chats = {
	chats: [
		[
			`pingmate::${ANN}`,
			{
				inbound: pingMate('message.incoming', { from: ANN, to: US, type: 'text' }),
				'inbound without our number': pingMate('message.incoming', {
					sender: { phone_number: `+${ANN}` },
				}),
				sent: report('SENT'),
				delivered: report('DELIVERED'),
				read: report('READ'),
				failed: report('FAILED'),
				form: pingMate('form.submitted', { sender: { phone_number: `+${ANN}` }, fields: { a: 1 } }),
			},
		],
		[`pingmate::${BOB}`, { inbound: pingMate('message.incoming', { from: BOB, to: US }) }],
	],
};

// WAHA.

const waha = (event: string, payload: JsonObject, session = 'shop') => ({
	...{ event, session, payload, engine: 'GOWS' },
	me: { id: `${US}@c.us`, lid: '900000000000100@lid' },
});
const wahaIn = (chat: string, more: JsonObject = {}, session?: string) =>
	waha('message', { id: `false_${chat}_A`, from: chat, body: 'Hi', ...more }, session);
const wahaOut = (event: string, chat: string, more: JsonObject = {}) =>
	waha(event, { id: `true_${chat}_B`, from: chat, fromMe: true, body: 'Hi', ...more });
const ANN_CUS = `${ANN}@c.us`;

const wahaChats: Chats = {
	chats: [
		[
			`waha:shop:${ANN}`,
			{
				inbound: wahaIn(ANN_CUS),
				'inbound from a device': wahaIn(`${ANN}:3@s.whatsapp.net`),
				'inbound under the LID with the number': wahaIn(LID, {
					_data: { Info: { SenderAlt: `${ANN}@s.whatsapp.net` } },
				}),
				echo: wahaOut('message.any', ANN_CUS),
				'echo under the LID with the number': wahaOut('message.any', LID, {
					_data: { Info: { IsFromMe: true, RecipientAlt: `${ANN}@s.whatsapp.net` } },
				}),
				sent: wahaOut('message.ack', ANN_CUS, { ackName: 'SERVER' }),
				delivered: wahaOut('message.ack', ANN_CUS, { ackName: 'DEVICE' }),
				read: wahaOut('message.ack', ANN_CUS, { ackName: 'READ' }),
				reaction: waha('message.reaction', {
					...{ id: `false_${ANN_CUS}_C`, from: ANN_CUS, reaction: { text: '👍' } },
				}),
				edit: waha('message.edited', { id: `false_${ANN_CUS}_D`, from: ANN_CUS }),
				revoke: waha('message.revoked', { after: { id: `false_${ANN_CUS}_E`, from: ANN_CUS } }),
				'poll vote': waha('poll.vote', { vote: { id: `false_${ANN_CUS}_F`, from: ANN_CUS } }),
				call: waha('call.received', { id: 'X', from: ANN_CUS }),
				presence: waha('presence.update', { id: ANN_CUS }),
				label: waha('label.chat.added', { labelId: '1', chatId: ANN_CUS }),
				archive: waha('chat.archive', { id: ANN_CUS }),
			},
		],
		[`waha:shop:${BOB}`, { inbound: wahaIn(`${BOB}@c.us`) }],
		[`waha:second:${ANN}`, { inbound: wahaIn(ANN_CUS, {}, 'second') }],
		[
			`waha:shop:${LID}`,
			{ inbound: wahaIn(LID), read: wahaOut('message.ack', LID, { ackName: 'READ' }) },
		],
		[
			`waha:shop:${GROUP}`,
			{
				inbound: wahaIn(GROUP, { participant: ANN_CUS }),
				"another's": wahaIn(GROUP, { participant: LID }),
				echo: wahaOut('message.any', GROUP, { participant: `${US}@c.us` }),
				read: wahaOut('message.ack.group', GROUP, { participant: ANN_CUS, ackName: 'READ' }),
				settings: waha('group.v2.update', { group: { id: GROUP } }),
			},
		],
		['waha:shop:120363@newsletter', { inbound: wahaIn('120363@newsletter') }],
		['waha:shop:status@broadcast', { inbound: wahaIn('status@broadcast') }],
	],
	changes: [
		[
			'the chat moves to the LID',
			wahaIn(ANN_CUS),
			`waha:shop:${ANN}`,
			wahaIn(LID),
			`waha:shop:${LID}`,
		],
	],
};

// Evolution API.

const evolution = (event: string, data: unknown, instance = 'shop') => ({
	...{ event, instance, data },
	sender: `${US}@s.whatsapp.net`,
});
const upsert = (key: JsonObject, more: JsonObject = {}, instance?: string) =>
	evolution(
		'messages.upsert',
		{ key: { id: 'A', ...key }, message: { conversation: 'Hi' }, ...more },
		instance,
	);
const update = (fields: JsonObject) =>
	evolution('messages.update', { keyId: 'B', fromMe: true, status: 'READ', ...fields });
const ANN_JID = `${ANN}@s.whatsapp.net`;

const evolutionChats: Chats = {
	chats: [
		[
			`evolution:shop:${ANN}`,
			{
				inbound: upsert({ remoteJid: ANN_JID }),
				'inbound under the LID with the number': upsert({
					...{ remoteJid: LID, remoteJidAlt: ANN_JID },
				}),
				'the same in older versions': upsert({ remoteJid: LID, senderPn: ANN_JID }),
				echo: upsert({ remoteJid: ANN_JID, fromMe: true }),
				'sent by the API': evolution('send.message', { key: { remoteJid: ANN_JID, id: 'B' } }),
				sent: update({ remoteJid: ANN_JID, status: 'SERVER_ACK' }),
				read: update({ remoteJid: ANN_JID }),
				'edit in an update': update({ remoteJid: ANN_JID, message: { conversation: 'Ho' } }),
				reaction: upsert({ remoteJid: ANN_JID }, { message: { reactionMessage: { text: '👍' } } }),
				edit: evolution('messages.edited', {
					...{ key: { remoteJid: ANN_JID, id: 'A' }, type: 'MESSAGE_EDIT' },
				}),
				deletion: evolution('messages.delete', { remoteJid: ANN_JID, id: 'A' }),
				history: evolution('messages.set', [{ key: { remoteJid: ANN_JID, id: 'H' } }]),
				call: evolution('call', { id: 'X', from: ANN_JID, chatId: ANN_JID }),
				contact: evolution('contacts.update', { remoteJid: ANN_JID }),
				presence: evolution('presence.update', { id: ANN_JID }),
				'chat deleted': evolution('chats.delete', [ANN_JID]),
				label: evolution('labels.association', { chatId: ANN_JID, labelId: '1' }),
			},
		],
		[`evolution:shop:${BOB}`, { inbound: upsert({ remoteJid: `${BOB}@s.whatsapp.net` }) }],
		[`evolution:second:${ANN}`, { inbound: upsert({ remoteJid: ANN_JID }, {}, 'second') }],
		[
			`evolution:shop:${LID}`,
			{ inbound: upsert({ remoteJid: LID }), read: update({ remoteJid: LID }) },
		],
		[
			`evolution:shop:${GROUP}`,
			{
				inbound: upsert({ remoteJid: GROUP, participant: ANN_JID }),
				"another's": upsert({ remoteJid: GROUP, participant: LID }),
				echo: upsert({ remoteJid: GROUP, fromMe: true }),
				read: update({ remoteJid: GROUP, participant: LID }),
				call: evolution('call', { id: 'X', from: ANN_JID, chatId: GROUP }),
				edit: evolution('messages.edited', {
					...{ key: { remoteJid: GROUP, fromMe: true, id: 'A' }, type: 'MESSAGE_EDIT' },
				}),
				settings: evolution('groups.update', [{ id: GROUP, subject: 'Neighbors' }]),
				participants: evolution('group-participants.update', { id: GROUP, action: 'add' }),
			},
		],
		['evolution:shop:120363@newsletter', { inbound: upsert({ remoteJid: '120363@newsletter' }) }],
		['evolution:shop:status@broadcast', { inbound: upsert({ remoteJid: 'status@broadcast' }) }],
	],
	changes: [
		[
			'the chat moves to the LID',
			upsert({ remoteJid: ANN_JID }),
			`evolution:shop:${ANN}`,
			upsert({ remoteJid: LID, addressingMode: 'lid' }),
			`evolution:shop:${LID}`,
		],
		[
			'a message comes under the number, what became of it under the LID',
			upsert({ remoteJid: LID, remoteJidAlt: ANN_JID }),
			`evolution:shop:${ANN}`,
			update({ remoteJid: LID }),
			`evolution:shop:${LID}`,
		],
		[
			'a customer on the Cloud API has a new number',
			upsert({ remoteJid: ANN_JID }),
			`evolution:shop:${ANN}`,
			upsert({ remoteJid: ANN_JID }, { message: { systemMessage: { wa_id: ANN_NEW } } }),
			`evolution:shop:${ANN_NEW}`,
		],
	],
};

const CHATS: Record<string, Chats> = {
	meta: metaChats('meta'),
	'360dialog': metaChats('360dialog'),
	chakrahq: chakraChats(),
	ycloud: yCloudChats,
	twilio: twilioChats,
	chirp: chirpChats,
	chatmitra: chatMitraChats,
	pingmate: pingMateChats,
	waha: wahaChats,
	evolution: evolutionChats,
};

it('has chats of every provider', () => {
	expect(Object.keys(CHATS).sort()).toEqual(PROVIDERS_UNDER_TEST.map(({ id }) => id).sort());
});

describe.each(Object.entries(CHATS))('%s', (id, { chats, unnamed = {}, changes = [] }) => {
	const provider = authentic(providerUnderTest(id).provider);
	const idOf = (body: Body) => itemOf(provider, body).conversation.id;
	const idsOf = (bodies: Record<string, Body>) =>
		Object.fromEntries(Object.entries(bodies).map(([name, body]) => [name, idOf(body)]));

	it.each(chats)('%s is the ID of all that is told of one chat', (chat, told) => {
		expect(idsOf(told)).toEqual(Object.fromEntries(Object.keys(told).map((name) => [name, chat])));
	});

	it('has another ID for each chat', () => {
		expect(new Set(chats.map(([chat]) => chat)).size).toBe(chats.length);
	});

	if (Object.keys(unnamed).length > 0) {
		it('has no ID where a delivery does not say which chat it is', () => {
			expect(idsOf(unnamed)).toEqual(
				Object.fromEntries(Object.keys(unnamed).map((name) => [name, null])),
			);
		});
	}

	if (changes.length === 0) return;
	it.each(changes)('gets another ID when %s', (_, before, idBefore, after, idAfter) => {
		expect([idOf(before), idOf(after)]).toEqual([idBefore, idAfter]);
	});
});
