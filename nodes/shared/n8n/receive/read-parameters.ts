import type { IWebhookFunctions } from 'n8n-workflow';
import type { EventName } from '../../core/item/events';
import { objectOf, type JsonObject } from '../../core/values/json';
import { addressSet, type Chats, type Filters } from '../../core/read/filters';
import type { Selection } from '../../core/read/select';

/** The values of a node's parameters. */
export interface NodeParameters {
	selection: Selection;
	includeRaw: boolean;
	ignoreDuplicates: boolean;
	reportRejected: boolean;
}

/** Reads the parameters of the node, with defaults for those that aren't set. */
export function readParameters(
	context: Pick<IWebhookFunctions, 'getNodeParameter'>,
): NodeParameters {
	// It may be null in a workflow edited as JSON.
	const options = objectOf(context.getNodeParameter('options', {})) as JsonObject & {
		includeRaw?: boolean;
		ignoreDuplicates?: boolean;
		reportRejected?: boolean;
		maxEventAgeMinutes?: number;
	};
	return {
		selection: {
			events: context.getNodeParameter('events', []) as EventName[],
			// A workflow edited as JSON may have anything here. Anything but a number means no limit.
			maxEventAgeMinutes: Number(options.maxEventAgeMinutes) || 0,
			filters: readFilters(context, options),
		},
		includeRaw: options.includeRaw ?? true,
		ignoreDuplicates: options.ignoreDuplicates ?? true,
		reportRejected: options.reportRejected ?? true,
	};
}

function readFilters(
	context: Pick<IWebhookFunctions, 'getNodeParameter'>,
	options: JsonObject,
): Filters {
	const { messageTypes } = options;
	return {
		chats: context.getNodeParameter('chats', 'direct') as Chats,
		onlyFrom: addressSet(options.onlyFrom),
		neverFrom: addressSet(options.neverFrom),
		onlyNumbers: addressSet(options.onlyNumbers),
		messageTypes: new Set(Array.isArray(messageTypes) ? (messageTypes as string[]) : []),
	};
}
