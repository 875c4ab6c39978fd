import type { EventPairs } from '../../../test/support/event-pairs';
import type { JsonObject } from '../../shared/core/values/json';

const CREATED_AT = '2025-08-27T19:17:58.000Z';

const updated = (message: JsonObject, id?: string) => ({
	...(id === undefined ? {} : { id }),
	type: 'whatsapp.message.updated',
	createTime: CREATED_AT,
	whatsappMessage: { wamid: 'wamid.1', ...message },
});

export const eventPairs: EventPairs = {
	twoEvents: [
		[
			'a message cannot be shown, then comes, without ids of the events',
			{
				type: 'whatsapp.inbound_message.received',
				whatsappInboundMessage: { wamid: 'w', type: 'unsupported' },
			},
			{
				type: 'whatsapp.inbound_message.received',
				whatsappInboundMessage: { wamid: 'w', type: 'text', text: { body: 'Hi' } },
			},
		],
		[
			'two participants of a group read one message, without ids of the events',
			{
				...updated({ groupId: 'g', status: 'read', toUserId: 'IN.1' }),
				type: 'whatsapp.group.message.updated',
			},
			{
				...updated({ groupId: 'g', status: 'read', toUserId: 'IN.2' }),
				type: 'whatsapp.group.message.updated',
			},
		],
		[
			'one message is reported as delivered twice, by two events (Developer Kit, lifecycle fixtures)',
			updated({ status: 'delivered' }, 'evt_1'),
			updated({ status: 'delivered' }, 'evt_2'),
		],
		[
			'a message fails without a reason, then with one, without ids of the events',
			updated({ status: 'failed' }),
			updated({ status: 'failed', errorCode: '131026' }),
		],
		[
			'a message is accepted twice, without ids of the events',
			updated({ status: 'accepted' }),
			updated({ status: 'accepted', updateTime: '2025-08-27T19:18:58.000Z' }),
		],
	],
	oneEvent: [
		[
			'an event with an id of its own',
			updated({ status: 'read' }, 'evt_1'),
			{ ...updated({ status: 'read' }, 'evt_1'), apiVersion: 'v2' },
		],
		[
			'a status without an id of its event',
			updated({ status: 'read' }),
			updated({ status: 'read', customerProfile: { name: 'Asha Rao' } }),
		],
	],
	timeless: [
		['an event without an id and a time', { type: 'contact.created', contactCreated: {} }],
	],
	timed: [
		[
			'a template without an id of the event',
			{ type: 'whatsapp.template.reviewed', createTime: CREATED_AT },
		],
		['a body whose type is none', { type: 7, createTime: CREATED_AT }],
	],
};
