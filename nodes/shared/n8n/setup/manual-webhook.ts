import type { IHookFunctions } from 'n8n-workflow';
import { checkFilters } from './check-filters';

/**
 * The life cycle of a webhook entered in the provider's dashboard because there is no API for it: there is
 * nothing to look up, create, or delete.
 */
export const manualWebhook = {
	async checkExists(this: IHookFunctions): Promise<boolean> {
		checkFilters(this);
		return true;
	},
	async create(): Promise<boolean> {
		return true;
	},
	async delete(): Promise<boolean> {
		return true;
	},
};
