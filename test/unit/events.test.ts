import {
	EVENTS,
	eventOfStatus,
	outputCountOf,
	outputIndexOf,
} from '../../nodes/shared/core/item/events';
import { OUTPUTS } from '../kit/outputs';
import { PROVIDERS_UNDER_TEST } from '../support/providers';

describe('the event vocabulary', () => {
	it('has each event at its place', () => {
		expect(EVENTS.map(({ event, label }) => [event, label])).toEqual(OUTPUTS);
		OUTPUTS.forEach(([event], index) => {
			expect(outputIndexOf(event)).toBe(index);
		});
	});

	it('gives a node the outputs up to the last event that its provider emits, used or not', () => {
		expect(outputCountOf(['other', 'message.received'])).toBe(6);
		expect(outputCountOf(['message.received', 'account.updated'])).toBe(10);
	});

	it.each([
		['sent', 'message.sent'],
		['delivered', 'message.delivered'],
		['read', 'message.read'],
		['played', 'message.read'],
		['failed', 'message.failed'],
		['deleted', 'other'],
		[null, 'other'],
	])('takes the delivery status %s for %s', (status, event) => {
		expect(eventOfStatus(status)).toBe(event);
	});
});

/** What a new node listens to, wherever its provider emits it. */
const WANTED = ['message.received', 'message.failed', 'form.submitted'];

describe.each(PROVIDERS_UNDER_TEST)('$displayName', ({ provider, Trigger }) => {
	it('offers its events in alphabetical order, the most wanted ones selected', () => {
		const events = new Trigger().description.properties.find(({ name }) => name === 'events');
		const options = (events?.options ?? []) as { name: string; value: string }[];

		expect(new Set(options.map(({ value }) => value))).toEqual(new Set(provider.emits));
		expect(options.map(({ name }) => name)).toEqual(options.map(({ name }) => name).sort());
		expect(events?.default).toEqual(
			WANTED.filter((wanted) => options.some(({ value }) => value === wanted)),
		);
		expect(events?.default).toEqual(expect.arrayContaining(WANTED.slice(0, 2)));
	});
});
