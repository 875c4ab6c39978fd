import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { sendInCredentialTest } from '../shared/n8n/api';
import { resultOfTest } from '../shared/n8n/credential-test';
import { checkKey } from './api';
import { apiKeyOf, baseUrlOf, hmacKeyProblem } from './credential';
import { provider } from './provider';

/**
 * The test of a WAHA credential: the HMAC key has to look like one, and with an API key WAHA has to list
 * its sessions.
 */
export async function testWahaCredential(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const problem = hmacKeyProblem(data);
	if (problem) return { status: 'Error', message: problem };
	return await resultOfTest(async () => {
		const apiKey = apiKeyOf(data);
		if (apiKey === '') {
			return 'The secret has the right form. Without an API key only manual setup works.';
		}
		const address = { displayName: provider.displayName, baseUrl: baseUrlOf(data) };
		await checkKey(sendInCredentialTest(this, address, { 'X-Api-Key': apiKey }));
		return 'WAHA accepted the API key';
	});
}
