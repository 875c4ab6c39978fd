import type { IWebhookFunctions } from 'n8n-workflow';
import type { EventName } from '../../core/item/events';
import { objectOf } from '../../core/values/json';
import type { Selection } from '../../core/read/select';

/** The values of a node's parameters. */
export interface NodeParameters {
	selection: Selection;
	includeRaw: boolean;
	ignoreDuplicates: boolean;
	reportRejected: boolean;
}

/** Reads the parameters of the node, with the defaults for those that aren't set. */
export function readParameters(
	context: Pick<IWebhookFunctions, 'getNodeParameter'>,
): NodeParameters {
	// Of a workflow edited as text it may be null.
	const options = objectOf(context.getNodeParameter('options', {})) as {
		includeRaw?: boolean;
		ignoreDuplicates?: boolean;
		reportRejected?: boolean;
		maxEventAgeMinutes?: number;
	};
	return {
		selection: {
			events: context.getNodeParameter('events', []) as EventName[],
			// A workflow edited as text may hold anything here; what is no number is no limit.
			maxEventAgeMinutes: Number(options.maxEventAgeMinutes) || 0,
		},
		includeRaw: options.includeRaw ?? true,
		ignoreDuplicates: options.ignoreDuplicates ?? true,
		reportRejected: options.reportRejected ?? true,
	};
}
