import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { sendInCredentialTest } from '../shared/n8n/api';
import { resultOfTest, secretProblem } from '../shared/n8n/credential-test';
import { listWebhooks } from './api';
import { appKeyOf, baseUrlOf, headerNameOf, SECRET_RULES } from './credential';
import { provider } from './provider';

/**
 * The test of a Chirp credential: the secret and the header's name have to be such as a delivery can
 * carry, and with an app key Chirp has to list the app's webhooks.
 */
export async function testChirpCredential(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const problem = secretProblem(credential, 'Enter a long random text of your own.', SECRET_RULES);
	if (problem) return { status: 'Error', message: problem };

	const { data = {} } = credential;
	return await resultOfTest(async () => {
		headerNameOf(data);
		const baseUrl = baseUrlOf(data);
		const appKey = appKeyOf(data);
		if (appKey === '') {
			return 'The secret has the right form. Without an app key only manual setup works.';
		}
		const address = { displayName: provider.displayName, baseUrl };
		const headers = { Authorization: `Bearer ${appKey}` };
		await listWebhooks(sendInCredentialTest(this, address, headers));
		return 'Chirp accepted the app key';
	});
}
