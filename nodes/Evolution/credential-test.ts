import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { sendInCredentialTest } from '../shared/n8n/api';
import { resultOfTest } from '../shared/n8n/credential-test';
import { checkKey } from './api';
import { apiKeyOf, baseUrlOf, credentialProblem } from './credential';
import { provider } from './provider';

/**
 * The test of an Evolution API credential: the secret and the header's name have to be such as a
 * delivery can carry, and with an API key Evolution API has to list the instances that it opens.
 */
export async function testEvolutionCredential(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const problem = credentialProblem(data);
	if (problem) return { status: 'Error', message: problem };
	return await resultOfTest(async () => {
		const apiKey = apiKeyOf(data);
		if (apiKey === '') {
			return 'The secret has the right form. Without an API key only manual setup works.';
		}
		const address = { displayName: provider.displayName, baseUrl: baseUrlOf(data) };
		await checkKey(sendInCredentialTest(this, address, { apikey: apiKey }));
		return 'Evolution API accepted the API key';
	});
}
