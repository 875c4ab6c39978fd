/**
 * The life cycle of a webhook that a person enters in the provider's dashboard, because the provider
 * has no API for it: there is nothing to look up, create or delete.
 */
export const manualWebhook = {
	async checkExists(): Promise<boolean> {
		return true;
	},
	async create(): Promise<boolean> {
		return true;
	},
	async delete(): Promise<boolean> {
		return true;
	},
};
