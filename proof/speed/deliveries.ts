import { randomBytes } from 'node:crypto';
import type { DiscoveredProvider } from '../../playground/providers';
import { signedHeaders } from '../../playground/sample-deliveries';
import { metaBody } from '../../bench/bodies';
import type { WireDelivery } from '../load';

/** What is part of every message's id in a body of the benchmark. */
const ID_OF_BENCH = 'HBgMOTEST3AxMjU4NDMzFQIAEhgUM0VCMDM3RjlE';

const URL = 'http://127.0.0.1/';

/** Makes deliveries of this many messages, each with new ids, signed. */
export function newMessages(provider: DiscoveredProvider, count: number): () => WireDelivery {
	const text = metaBody(count).toString('utf8');
	const run = randomBytes(8).toString('hex');
	let sent = 0;
	return () => signed(provider, text.replaceAll(ID_OF_BENCH, `${run}${sent++}.`));
}

/** Makes deliveries that a message of ours was delivered, which the trigger does not listen to. */
export function unselected(provider: DiscoveredProvider): () => WireDelivery {
	const next = newMessages(provider, 1);
	return () => {
		const body = JSON.parse(next().body.toString('utf8')) as MetaBody;
		const [change] = body.entry[0].changes;
		const [{ id, from, timestamp }] = change.value.messages;
		const statuses = [{ id, recipient_id: from, timestamp, status: 'delivered' }];
		const value = { ...change.value, messages: undefined, statuses };
		return signed(
			provider,
			JSON.stringify({ ...body, entry: [{ ...body.entry[0], changes: [{ ...change, value }] }] }),
		);
	};
}

/** The same delivery each time. */
export function repeated(provider: DiscoveredProvider): () => WireDelivery {
	const delivery = newMessages(provider, 1)();
	return () => delivery;
}

/** Deliveries that somebody signed who has not the secret. */
export function forged(provider: DiscoveredProvider): () => WireDelivery {
	const next = newMessages(provider, 1);
	return () => {
		const { body } = next();
		return { body, headers: signedHeaders(provider, URL, body, provider.simulator.otherSecret) };
	};
}

interface MetaBody {
	entry: [
		{
			changes: [
				{ value: { messages: [{ id: string; from: string; timestamp: string }] } & object },
			];
		},
	];
}

function signed(provider: DiscoveredProvider, text: string): WireDelivery {
	const body = Buffer.from(text);
	return { body, headers: signedHeaders(provider, URL, body) };
}
