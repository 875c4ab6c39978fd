import { CredentialTestContext } from 'n8n-core';
import type { IDataObject, IWorkflowExecuteAdditionalData } from 'n8n-workflow';
import { providerUnderTest, testCredential } from './providers';

/** The test of a provider's credential, with n8n's own request helpers. */
export function credentialTestOf(providerId: string) {
	const under = providerUnderTest(providerId);
	const context = new CredentialTestContext({} as IWorkflowExecuteAdditionalData);
	return async (data: IDataObject | undefined) =>
		await testCredential(under, context, data as Record<string, string> | undefined);
}
