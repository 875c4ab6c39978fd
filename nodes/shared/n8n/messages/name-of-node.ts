import type { FunctionsBase } from 'n8n-workflow';
import { oneLine } from '../../core/values/one-line';

/** The node and its workflow, for n8n's log. Names may contain line breaks, but the log line must not. */
export function nameOfNode(context: Pick<FunctionsBase, 'getNode' | 'getWorkflow'>): string {
	const { name, id } = context.getWorkflow();
	return `node "${oneLine(context.getNode().name)}" of workflow "${oneLine(name)}" (${id ?? 'unsaved'})`;
}
