import type { IWebhookFunctions } from 'n8n-workflow';
import { Ledger } from '../../core/remember/ledger';
import { LONGEST_RETENTION } from '../../core/remember/retention';
import { RejectionCounter } from './rejection-counter';

/** What this process remembers about one node. */
export interface NodeState {
	/** The events the node has accepted. */
	ledger: Ledger;
	rejections: RejectionCounter;
}

const states = new Map<string, NodeState & { usedAt: number }>();

/** What this process remembers about the node that was called. */
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
 * Forgets nodes that were deleted or no longer receive anything, since everything remembered about them has
 * expired. Runs when a node is added, since only then their number can grow.
 */
function forgetUnusedNodes(): void {
	const oldest = performance.now() - LONGEST_RETENTION;
	for (const [key, { usedAt }] of states) if (usedAt <= oldest) states.delete(key);
}
