import type { ICredentialDataDecryptedObject, IWebhookFunctions } from 'n8n-workflow';
import type { CredentialData } from '../core/delivery';
import { ApiFault } from './setup/api-fault';

/** A node's credential, or n8n's own words why it has none: none selected, deleted, not shared. */
export interface NodeCredential {
	data: CredentialData;
	error?: string;
}

/** Reads the node's credential. Never throws: a node without its credential refuses everything. */
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

/** The text in a field of a credential; an empty one where there is none. */
export function fieldOf(credential: ICredentialDataDecryptedObject, field: string): string {
	const value = credential[field];
	return typeof value === 'string' ? value : '';
}

/** Throws an {@link ApiFault} for what is wrong with a credential, a sentence, if there is something. */
export function throwProblem(problem: string | null): void {
	if (problem !== null) throw new ApiFault('The credential cannot be used', problem);
}
