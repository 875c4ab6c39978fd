import type { CredentialData, Delivery } from './delivery';
import type { Draft } from './draft';
import type { EventName } from './events';
import type { JsonObject } from './json';
import type { Proof } from './proof';
import type { RefusalReason } from './verification';

/**
 * A WhatsApp provider: all that the shared code needs to know of one. Each folder under `nodes/` has
 * one in its `provider.ts`; nothing under `nodes/shared/` imports any of them.
 */
export interface Provider {
	/** The value of an item's `provider` field: lower case, for ever. */
	id: string;
	/** As the provider writes itself, for messages: `PingMate`. */
	displayName: string;
	/** The name of the credential type. */
	credentialType: string;
	/** The events that it really emits. The node has the outputs up to the last of them. */
	emits: readonly EventName[];
	proof: Proof;
	/** What the credential's field for the secret is called: the dashboard's own word for it, in title case. */
	secretLabel: string;
	/** Where the secret is found, in the words of the provider's dashboard. Fits after "copy it from". */
	secretLocation: string;
	/** What to do about a refusal, where that is not the same for every provider. A sentence without a full stop. */
	advice?: Partial<Record<RefusalReason, string>>;
	/** How long it waits for an answer before it sends a delivery again, in milliseconds, where documented. */
	answerTimeoutMs?: number;
	/**
	 * Whether it takes the body of an answer for instructions, so that the answer has to be empty where
	 * nothing was started, too: n8n's own then is JSON.
	 */
	emptyAnswer?: boolean;
	/** The object that an authentic body holds, or null when it holds none. JSON unless given. */
	readBody?: (delivery: Delivery) => JsonObject | null;
	/** Takes out of a body what must not be stored, before anything is made of it. */
	redact?: (body: JsonObject) => JsonObject;
	/** Answers the GET by which it makes sure that a URL is ours, where it has one. */
	handshake?: (query: JsonObject, credential: CredentialData) => HandshakeAnswer;
	/**
	 * The text that was signed, where bodies of different meanings have the same one, so that a recorded
	 * signature fits them all. A node accepts only one delivery of each.
	 */
	signedText?: (delivery: Delivery) => string;
	/**
	 * What an authentic delivery holds, in payload order. May return nothing or throw for a body that
	 * it can't make sense of; such a delivery becomes one `other` item. A format with batches returns
	 * one draft after the other: only a bounded number of them is asked for.
	 */
	normalize(body: JsonObject, delivery: Delivery): Iterable<Draft>;
	/** Its own name of the event, from anywhere in the body, or null. */
	nameOfEvent(body: JsonObject): string | null;
}

/** The answer to a handshake; null for a wrong token, or for what is no handshake. */
export type HandshakeAnswer = string | null;
