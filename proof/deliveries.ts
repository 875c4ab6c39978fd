import { randomBytes } from 'node:crypto';
import type { DiscoveredProvider } from '../test/kit/providers';
import { signedHeaders } from '../test/kit/sample-deliveries';
import type { WireDelivery } from './load';

const URL = 'http://127.0.0.1/';

type Lists = (people: readonly { phone: string; id: string }[]) => object;

const MESSAGES: Lists = (people) => ({
	contacts: people.map(({ phone }) => ({ profile: { name: 'John' }, wa_id: phone })),
	messages: people.map(({ phone, id }) => ({
		from: phone,
		id,
		timestamp: '1756322278',
		text: { body: 'Hi, can you please help me out?' },
		type: 'text',
	})),
});

const STATUSES: Lists = (people) => ({
	statuses: people.map(({ phone, id }) => ({
		id,
		recipient_id: phone,
		timestamp: '1756322278',
		status: 'delivered',
	})),
});

/** A body in Meta's format about this many messages, each of another person, with this in their IDs. */
export function metaBody(count: number, lists: Lists = MESSAGES, run = '3EB0'): Buffer {
	const people = Array.from({ length: count }, (_, n) => ({
		phone: String(919_900_000_000 + n),
		id: `wamid.${run}${n}`,
	}));
	const metadata = { display_phone_number: '917259775805', phone_number_id: '694794789348887' };
	const value = { messaging_product: 'whatsapp', metadata, ...lists(people) };
	const entry = [{ id: '83784929738012', changes: [{ value, field: 'messages' }] }];
	return Buffer.from(JSON.stringify({ object: 'whatsapp_business_account', entry }));
}

/** Makes deliveries with new IDs, signed with the provider's secret unless told otherwise. */
function newDeliveries(
	provider: DiscoveredProvider,
	count: number,
	lists = MESSAGES,
	secret = provider.simulator.secret,
): () => WireDelivery {
	const run = randomBytes(8).toString('hex');
	let sent = 0;
	return () => {
		const body = metaBody(count, lists, `${run}${sent++}.`);
		return { body, headers: signedHeaders(provider, URL, body, secret) };
	};
}

/** Makes deliveries of this many messages. */
export const newMessages = (provider: DiscoveredProvider, count: number) =>
	newDeliveries(provider, count);

/** Makes deliveries that a message of ours was delivered, which the trigger does not listen to. */
export const unselected = (provider: DiscoveredProvider) => newDeliveries(provider, 1, STATUSES);

/** Makes deliveries that somebody signed who does not have the secret. */
export const forged = (provider: DiscoveredProvider) =>
	newDeliveries(provider, 1, MESSAGES, provider.simulator.otherSecret);

/** The same delivery each time. */
export function repeated(provider: DiscoveredProvider): () => WireDelivery {
	const delivery = newMessages(provider, 1)();
	return () => delivery;
}
