import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { ApiFault, sendInCredentialTest } from '../shared/n8n/api';
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
	try {
		const apiKey = apiKeyOf(data);
		if (apiKey === '') {
			return {
				status: 'OK',
				message: 'The secret has the right form. Without an API key only manual setup works.',
			};
		}
		const address = { displayName: provider.displayName, baseUrl: baseUrlOf(data) };
		await checkKey(sendInCredentialTest(this, address, { apikey: apiKey }));
		return { status: 'OK', message: 'Evolution API accepted the API key' };
	} catch (error) {
		if (!(error instanceof ApiFault)) return { status: 'Error', message: String(error) };
		return { status: 'Error', message: `${error.message}. ${error.advice}` };
	}
}
