import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { sendInCredentialTest } from '../shared/n8n/api';
import { resultOfTest } from '../shared/n8n/credential-test';
import { checkToken } from './api';
import { accessTokenOf, baseUrlOf, credentialProblem } from './credential';
import { provider } from './provider';

/**
 * The test of a Meta credential: the App Secret and the Verify Token have to look like such, and an
 * Access Token has to be accepted. No request of the Graph API would prove the secret alone.
 */
export async function testMetaCredential(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const problem = credentialProblem(data);
	if (problem) return { status: 'Error', message: problem };
	return await resultOfTest(async () => {
		const baseUrl = baseUrlOf(data);
		const token = accessTokenOf(data);
		if (token === '') {
			return 'The secret has the right form. The first delivery shows whether it is the right one. Without an Access Token only manual setup works.';
		}
		const address = { displayName: provider.displayName, baseUrl };
		const headers = { Authorization: `Bearer ${token}` };
		await checkToken(sendInCredentialTest(this, address, headers));
		return 'Meta accepted the Access Token';
	});
}
