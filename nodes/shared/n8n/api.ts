import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunctions,
	IDataObject,
	IHookFunctions,
} from 'n8n-workflow';
import { firstText, objectOf, type JsonObject } from '../core/json';
import { oneLine } from '../core/one-line';
import { baseUrlOf, keyOf, type ApiAccess } from './api-access';
import { ApiFault } from './api-fault';

/** A request to a provider's API, without what is the same in all of them. */
export interface ApiRequest {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	path: string;
	query?: Record<string, string>;
	body?: JsonObject;
}

/** What a provider's API answered, whatever the status. */
export interface ApiAnswer {
	statusCode: number;
	headers: JsonObject;
	/** Parsed where it is JSON. */
	body: unknown;
}

/** Sends a request with the provider's key. Throws an {@link ApiFault} for no answer, and for a redirect. */
export type Send = (request: ApiRequest) => Promise<ApiAnswer>;

/** How long an answer is waited for. */
const ANSWER_WITHIN_MS = 10_000;

export const isSuccess = ({ statusCode }: ApiAnswer) => statusCode >= 200 && statusCode < 300;

/**
 * Makes the faults of an answer, with the provider's own words behind the advice.
 *
 * @param said what the provider says of it, or null
 */
export function faultsOf(
	{ displayName }: ApiAccess,
	{ statusCode }: ApiAnswer,
	said: string | null,
) {
	const quote = said === null ? '' : ` ${displayName} says: "${oneLine(said)}"`;
	return (message: string, advice: string) => new ApiFault(message, advice + quote, statusCode);
}

/** Sends requests with a saved credential, whose key n8n adds by the credential's own rule. */
export function sendWithCredential(
	context: IHookFunctions,
	access: ApiAccess,
	credential: ICredentialDataDecryptedObject,
): Send {
	const baseURL = baseUrlOf(access, credential);
	return async ({ method, path, query, body }) => {
		const sent = context.helpers.httpRequestWithAuthentication.call(
			context,
			access.credentialType,
			{
				method,
				baseURL,
				url: path,
				json: true,
				timeout: ANSWER_WITHIN_MS,
				// n8n would take the key along to whatever host the answer names.
				disableFollowRedirect: true,
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				...(query ? { qs: query } : {}),
				...(body ? { body: body as IDataObject } : {}),
			},
		);
		return await answerOf(sent, access, baseURL);
	};
}

/** Sends requests with a credential that is being tested and that n8n may not have saved yet. */
export function sendInCredentialTest(
	{ helpers }: ICredentialTestFunctions,
	access: ApiAccess,
	credential: ICredentialDataDecryptedObject,
): Send {
	const baseUrl = baseUrlOf(access, credential);
	const headers = access.keyHeaders(keyOf(access, credential));
	return async ({ method, path, query, body }) => {
		const sent = helpers.request({
			method,
			uri: `${baseUrl}${path}`,
			qs: query,
			body,
			headers,
			json: true,
			timeout: ANSWER_WITHIN_MS,
			// n8n would take the key along to whatever host the answer names.
			followRedirect: false,
			simple: false,
			resolveWithFullResponse: true,
		});
		return await answerOf(sent, access, baseUrl);
	};
}

async function answerOf(
	sent: Promise<unknown>,
	access: ApiAccess,
	baseUrl: string,
): Promise<ApiAnswer> {
	const { statusCode, headers, body } = await (sent as Promise<ApiAnswer>).catch(
		(error: unknown) => {
			throw noAnswer(access, baseUrl, error);
		},
	);
	const answer = { statusCode, headers: objectOf(headers), body };
	if (statusCode >= 300 && statusCode < 400) throw redirected(access, answer);
	return answer;
}

function noAnswer(access: ApiAccess, baseUrl: string, error: unknown): ApiFault {
	const { message, code } = objectOf(error);
	const why = [code, message].filter((part) => typeof part === 'string').join(': ');
	return new ApiFault(
		`${nameOfApi(access)} at ${baseUrl} did not answer`,
		`Check the Base URL of the credential and that n8n can reach it, then try again. (${why})`,
	);
}

function redirected(access: ApiAccess, { statusCode, headers }: ApiAnswer): ApiFault {
	const { displayName, keyName, defaultBaseUrl, isSelfHosted } = access;
	const rightUrl = isSelfHosted ? `the address that ${displayName} itself has` : defaultBaseUrl;
	return new ApiFault(
		`${nameOfApi(access)} answers from elsewhere (status ${statusCode})`,
		`Nothing was sent there${originIn(headers)}, since the ${keyName} would go along. Set the Base URL of the credential to ${rightUrl}, and check that no proxy answers in its place.`,
		statusCode,
	);
}

/** The host that a redirect points to, in brackets; the rest of the address is of no use here. */
function originIn(headers: JsonObject): string {
	const location = firstText(headers, 'location') ?? '';
	return URL.canParse(location) ? ` (${new URL(location).origin})` : '';
}

function nameOfApi({ displayName }: ApiAccess): string {
	return displayName.endsWith(' API') ? displayName : `${displayName}'s API`;
}
