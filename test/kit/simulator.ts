import { createHmac } from 'node:crypto';

/**
 * How a provider behaves on the wire, written without the node's own code, which is under test:
 * `simulator` of each `nodes/<Name>/test/simulator.ts`. The playground, `deliver`, the tests and the
 * proof play the provider by it.
 */
export interface Simulator {
	/** The key of its API, where the credential has one that an HTTP Request node can use. */
	apiKey?: ApiKey;
	/** The secret that it signs with; obviously none of anybody's. */
	secret: string;
	/** A secret of the right form that is not the one above. */
	otherSecret: string;
	/** What the credential holds beside the secret. */
	credential?: Record<string, string>;
	/** Parameters of the node beside the events. */
	parameters?: Record<string, unknown>;
	/** How its bodies are written; JSON unless given. */
	contentType?: string;
	/** Whether it relays Meta's format, so that the samples of that format are its own as well. */
	relaysMeta?: boolean;
	/** The headers by which it proves a body. */
	sign(rawBody: Buffer, secret: string, at: Occasion): Record<string, string>;
	/** The text of a body with ids that were never sent, as if it happened now. */
	freshen(text: string, now: Date): string;
	/** Deliveries whose proofs were computed elsewhere. */
	knownAnswers: readonly KnownAnswer[];
	/** When it sends an event, and when it sends it again. */
	schedule: Schedule;
	/** Its API on loopback, as strict as its documents, where it has one for webhooks. */
	startApi?: () => Promise<FakeApi>;
}

/** How a provider delivers. Times are in seconds. */
export interface Schedule {
	/** How often it sends an event, including the first time. */
	attempts: number;
	/** The pause before each retry; any further retries wait as long as the last one. */
	waits: readonly number[];
	/** How long it waits for a response. */
	timeoutSeconds: number;
	/** Whether only 200 is a success, not every 2xx. */
	wants200?: true;
	/** Statuses after which it gives up right away. */
	final?: readonly number[];
}

/** Where and when a delivery goes. */
export interface Occasion {
	url: string;
	at: Date;
}

/** A delivery whose proof was computed elsewhere, and what becomes of it. */
export interface KnownAnswer {
	name: string;
	rawBody: Buffer;
	headers: Record<string, string>;
	secret: string;
	/** Not now, and not the URL of the test, where these are signed. */
	occasion?: Occasion;
	expected: 'items' | 'not an object';
}

/** A provider's API on loopback. */
export interface FakeApi {
	/** What the credential needs to reach it. */
	credential: Record<string, string>;
	/** One line for each request. */
	log: readonly string[];
	stop: () => Promise<void>;
}

/** Signs as most providers do: an HMAC-SHA256 over the body as hex, in one header. */
export function hmacHeader(header: string): Simulator['sign'] {
	return (rawBody, secret) => ({
		[header]: createHmac('sha256', secret).update(rawBody).digest('hex'),
	});
}

/** The fields in which bodies say when something happened: seconds, milliseconds or ISO text. */
const TIME =
	/("(?:timestamp|time|(?!expires)\w+(?:_at|At))":\s*)("?)(\d{13}|\d{10}|\d{4}-\d\d-\d\dT[\d:.]+Z)\2(?=\s*[,}\]])/g;

/** Makes the ids of a JSON text new, which are the strings that begin so, and its times now. */
export function freshJson(...idPrefixes: string[]): Simulator['freshen'] {
	const ids = new RegExp(`"((?:${idPrefixes.join('|')})[^"]*)"`, 'g');
	return (text, now) =>
		text
			.replace(ids, (_, id: string) => `"${id}-${now.getTime().toString(36)}"`)
			.replace(
				TIME,
				(_, name: string, quote: string, time: string) =>
					name + quote + inFormOf(time, now) + quote,
			);
}

function inFormOf(time: string, now: Date): string {
	switch (time.length) {
		case 10:
			return String(Math.floor(now.getTime() / 1000));
		case 13:
			return String(now.getTime());
		default:
			return now.toISOString();
	}
}

/** The key of a provider's API in a credential, as the provider's page describes it. */
export interface ApiKey {
	/** The field of the credential that holds it. */
	keyField: string;
	/** A credential that has it. */
	data: Record<string, string>;
	/** What the provider gets, by hand. */
	headers: Record<string, string>;
	/** What a person reads whose credential has no key. */
	withoutKey: { message: string; description: string };
}
