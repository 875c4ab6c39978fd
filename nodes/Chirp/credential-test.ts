import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { isObject } from '../shared/core/json';
import {
	checkNotMasked,
	checkNotPrefixedSignature,
	checkPadding,
} from '../shared/core/secret-checks';
import { findingIn } from '../shared/n8n/credential-test';
import { ANSWER_WITHIN_MS, ChirpFault, listWebhooks, noAnswer, type Send } from './api';
import { baseUrlOf } from './webhook-methods';

/**
 * The test of a Chirp credential: the secret has to look like one, and with an app key Chirp has to
 * list the app's webhooks.
 */
export async function testChirpCredential(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const finding = findingIn(credential, 'Enter a long random text of your own.', [
		checkPadding,
		checkNotMasked,
		checkNotPrefixedSignature,
	]);
	if (finding) return { status: 'Error', message: finding };

	const { data = {} } = credential;
	const apiKey = typeof data.apiKey === 'string' ? data.apiKey.trim() : '';
	if (apiKey === '') {
		return {
			status: 'OK',
			message: 'The secret has the right form. Without an app key only manual setup works.',
		};
	}
	const baseUrl = baseUrlOf(data);
	const { helpers } = this;
	const send: Send = async ({ method, path, query }) => {
		try {
			const { statusCode, headers, body } = (await helpers.request({
				method,
				uri: `${baseUrl}${path}`,
				qs: query,
				headers: { Authorization: `Bearer ${apiKey}` },
				json: true,
				timeout: ANSWER_WITHIN_MS,
				simple: false,
				resolveWithFullResponse: true,
			})) as { statusCode: number; headers: unknown; body: unknown };
			return { statusCode, headers: isObject(headers) ? headers : {}, body };
		} catch (error) {
			throw noAnswer(baseUrl, error);
		}
	};
	try {
		await listWebhooks(send);
		return { status: 'OK', message: 'Chirp accepted the app key' };
	} catch (error) {
		if (!(error instanceof ChirpFault)) return { status: 'Error', message: String(error) };
		return { status: 'Error', message: `${error.message}. ${error.advice}` };
	}
}
