import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { ApiFault, sendInCredentialTest } from '../shared/n8n/api';
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
	try {
		const apiKey = apiKeyOf(data);
		if (apiKey === '') {
			return {
				status: 'OK',
				message: 'The secret has the right form. Without an API key only manual setup works.',
			};
		}
		const address = { displayName: provider.displayName, baseUrl: baseUrlOf(data) };
		await checkKey(sendInCredentialTest(this, address, { 'X-Api-Key': apiKey }));
		return { status: 'OK', message: 'WAHA accepted the API key' };
	} catch (error) {
		if (!(error instanceof ApiFault)) return { status: 'Error', message: String(error) };
		return { status: 'Error', message: `${error.message}. ${error.advice}` };
	}
}
