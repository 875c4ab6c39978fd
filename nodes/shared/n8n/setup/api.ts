import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunctions,
	IDataObject,
	IHookFunctions,
} from 'n8n-workflow';
import { firstText, objectOf, type JsonObject } from '../../core/json';
import { baseUrlOf, keyOf, nameOfApi, type ApiAccess } from './api-access';
import { ApiFault } from './api-fault';
import { BodyTooLong, parseBody, readText, type StreamedResponse } from './read-response';

/** A request to a provider's API, without what every request has. */
export interface ApiRequest {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	path: string;
	query?: Record<string, string>;
	body?: JsonObject;
}

/** A provider's response, whatever its status. */
export interface ApiResponse {
	statusCode: number;
	headers: JsonObject;
	/** Parsed where it is JSON, text where it isn't, undefined where it is empty. */
	body: unknown;
}

/**
 * Sends a request with the provider's key. Throws an {@link ApiFault} where no response arrives in time or
 * it is too long, and for a redirect.
 */
export type Send = (request: ApiRequest) => Promise<ApiResponse>;

/** How long the whole response may take. */
const RESPONSE_WITHIN_MS = 10_000;

/** Sends requests with a saved credential, whose key n8n adds by the credential's own rule. */
export function sendWithCredential(
	context: IHookFunctions,
	access: ApiAccess,
	credential: ICredentialDataDecryptedObject,
): Send {
	const baseURL = baseUrlOf(access, credential);
	return async ({ method, path, query, body }) =>
		await receive(access, baseURL, (signal) =>
			context.helpers.httpRequestWithAuthentication.call(context, access.credentialType, {
				method,
				baseURL,
				url: path,
				json: true,
				encoding: 'stream',
				timeout: RESPONSE_WITHIN_MS,
				abortSignal: signal,
				// n8n would send the key along to whatever host the response names.
				disableFollowRedirect: true,
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				...(query ? { qs: query } : {}),
				...(body ? { body: body as IDataObject } : {}),
			}),
		);
}

/** Sends requests with a credential that is being tested and that n8n may not have saved yet. */
export function sendInCredentialTest(
	{ helpers }: ICredentialTestFunctions,
	access: ApiAccess,
	credential: ICredentialDataDecryptedObject,
): Send {
	const baseUrl = baseUrlOf(access, credential);
	const headers = access.keyHeaders(keyOf(access, credential));
	return async ({ method, path, query, body }) =>
		await receive(access, baseUrl, () =>
			helpers.request({
				method,
				uri: `${baseUrl}${path}`,
				qs: query,
				body,
				headers,
				json: true,
				useStream: true,
				timeout: RESPONSE_WITHIN_MS,
				// n8n would send the key along to whatever host the response names.
				followRedirect: false,
				simple: false,
				resolveWithFullResponse: true,
			}),
		);
}

/** Sends a request and reads all of its response within the time. */
async function receive(
	access: ApiAccess,
	baseUrl: string,
	send: (signal: AbortSignal) => Promise<unknown>,
): Promise<ApiResponse> {
	const signal = AbortSignal.timeout(RESPONSE_WITHIN_MS);
	try {
		const { statusCode, headers, body } = (await send(signal)) as StreamedResponse;
		const text = await readText(body, signal);
		const response = { statusCode, headers: objectOf(headers), body: parseBody(text) };
		if (statusCode >= 300 && statusCode < 400) throw redirected(access, response);
		return response;
	} catch (error) {
		if (error instanceof ApiFault) throw error;
		if (error instanceof BodyTooLong) throw tooLong(access);
		if (signal.aborted || isTimeout(error)) throw tooSlow(access, baseUrl);
		throw noResponse(access, baseUrl, error);
	}
}

/** How Node.js and n8n's request helpers name a timeout. */
const TIMEOUT_CODES = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ERR_CANCELED']);

function isTimeout(error: unknown): boolean {
	return TIMEOUT_CODES.has(String(objectOf(error).code));
}

function tooSlow(access: ApiAccess, baseUrl: string): ApiFault {
	return new ApiFault(
		`${nameOfApi(access)} at ${baseUrl} didn't respond within ${RESPONSE_WITHIN_MS / 1000} seconds`,
		`Try again. If it keeps happening, check that ${access.displayName} is running and that n8n can reach the Base URL in the credential.`,
		{ isUndecided: true },
	);
}

function tooLong(access: ApiAccess): ApiFault {
	return new ApiFault(
		`The response of ${nameOfApi(access)} is longer than 5 MiB`,
		`No documented response is that long. Check that the Base URL in the credential is the address of ${access.displayName}.`,
	);
}

function noResponse(access: ApiAccess, baseUrl: string, error: unknown): ApiFault {
	const { message, code } = objectOf(error);
	const why = [code, message].filter((part) => typeof part === 'string').join(': ');
	return new ApiFault(
		`n8n couldn't reach ${nameOfApi(access)} at ${baseUrl}`,
		`Check the Base URL in the credential and that n8n can reach it, then try again. (${why})`,
		// A connection that broke may have carried the whole request.
		{ isUndecided: code === 'ECONNRESET' || code === 'EPIPE' },
	);
}

function redirected(access: ApiAccess, { statusCode, headers }: ApiResponse): ApiFault {
	const { displayName, keyName, defaultBaseUrl, isSelfHosted } = access;
	const rightUrl = isSelfHosted ? `${displayName}'s own address` : defaultBaseUrl;
	return new ApiFault(
		`${nameOfApi(access)} returned a redirect${originIn(headers)} (HTTP ${statusCode})`,
		`n8n didn't follow it, because that would send the ${keyName} to another address. Set the Base URL in the credential to ${rightUrl}, and check that no proxy responds in its place.`,
		{ statusCode },
	);
}

/** Where a redirect points to; the path is of no use here. */
function originIn(headers: JsonObject): string {
	const location = firstText(headers, 'location') ?? '';
	return URL.canParse(location) ? ` to ${new URL(location).origin}` : '';
}
