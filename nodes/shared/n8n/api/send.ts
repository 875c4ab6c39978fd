import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunctions,
	IHookFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
} from 'n8n-workflow';
import { firstText, type JsonObject } from '../../core/values/json';
import { baseUrlOf, hasAutomaticSetup, apiKeyOf, nameOfApi, type ApiAccess } from './access';
import { ApiFault } from './fault';
import { connectionFault } from './connection-fault';
import { LIMITS } from './limits';
import { receiveResponse, type ApiResponse } from './receive-response';

export type { ApiResponse };

/** A request to a provider's API, without the parts every request has. */
export interface ApiRequest {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	path: string;
	query?: Record<string, string>;
	body?: JsonObject;
}

/**
 * Sends a request with the provider's key. Throws an {@link ApiFault} if no response arrives in time, if
 * it's too long, and for a redirect.
 */
export type Send = (request: ApiRequest) => Promise<ApiResponse>;

/** Sends requests with a saved credential, whose key n8n adds by the credential's own `authenticate`. */
export function sendWithCredential(
	context: IHookFunctions | ILoadOptionsFunctions,
	access: ApiAccess,
	credential: ICredentialDataDecryptedObject,
): Send {
	const baseURL = baseUrlOf(access, credential);
	return async (request) =>
		await receive(access, baseURL, (signal) =>
			context.helpers.httpRequestWithAuthentication.call(
				context,
				access.credentialType,
				requestOptions(baseURL, request, signal),
			),
		);
}

/**
 * Sends requests with the key itself. Otherwise, n8n reads the credential again for each request, and can
 * no longer evaluate an expression in it after its call to the node has ended.
 */
export function sendWithKey(
	context: IHookFunctions | ILoadOptionsFunctions,
	access: ApiAccess,
	credential: ICredentialDataDecryptedObject,
): Send {
	const baseURL = baseUrlOf(access, credential);
	const headers = access.keyHeaders(apiKeyOf(access, credential), credential);
	return async (request) =>
		await receive(access, baseURL, (signal) =>
			context.helpers.httpRequest({ ...requestOptions(baseURL, request, signal), headers }),
		);
}

/** The options for n8n's request helper. */
function requestOptions(
	baseURL: string,
	{ method, path, query, body }: ApiRequest,
	signal: AbortSignal,
): IHttpRequestOptions {
	return {
		method,
		baseURL,
		url: path,
		json: true,
		encoding: 'stream',
		timeout: LIMITS.responseMs,
		abortSignal: signal,
		// n8n would send the key to whatever host the response names.
		disableFollowRedirect: true,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		...(query ? { qs: query } : {}),
		...(body ? { body } : {}),
	};
}

/** Sends requests with a credential under test, which n8n may not have saved yet. */
export function sendInCredentialTest(
	{ helpers }: ICredentialTestFunctions,
	access: ApiAccess,
	credential: ICredentialDataDecryptedObject,
): Send {
	const baseUrl = baseUrlOf(access, credential);
	return async ({ method, path, query, body }) => {
		const headers = access.keyHeaders(apiKeyOf(access, credential), credential);
		return await receive(access, baseUrl, () =>
			helpers.request({
				method,
				uri: `${baseUrl}${path}`,
				qs: query,
				body,
				headers,
				json: true,
				useStream: true,
				timeout: LIMITS.responseMs,
				// n8n would send the key to whatever host the response names.
				followRedirect: false,
				simple: false,
				resolveWithFullResponse: true,
			}),
		);
	};
}

/** Sends a request and reads the whole response within the time limit. */
async function receive(
	access: ApiAccess,
	baseUrl: string,
	send: (signal: AbortSignal) => Promise<unknown>,
): Promise<ApiResponse> {
	const signal = AbortSignal.timeout(LIMITS.responseMs);
	const response = await receiveResponse(send, signal).catch((error: unknown) => {
		throw connectionFault(access, baseUrl, error, signal.aborted);
	});
	if (response.statusCode >= 300 && response.statusCode < 400) throw redirected(access, response);
	return response;
}

function redirected(access: ApiAccess, { statusCode, headers }: ApiResponse): ApiFault {
	const { displayName, keyName, defaultBaseUrl, isSelfHosted } = access;
	const rightUrl = isSelfHosted ? `${displayName}'s own address` : defaultBaseUrl;
	const advice = hasAutomaticSetup(access)
		? `Set the Base URL in the credential to ${rightUrl}, and check that no proxy responds in its place.`
		: 'Check that no proxy responds in its place.';
	return new ApiFault(
		`${nameOfApi(access)} returned a redirect${originIn(headers)} (HTTP ${statusCode})`,
		`n8n didn't follow it, because that would send the ${keyName} to another address. ${advice}`,
		{ statusCode },
	);
}

/** Where a redirect points to, without the path. */
function originIn(headers: JsonObject): string {
	const location = firstText(headers, 'location') ?? '';
	return URL.canParse(location) ? ` to ${new URL(location).origin}` : '';
}
