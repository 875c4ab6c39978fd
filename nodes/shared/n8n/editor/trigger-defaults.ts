import type { INodeTypeDescription } from 'n8n-workflow';
import type { Provider } from '../../core/read/provider';
import { builderHintOf } from './builder-hint';
import { outputsExpression } from './outputs';
import { ignoredHints } from './filter-parameters';
import { noEventsHint, otherOutputHint } from './parameters';
import { deliveryWebhook } from './webhooks';

/**
 * The fields every node's description shares. The others stay in the description itself, where n8n's linter
 * requires them.
 *
 * @param nodeName n8n's name for a new node
 */
export function triggerDefaults(nodeName: string, provider: Provider) {
	return {
		group: ['trigger'],
		// Not 1: see docs/decisions.md.
		version: 2,
		defaults: { name: nodeName },
		inputs: [],
		outputs: outputsExpression(provider),
		webhooks: [deliveryWebhook],
		builderHint: builderHintOf(provider),
		hints: [noEventsHint, otherOutputHint(nodeName, provider), ...ignoredHints(nodeName, provider)],
	} satisfies Partial<INodeTypeDescription>;
}
