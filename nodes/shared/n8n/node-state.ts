import type { IWebhookFunctions } from 'n8n-workflow';
import { Ledger } from '../core/ledger';
import { LONGEST_RETENTION } from '../core/retention';
import { RefusalCounter } from './refusal-counter';

/** What this process remembers of one node. */
export interface NodeState {
	/** The events that the node has accepted. */
	ledger: Ledger;
	refusals: RefusalCounter;
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
	letUnusedGo();
	const state = { ledger: new Ledger(), refusals: new RefusalCounter(), usedAt: 0 };
	states.set(key, state);
	return state;
}

/**
 * Lets the states go of nodes that were deleted or get nothing any more: everything that they
 * remember has expired. Done when a node comes along, since only then there can be more of them.
 */
function letUnusedGo(): void {
	const oldest = performance.now() - LONGEST_RETENTION;
	for (const [key, { usedAt }] of states) if (usedAt <= oldest) states.delete(key);
}
