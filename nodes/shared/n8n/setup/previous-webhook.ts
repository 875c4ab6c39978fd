import type { IHookFunctions } from 'n8n-workflow';
import { isObject } from '../../core/json';

/**
 * What stood at a provider before a URL of a node took its place: as it is kept, null for nothing,
 * undefined where it is not known.
 */
export interface StoodBefore {
	get(url: string): string | null | undefined;
	set(url: string, kept: string | null): void;
	delete(url: string): void;
}

/** The same of every node, for as long as this process lives. */
const inThisProcess = new Map<string, string | null>();

/**
 * What a node remembers. It is kept with the workflow, which n8n stores when it publishes or unpublishes; and
 * in this process, since n8n shows a test nothing of what the published node remembers, nor the other
 * way round, and stores nothing where publishing ends half-way.
 */
export function stoodBefore(context: IHookFunctions): StoodBefore {
	const data = context.getWorkflowStaticData('node');
	if (!isObject(data.webhooksBefore)) data.webhooksBefore = {};
	const inWorkflow = data.webhooksBefore as Record<string, string | null>;
	return {
		get: (url) => (url in inWorkflow ? inWorkflow[url] : inThisProcess.get(url)),
		set(url, kept) {
			inWorkflow[url] = kept;
			inThisProcess.set(url, kept);
		},
		delete(url) {
			Reflect.deleteProperty(inWorkflow, url);
			inThisProcess.delete(url);
		},
	};
}
