import type { EventPairs } from '../../../test/support/event-pairs';
import type { JsonObject } from '../../shared/core/values/json';

const report = (fields: JsonObject) => ({
	type: 'message.report',
	created_at: 1778676500,
	data: { object: { wamid: 'wamid.1', ...fields } },
});

export const eventPairs: EventPairs = {
	twoEvents: [
		[
			'a message cannot be shown, then comes, without ids of its events',
			{ type: 'message.incoming', data: { object: { wamid: 'wamid.1', type: 'unsupported' } } },
			{ type: 'message.incoming', data: { object: { wamid: 'wamid.1', text: 'Hi' } } },
		],
		[
			'a status that is not known comes twice, without ids of its events',
			report({ status: 'HELD', reported_at: '2026-05-13T12:54:54Z' }),
			report({ status: 'HELD', reported_at: '2026-05-13T12:55:54Z' }),
		],
		[
			'a message fails without a reason, then with one, without ids of its events',
			report({ status: 'FAILED' }),
			report({ status: 'FAILED', error_code: 131026 }),
		],
		[
			'the ids of two events are numbers that parsing makes one',
			'{"id":9007199254740993,"type":"message.incoming","data":{"object":{"from":"919876543210"}}}',
			'{"id":9007199254740992,"type":"message.incoming","data":{"object":{"from":"919876543211"}}}',
		],
		[
			'one message has two events of their own ids',
			{ id: 'evt_1', ...report({ status: 'READ' }) },
			{ id: 'evt_2', ...report({ status: 'READ' }) },
		],
	],
	oneEvent: [
		[
			'an event with an id of its own',
			{ id: 'evt_1', ...report({ status: 'READ' }) },
			{ id: 'evt_1', ...report({ status: 'READ' }), attempt: 2 },
		],
		['a report without an id of its own', report({ status: 'READ' }), report({ status: 'READ' })],
	],
	timeless: [['an event without an id and a time', { type: 'template.reviewed', data: {} }]],
	timed: [['a body whose type is none', { type: 7, created_at: 1756322278 }]],
};
