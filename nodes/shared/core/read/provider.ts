import type { CredentialData, Delivery } from '../verify/delivery';
import type { ChatFormat } from '../item/conversation';
import type { Draft } from '../item/draft';
import type { EventName } from '../item/events';
import type { JsonObject } from '../values/json';
import type { SecretRule } from '../verify/secret-checks';
import type { Verifier } from '../verify/verifier';
import type { HandshakeRejectionReason, RejectionReason } from '../verify/verification';

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
	verifier: Verifier;
	secret: ProviderSecret;
	chats: ChatFormat;
	/** What to do about a rejection, where that isn't the same for every provider. A sentence without a period. */
	advice?: Partial<Record<RejectionReason | HandshakeRejectionReason, string>>;
	/** How long it waits for an answer before it sends a delivery again, in milliseconds, where documented. */
	responseTimeoutMs?: number;
	/** The form of every response to a delivery, where it expects one. n8n's own form unless given. */
	response?: ResponseForm;
	/** The object that an authentic body holds, or null when it holds none. JSON unless given. */
	readBody?: (delivery: Delivery) => JsonObject | null;
	/** Takes out of a body what must not be stored, before anything is made of it. */
	redact?: (body: JsonObject) => JsonObject;
	/** Replies to the GET with which it verifies that a URL is ours, where it has one. Called without a credential too. */
	handshake?: (query: JsonObject, credential: CredentialData) => HandshakeReply;
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

/** The secret that a credential holds to verify deliveries by. */
interface ProviderSecret {
	/** The dashboard's own word for it, in title case: what its field is called in the editor. */
	label: string;
	/** Where it's found, in the words of the provider's dashboard. Fits after "copy it from". */
	location: string;
	/** What to do while there is none, as a sentence. To copy it from its location unless given. */
	ifEmpty?: string;
	/** What it has to pass, and the second secret, too. */
	rules: readonly SecretRule[];
}

/** A response without content, in the words of a provider that reads responses. */
export interface ResponseForm {
	/** Such as `text/xml`. */
	contentType: string;
	/** The same whatever becomes of the delivery. */
	body: string;
}

/** The reply to a handshake: what the provider wants to hear, or why not. Null for what is no handshake. */
export type HandshakeReply =
	{ ok: true; challenge: string } | { ok: false; reason: HandshakeRejectionReason } | null;
