import type { EventName } from './events';
import type { Item, ProviderId } from './item';
import type { JsonObject } from './json';
import type { RefusalReason, SignedDelivery, Verification, VerificationSecrets } from './signature';

/**
 * A WhatsApp provider: all that the shared code needs to know of one. Each folder under `nodes/`
 * exports one; nothing under `nodes/shared/` imports any of them.
 */
export interface Provider {
	id: ProviderId;
	/** As the provider writes itself, for messages: `PingMate`. */
	displayName: string;
	/** The events it can emit, in output order: a prefix of the vocabulary. */
	events: readonly EventName[];
	/** The header that carries the signature, as the provider writes it, unless the user chooses it. */
	signatureHeader: string;
	/** By what a delivery proves who sent it. */
	proof: 'signature' | 'shared secret';
	/** Where the secret is found, in the words of the provider's dashboard. Fits after "copy it from". */
	secretLocation: string;
	/** What to do about a refusal, where that is not the same for every provider. A sentence without a full stop. */
	advice?: Partial<Record<RefusalReason, string>>;
	/** How long the provider waits for an answer before it sends a delivery again, in milliseconds, where documented. */
	answerTimeoutMs?: number;
	/** Decides over the received bytes whether a delivery is authentic. Never throws for input. */
	verify(delivery: SignedDelivery, secrets: VerificationSecrets): Verification;
	/**
	 * The items of an authentic delivery, in payload order. May return none or throw for a body that
	 * it cannot make sense of; such a delivery becomes one `other` item.
	 */
	normalise(body: JsonObject): Item[];
	/** The provider's own name of the event, from anywhere in the body, or null. */
	providerEventOf(body: JsonObject): string | null;
}
