import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { ApiFault, sendInCredentialTest } from '../shared/n8n/api';
import { secretProblem } from '../shared/n8n/credential-test';
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
	try {
		headerNameOf(data);
		const baseUrl = baseUrlOf(data);
		const appKey = appKeyOf(data);
		if (appKey === '') {
			return {
				status: 'OK',
				message: 'The secret has the right form. Without an app key only manual setup works.',
			};
		}
		const address = { displayName: provider.displayName, baseUrl };
		const headers = { Authorization: `Bearer ${appKey}` };
		await listWebhooks(sendInCredentialTest(this, address, headers));
		return { status: 'OK', message: 'Chirp accepted the app key' };
	} catch (error) {
		if (!(error instanceof ApiFault)) return { status: 'Error', message: String(error) };
		return { status: 'Error', message: `${error.message}. ${error.advice}` };
	}
}
