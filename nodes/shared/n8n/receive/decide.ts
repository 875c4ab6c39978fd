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

/** What becomes of a request: the rows of the table that docs/troubleshooting.md explains. */
export type Decision =
	/** Authentic and selected: 200 once n8n has accepted the execution. At least one item. */
	| { kind: 'start'; items: Item[] }
	/** Authentic, but nothing in it is selected, recent enough, and new: 200, no execution. */
	| { kind: 'acknowledge' }
	/** Not authentic (401), unusable (400), a handshake with a wrong token (403), or nobody can say (503). Reported. */
	| { kind: 'reject'; status: 400 | 401 | 403 | 503; problem: Problem }
	/** A copy of a delivery that n8n hasn't decided on: 503, so that the provider sends it again. */
	| { kind: 'defer'; problem: Problem }
	/** A handshake with the right token: 200 with what the provider wants to hear. */
	| { kind: 'confirm'; challenge: string }
	/** A GET that is no handshake, such as a browser's: 200 with a sentence for whoever reads it. */
	| { kind: 'greet' };

/** What a decision depends on besides the request. */
export interface NodeSettings {
	credential: NodeCredential;
	parameters: NodeParameters;
	/** Whether a person waits in the editor: a test ignores nothing that is authentic. */
	isTest: boolean;
}

/** Claims the IDs of a delivery, and says which of them are new. Waits for copies under way. */
export type ClaimIds = (claimable: Claimable) => Promise<ClaimedIds>;

/**
 * Decides on a delivery. Changes nothing but through `claim`.
 *
 * @param delivery null when its bytes can't be had
 */
export async function decideOnDelivery(
	provider: Provider,
	delivery: Delivery | null,
	{ credential, parameters, isTest }: NodeSettings,
	claim: ClaimIds,
): Promise<Decision> {
	// Not 401, after which some providers send nothing again: n8n's database may be away.
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
		// A delivery's own ID is claimed also where nothing in it is selected: cut anew, it might be.
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

/** Decides on a GET: a provider's handshake, or anybody who opens the URL. */
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
