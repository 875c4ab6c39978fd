import type { IWebhookFunctions } from 'n8n-workflow';
import type { VerificationSecrets } from '../core/signature';

/** The fields of every credential that hold secrets by which a delivery is verified. */
const SECRET_FIELDS = ['webhookSecret', 'secondWebhookSecret'] as const;

/** What a node's credential holds to verify deliveries with, or why n8n has nothing for it. */
export interface Secrets extends VerificationSecrets {
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
		const secrets = SECRET_FIELDS.flatMap((field) => {
			const value = credential[field];
			return typeof value === 'string' && value !== '' ? [value] : [];
		});
		const { headerName } = credential;
		return typeof headerName === 'string' ? { secrets, headerName } : { secrets };
	} catch (error) {
		return { secrets: [], unreadable: error instanceof Error ? error.message : String(error) };
	}
}
