import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { sendInCredentialTest } from '../shared/n8n/api';
import { resultOfTest } from '../shared/n8n/credential-test';
import { readWebhook } from './api';
import { apiKeyOf, baseUrlOf, credentialProblem } from './credential';
import { provider } from './provider';

/**
 * The test of a 360dialog credential: the secret and the header's name have to be such as a delivery can
 * carry, and with an API key 360dialog has to show the webhook of its number.
 */
export async function testDialog360Credential(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const problem = credentialProblem(data);
	if (problem) return { status: 'Error', message: problem };
	return await resultOfTest(async () => {
		const baseUrl = baseUrlOf(data);
		const apiKey = apiKeyOf(data);
		if (apiKey === '') {
			return 'The secret has the right form. Without an API key only manual setup works.';
		}
		const address = { displayName: provider.displayName, baseUrl };
		await readWebhook(sendInCredentialTest(this, address, { 'D360-API-KEY': apiKey }));
		return '360dialog accepted the API key';
	});
}
