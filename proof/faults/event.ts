import { readItems } from '../../nodes/shared/core/read-delivery';
import { sampleOf, type DiscoveredProvider } from '../../playground/providers';
import { signedHeaders } from '../../playground/sample-deliveries';

let latest = 0;

/** A message that a provider has never sent before, and what the trigger calls it. */
export function newEvent(discovered: DiscoveredProvider): { body: Buffer; eventId: string } {
	// Its ids are made of the time in milliseconds.
	latest = Math.max(Date.now(), latest + 1);
	const sample = sampleOf(discovered, 'message.received').rawBody.toString('utf8');
	const body = Buffer.from(discovered.simulator.freshen(sample, new Date(latest)));
	const delivery = { rawBody: body, headers: signedHeaders(discovered, '', body), url: '' };
	const items = readItems(discovered.provider, { ...delivery, receivedAt: latest });
	const [item, ...more] = items ?? [];
	if (!item || more.length > 0) throw new Error(`${discovered.id}: not one event in a delivery`);
	return { body, eventId: item.eventId };
}
