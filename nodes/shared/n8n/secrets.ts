import type { IWebhookFunctions } from 'n8n-workflow';

/** The fields of every credential that hold secrets by which a delivery is verified. */
const SECRET_FIELDS = ['webhookSecret', 'previousWebhookSecret'] as const;

/** The secrets of a node's credential, the current one first, or why n8n has none for it. */
export interface Secrets {
	values: string[];
	/** n8n's own words when the credential could not be read: none selected, deleted, not shared. */
	unreadable?: string;
}

/** Reads the node's credential. Never throws: a node without its credential refuses everything. */
export async function readSecrets(
	context: IWebhookFunctions,
	credentialType: string,
): Promise<Secrets> {
	try {
		const credential = await context.getCredentials(credentialType);
		const values = SECRET_FIELDS.flatMap((field) => {
			const value = credential[field];
			return typeof value === 'string' && value !== '' ? [value] : [];
		});
		return { values };
	} catch (error) {
		return { values: [], unreadable: error instanceof Error ? error.message : String(error) };
	}
}
