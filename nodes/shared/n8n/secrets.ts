import type { ICredentialDataDecryptedObject, IWebhookFunctions } from 'n8n-workflow';

/** The fields of a credential that hold secrets, the current one first. */
export const SECRET_FIELDS = ['webhookSecret', 'previousWebhookSecret'] as const;

/** The secrets of the node's credential; none when it has no credential or the credential is gone. */
export async function secretsOf(
	context: IWebhookFunctions,
	credentialType: string,
): Promise<string[]> {
	try {
		const credential = await context.getCredentials(credentialType);
		return secretValuesOf(credential);
	} catch {
		// Refused as "no secret": a node without its credential accepts nothing.
		return [];
	}
}

function secretValuesOf(credential: ICredentialDataDecryptedObject): string[] {
	return SECRET_FIELDS.flatMap((field) => {
		const value = credential[field];
		return typeof value === 'string' && value !== '' ? [value] : [];
	});
}
