import { newItems, type Claimable } from '../../core/remember/claims';
import type { Delivery } from '../../core/verify/delivery';
import type { Item } from '../../core/item/item';
import type { JsonObject } from '../../core/values/json';
import type { ClaimedIds } from '../../core/remember/ledger';
import type { Provider } from '../../core/read/provider';
import { readDelivery } from '../../core/read/read-delivery';
import { selectItems } from '../../core/read/select';
import type { NodeCredential } from './credential';
import {
	credentialUnreadable,
	handshakeRejection,
	notAnObject,
	rejection,
	undecidedCopy,
	type Problem,
} from './problem';
import type { NodeParameters } from './read-parameters';

/** What happens to a request. docs/troubleshooting.md explains each case. */
export type Decision =
	/** Authentic and selected: 200 once n8n has accepted the execution. At least one item. */
	| { kind: 'start'; items: Item[] }
	/** Authentic, but nothing in it is selected, recent, and new: 200, no execution. */
	| { kind: 'acknowledge' }
	/**
	 * Not authentic (401), unusable (400), a handshake with a wrong token (403), or undecided (503).
	 * Reported.
	 */
	| { kind: 'reject'; status: 400 | 401 | 403 | 503; problem: Problem }
	/** A copy of a delivery that n8n hasn't decided on: 503, so that the provider retries. */
	| { kind: 'defer'; problem: Problem }
	/** A handshake with the right token: 200 with the challenge. */
	| { kind: 'confirm'; challenge: string }
	/** A GET that isn't a handshake, such as a browser's: 200 with a sentence for the person reading it. */
	| { kind: 'greet' };

/** The node's part of a decision. */
export interface NodeSettings {
	credential: NodeCredential;
	parameters: NodeParameters;
	/** Whether this is a test in the editor, which ignores nothing authentic. */
	isTest: boolean;
}

/** Claims the IDs of a delivery and returns which are new. Waits for copies in progress. */
export type ClaimIds = (claimable: Claimable) => Promise<ClaimedIds>;

/**
 * Decides on a delivery. Its only side effect is `claim`.
 *
 * @param delivery null if its bytes aren't available
 */
export async function decideOnDelivery(
	provider: Provider,
	delivery: Delivery | null,
	{ credential, parameters, isTest }: NodeSettings,
	claim: ClaimIds,
): Promise<Decision> {
	// Not 401, after which some providers don't retry: n8n's database may be unavailable.
	if (credential.error !== undefined) {
		return { kind: 'reject', status: 503, problem: credentialUnreadable(credential.error) };
	}
	if (!delivery) return unauthorized(rejection(provider, 'bytes_missing', credential.data));
	const result = readDelivery(provider, delivery, credential.data);
	if (result.kind === 'rejected') {
		return unauthorized(rejection(provider, result.reason, credential.data));
	}
	if (result.kind === 'not an object') {
		return { kind: 'reject', status: 400, problem: notAnObject(provider) };
	}

	let { items } = result;
	if (!isTest) {
		items = selectItems(items, parameters.selection, provider.chats.ourSide, delivery.receivedAt);
		// The delivery's ID is claimed even if nothing in it is selected: with its fields split differently,
		// something could be.
		if (parameters.ignoreDuplicates && (items.length > 0 || result.deliveryId !== null)) {
			const claimable = { items, deliveryId: result.deliveryId };
			const { fresh, undecided } = await claim(claimable);
			items = newItems(claimable, fresh);
			if (items.length === 0 && undecided.size > 0) {
				return { kind: 'defer', problem: undecidedCopy() };
			}
		}
	}
	if (items.length === 0) return { kind: 'acknowledge' };
	return { kind: 'start', items: parameters.includeRaw ? items : items.map(withoutRaw) };
}

function withoutRaw(item: Item): Item {
	const shown = { ...item };
	delete shown.raw;
	return shown;
}

function unauthorized(problem: Problem): Decision {
	return { kind: 'reject', status: 401, problem };
}

/** Decides on a GET: a provider's handshake, or anyone opening the URL. */
export function decideOnGet(
	provider: Provider,
	query: JsonObject,
	{ data, error }: NodeCredential,
): Decision {
	const reply = provider.handshake?.(query, data) ?? null;
	if (reply === null) return { kind: 'greet' };
	if (error !== undefined) {
		const problem = credentialUnreadable(error, 'verification request');
		return { kind: 'reject', status: 503, problem };
	}
	if (reply.ok) return { kind: 'confirm', challenge: reply.challenge };
	return { kind: 'reject', status: 403, problem: handshakeRejection(provider, reply.reason) };
}
