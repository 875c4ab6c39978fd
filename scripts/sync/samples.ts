import type { EventName } from '../../nodes/shared/core/item/events';
import type { Item } from '../../nodes/shared/core/item/item';
import { providerById, sampleOf } from '../../test/kit/providers';

/** Which of the tests' items stands for an event in the documents: its provider and its name. */
const SAMPLE_BY_EVENT: Record<EventName, [provider: string, name: string]> = {
	'message.received': ['pingmate', 'message.received'],
	'message.sent': ['pingmate', 'message.sent'],
	'message.delivered': ['pingmate', 'message.delivered'],
	'message.read': ['pingmate', 'message.read'],
	'message.failed': ['pingmate', 'message.failed'],
	other: ['pingmate', 'other'],
	'form.submitted': ['pingmate', 'form.submitted'],
	'message.echo': ['chirp', 'message.echo'],
	'template.updated': ['chakrahq', 'template.updated'],
	'account.updated': ['chakrahq', 'account.updated'],
	'contact.updated': ['chakrahq', 'meta-opt-out'],
};

/** A short item of an event, with the provider's own payload. */
export function sampleItem(event: EventName): Item {
	const [id, name] = SAMPLE_BY_EVENT[event];
	const items = sampleOf(providerById(id), name).items as Item[];
	const sample = items.find((item) => item.event === event);
	if (!sample) throw new Error(`The sample ${name} of ${id} has no item of the event ${event}`);
	return sample;
}

/** JSON as a code block of a Markdown page. */
export function jsonBlock(value: unknown): string {
	return ['```json', JSON.stringify(value, null, 2), '```'].join('\n');
}
