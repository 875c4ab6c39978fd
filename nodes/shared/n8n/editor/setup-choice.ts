import type { INodeProperties } from 'n8n-workflow';
import type { Provider } from '../../core/read/provider';
import { setupNotice } from './editor-texts';

/** A way to set up the webhook: what it means, and its steps in order, as HTML. */
interface SetupWay {
	description: string;
	steps: readonly string[];
}

/**
 * The choice of who sets up the webhook, for a provider with an API for it, and the steps of each choice.
 */
export function setupChoice(
	{ displayName }: Provider,
	{ automatic, manual }: Record<'automatic' | 'manual', SetupWay>,
): INodeProperties[] {
	return [
		{
			displayName: 'Webhook Setup',
			name: 'webhookSetup',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Automatic', value: 'automatic', description: automatic.description },
				{ name: 'Manual', value: 'manual', description: manual.description },
			],
			default: 'automatic',
			description: `Whether n8n registers the webhook with ${displayName} or you do it yourself`,
		},
		setupNotice(manual.steps, {
			name: 'manualNotice',
			displayOptions: { show: { webhookSetup: ['manual'] } },
		}),
		setupNotice(automatic.steps, {
			name: 'automaticNotice',
			displayOptions: { show: { webhookSetup: ['automatic'] } },
		}),
	];
}
