import type { IWebhookFunctions } from 'n8n-workflow';
import { NO_FILTERS } from '../../nodes/shared/core/read/filters';
import { readParameters } from '../../nodes/shared/n8n/receive/read-parameters';

describe('the parameters of a node', () => {
	const read = (parameters: Record<string, unknown>) =>
		readParameters({
			getNodeParameter: (name: string, otherwise: unknown) =>
				name in parameters ? parameters[name] : otherwise,
		} as unknown as IWebhookFunctions);

	it('are what a node without settings does', () => {
		expect(read({})).toEqual({
			selection: { events: [], maxEventAgeMinutes: 0, filters: { ...NO_FILTERS, chats: 'direct' } },
			includeRaw: true,
			ignoreDuplicates: true,
			reportRejected: true,
		});
	});

	it.each([[null], ['text'], [[]]])('are the same where the options are %j', (options) => {
		expect(read({ options })).toEqual(read({}));
	});

	it('are what is set', () => {
		expect(
			read({
				events: ['message.read'],
				options: {
					includeRaw: false,
					ignoreDuplicates: false,
					reportRejected: false,
					maxEventAgeMinutes: 5,
					onlyFrom: '+91 98765 43210\n+1 555 010 0100',
					neverFrom: 'US.1349',
					onlyNumbers: 'shop',
					messageTypes: ['image'],
				},
				chats: 'groups',
			}),
		).toEqual({
			selection: {
				events: ['message.read'],
				maxEventAgeMinutes: 5,
				filters: {
					chats: 'groups',
					onlyFrom: new Set(['919876543210', '15550100100']),
					neverFrom: new Set(['us.1349']),
					onlyNumbers: new Set(['shop']),
					messageTypes: new Set(['image']),
				},
			},
			includeRaw: false,
			ignoreDuplicates: false,
			reportRejected: false,
		});
	});

	it.each([
		['5', 5],
		['five', 0],
		[null, 0],
		[{}, 0],
	])('take the Maximum Event Age %j for %d minutes', (maxEventAgeMinutes, limit) => {
		expect(read({ options: { maxEventAgeMinutes } }).selection.maxEventAgeMinutes).toBe(limit);
	});
});
