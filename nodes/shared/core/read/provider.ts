import type { CredentialData, Delivery } from '../verify/delivery';
import type { ChatFormat } from '../item/conversation';
import type { Draft } from '../item/draft';
import type { EventName } from '../item/events';
import type { JsonObject } from '../values/json';
import type { SecretRule } from '../verify/secret-checks';
import type { Verifier } from '../verify/verifier';
import type { HandshakeRejectionReason, RejectionReason } from '../verify/verification';

/**
 * A WhatsApp provider: everything the shared code needs to know about it. Each folder under `nodes/` has
 * one in its `provider.ts`; nothing under `nodes/shared/` imports them.
 */
export interface Provider {
	/** The value of an item's `provider` field: lowercase, and never changed. */
	id: string;
	/** The provider's name in messages: `PingMate`. */
	displayName: string;
	/** The name of the credential type. */
	credentialType: string;
	/** The events it emits. The node has outputs up to the last of them. */
	emits: readonly EventName[];
	verifier: Verifier;
	secret: ProviderSecret;
	chats: ChatFormat;
	/** Advice for a rejection, if the general advice doesn't fit. A sentence without a period. */
	advice?: Partial<Record<RejectionReason | HandshakeRejectionReason, string>>;
	/** How long it waits for a response before it retries, in milliseconds, if documented. */
	responseTimeoutMs?: number;
	/**
	 * What it does after n8n rejected a delivery, as documented. Follows its name: `retries it for up to 7
	 * days`. Without a period.
	 */
	retries: string;
	/** The response it expects to every delivery. n8n's default unless given. */
	response?: ResponseForm;
	/** Reads the object in an authentic body, or returns null if there is none. JSON unless given. */
	readBody?: (delivery: Delivery) => JsonObject | null;
	/** Removes from a body what must not be stored, before anything else reads it. */
	redact?: (body: JsonObject) => JsonObject;
	/** Responds to the GET it sends to verify a URL, if it sends one. Also called without a credential. */
	handshake?: (query: JsonObject, credential: CredentialData) => HandshakeReply;
	/**
	 * The signed text, if different bodies can have the same one, so that a recorded signature fits all of
	 * them. A node accepts only one delivery for each text.
	 */
	signedText?: (delivery: Delivery) => string;
	/**
	 * The events of an authentic delivery, in payload order. May return nothing or throw for a body it can't
	 * read; the delivery then becomes one `other` item. A format with batches yields one draft at a time,
	 * since only a limited number is read.
	 */
	normalize(body: JsonObject, delivery: Delivery): Iterable<Draft>;
	/** The provider's name for the event, from anywhere in the body, or null. */
	nameOfEvent(body: JsonObject): string | null;
}

/** The secret a credential holds to verify deliveries. */
interface ProviderSecret {
	/** The dashboard's word for it, in title case: the label of its field in the editor. */
	label: string;
	/** Where it's found, in the words of the provider's dashboard. Fits after "copy it from". */
	location: string;
	/** What to do if it's empty, as a sentence. "Copy it from" its location unless given. */
	ifEmpty?: string;
	/** The rules for both secrets. */
	rules: readonly SecretRule[];
}

/** A response without content, in the format of a provider that reads responses. */
export interface ResponseForm {
	/** Such as `text/xml`. */
	contentType: string;
	/** The same for every delivery, whether it's accepted or not. */
	body: string;
}

/**
 * The reply to a handshake: the challenge to return, or why it's rejected. Null if the request isn't a
 * handshake.
 */
export type HandshakeReply =
	{ ok: true; challenge: string } | { ok: false; reason: HandshakeRejectionReason } | null;
