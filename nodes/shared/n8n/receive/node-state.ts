import type { IWebhookFunctions } from 'n8n-workflow';
import { Ledger } from '../../core/remember/ledger';
import { LONGEST_RETENTION } from '../../core/remember/retention';
import { RejectionCounter } from './rejection-counter';

/** What this process remembers of one node. */
export interface NodeState {
	/** The events that the node has accepted. */
	ledger: Ledger;
	rejections: RejectionCounter;
}

const states = new Map<string, NodeState & { usedAt: number }>();

/** What this process remembers of the node that was called. */
export function nodeStateOf(
	context: Pick<IWebhookFunctions, 'getNode' | 'getWorkflow'>,
): NodeState {
	const key = `${context.getWorkflow().id ?? ''}:${context.getNode().id}`;
	const state = states.get(key) ?? addState(key);
	state.usedAt = performance.now();
	return state;
}

function addState(key: string): NodeState & { usedAt: number } {
	forgetUnusedNodes();
	const state = { ledger: new Ledger(), rejections: new RejectionCounter(), usedAt: 0 };
	states.set(key, state);
	return state;
}

/**
 * Forgets the nodes that were deleted or receive nothing any more: everything remembered of them has
 * expired. Done when a node is added, since only then there can be more of them.
 */
function forgetUnusedNodes(): void {
	const oldest = performance.now() - LONGEST_RETENTION;
	for (const [key, { usedAt }] of states) if (usedAt <= oldest) states.delete(key);
}
