import {
	DEFAULT_EVENTS,
	EVENTS,
	eventOfStatus,
	eventsUpTo,
	outputIndexOf,
} from '../../nodes/shared/core/events';
import { OUTPUTS } from '../../playground/outputs';
import { PROVIDERS_UNDER_TEST } from '../support/providers';

describe('the event vocabulary', () => {
	it('has each event at its place', () => {
		expect(EVENTS.map(({ event, label }) => [event, label])).toEqual(OUTPUTS);
		OUTPUTS.forEach(([event], index) => {
			expect(outputIndexOf(event)).toBe(index);
		});
	});

	it('gives a provider the outputs up to its last event', () => {
		expect(eventsUpTo('other')).toEqual(OUTPUTS.slice(0, 6).map(([event]) => event));
	});

	it.each([
		['sent', 'message.sent'],
		['delivered', 'message.delivered'],
		['read', 'message.read'],
		['played', 'message.read'],
		['failed', 'message.failed'],
		['deleted', 'other'],
		[null, 'other'],
	])('takes the status %s for %s', (status, event) => {
		expect(eventOfStatus(status)).toBe(event);
	});
});

describe.each(PROVIDERS_UNDER_TEST)('$provider.displayName', ({ provider, Trigger }) => {
	it('offers its events in alphabetical order, the most wanted ones selected', () => {
		const events = new Trigger().description.properties.find(({ name }) => name === 'events');
		const options = (events?.options ?? []) as { name: string; value: string }[];

		expect(new Set(options.map(({ value }) => value))).toEqual(new Set(provider.events));
		expect(options.map(({ name }) => name)).toEqual(options.map(({ name }) => name).sort());
		expect(events?.default).toEqual(
			DEFAULT_EVENTS.filter((event) => provider.events.includes(event)),
		);
	});
});
