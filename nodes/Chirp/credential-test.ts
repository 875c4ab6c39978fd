import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { isObject } from '../shared/core/json';
import { findingIn } from '../shared/n8n/credential-test';
import { ANSWER_WITHIN_MS, ChirpFault, listWebhooks, noAnswer, type Send } from './api';
import { appKeyOf, baseUrlOf, headerNameOf, SECRET_CHECKS } from './credential';

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
		await listWebhooks(senderOf(this, baseUrl, appKey));
		return { status: 'OK', message: 'Chirp accepted the app key' };
	} catch (error) {
		if (!(error instanceof ChirpFault)) return { status: 'Error', message: String(error) };
		return { status: 'Error', message: `${error.message}. ${error.advice}` };
	}
}

/** Sends requests with an app key that n8n has not saved yet. */
function senderOf({ helpers }: ICredentialTestFunctions, baseUrl: string, appKey: string): Send {
	return async ({ method, path, query }) => {
		try {
			const { statusCode, headers, body } = (await helpers.request({
				method,
				uri: `${baseUrl}${path}`,
				qs: query,
				headers: { Authorization: `Bearer ${appKey}` },
				json: true,
				timeout: ANSWER_WITHIN_MS,
				// n8n would take the app key along to whatever host the answer names.
				followRedirect: false,
				simple: false,
				resolveWithFullResponse: true,
			})) as { statusCode: number; headers: unknown; body: unknown };
			return { statusCode, headers: isObject(headers) ? headers : {}, body };
		} catch (error) {
			throw noAnswer(baseUrl, error);
		}
	};
}
