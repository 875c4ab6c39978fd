import type { IWebhookFunctions } from 'n8n-workflow';
import type { CredentialData } from '../../core/verify/delivery';

/** A node's credential, or n8n's error if it can't be read: none selected, deleted, not shared. */
export interface NodeCredential {
	data: CredentialData;
	error?: string;
}

/** Reads the node's credential. Never throws: a node without its credential rejects everything. */
export async function readCredential(
	context: Pick<IWebhookFunctions, 'getCredentials'>,
	credentialType: string,
): Promise<NodeCredential> {
	try {
		return { data: await context.getCredentials(credentialType) };
	} catch (error) {
		return { data: {}, error: error instanceof Error ? error.message : String(error) };
	}
}
