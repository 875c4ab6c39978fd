import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { ApiFault, senderInTest } from '../shared/n8n/api';
import { findingIn } from '../shared/n8n/credential-test';
import { listWebhooks } from './api';
import { appKeyOf, baseUrlOf, headerNameOf, SECRET_CHECKS } from './credential';
import { provider } from './provider';

/**
 * The test of a Chirp credential: the secret and the header's name have to be such as a delivery can
 * carry, and with an app key Chirp has to list the app's webhooks.
 */
export async function testChirpCredential(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const finding = findingIn(credential, 'Enter a long random text of your own.', SECRET_CHECKS);
	if (finding) return { status: 'Error', message: finding };

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
		await listWebhooks(senderInTest(this, address, headers));
		return { status: 'OK', message: 'Chirp accepted the app key' };
	} catch (error) {
		if (!(error instanceof ApiFault)) return { status: 'Error', message: String(error) };
		return { status: 'Error', message: `${error.message}. ${error.advice}` };
	}
}
