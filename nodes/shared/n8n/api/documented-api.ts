import { firstText } from '../../core/values/json';
import { oneLine } from '../../core/values/one-line';
import { hasAutomaticSetup, nameOfApi, type ApiAccess } from './access';
import type { ApiRequest, ApiResponse, Send } from './send';
import { ApiFault, OR_MANUAL } from './fault';

/** A fault a provider's API can report: which responses mean it, and what to do about it. */
export interface FaultRow {
	/** The HTTP statuses that mean it, or a predicate on the response. */
	when: readonly number[] | ((response: ApiResponse, request: ApiRequest) => boolean);
	/** What happened, without a final period. */
	message: string;
	/** What to do about it, in full sentences. */
	advice: string;
}

/** A provider's API as its documents describe it. */
export interface DocumentedApi {
	access: ApiAccess;
	/** Extracts the provider's message about a fault from the body, or returns null. */
	said: (body: unknown) => string | null;
	/** The faults it can report. The first matching row counts. */
	faults: readonly FaultRow[];
}

/**
 * Sends a request and reads the response in its documented form. A response in any other form is a failure,
 * whatever its status: a sign-in page or a proxy may respond in the API's place.
 *
 * @param read extracts the result from the body of a success; undefined if it isn't in the documented form
 * @throws ApiFault if the API rejected the request, or if it's unknown whether it succeeded
 */
export async function ask<T>(
	api: DocumentedApi,
	send: Send,
	request: ApiRequest,
	read: (body: unknown) => T | undefined,
): Promise<T> {
	return resultOf(api, request, await send(request), read);
}

/**
 * The same for something that may not exist.
 *
 * @param isAbsent whether a response means it doesn't exist
 * @returns null if it doesn't exist
 */
export async function askIfPresent<T>(
	api: DocumentedApi,
	send: Send,
	request: ApiRequest,
	read: (body: unknown) => T | undefined,
	isAbsent: (response: ApiResponse) => boolean,
): Promise<T | null> {
	const response = await send(request);
	return isAbsent(response) ? null : resultOf(api, request, response, read);
}

function resultOf<T>(
	api: DocumentedApi,
	request: ApiRequest,
	response: ApiResponse,
	read: (body: unknown) => T | undefined,
): T {
	if (!isSuccess(response)) throw faultOf(api, request, response);
	const result = read(response.body);
	if (result === undefined) throw undocumented(api, response);
	return result;
}

const isSuccess = ({ statusCode }: ApiResponse) => statusCode >= 200 && statusCode < 300;

/** The fault a response reports, with the provider's message after the advice. */
function faultOf(api: DocumentedApi, request: ApiRequest, response: ApiResponse): ApiFault {
	const { access, said, faults } = api;
	const { statusCode, body } = response;
	// An API doesn't document web pages: the page is from a proxy or another server, and so is its status.
	if (isWebPage(response) && statusCode < 500 && statusCode !== 429) {
		return undocumented(api, response);
	}
	const row = [...faults, ...faultsOfAny(access, response)].find(({ when }) =>
		typeof when === 'function' ? when(response, request) : when.includes(statusCode),
	);
	const { message, advice } = row ?? unknownFault(access, response);
	const words = said(body);
	const quote = words === null ? '' : ` ${access.displayName} says: "${oneLine(words)}"`;
	// A gateway reports that it has no response yet, not that nothing happened.
	const isUndecided = statusCode === 502 || statusCode === 504;
	return new ApiFault(message, advice + quote, { statusCode, isUndecided });
}

/** The faults that mean the same for every provider. */
function faultsOfAny(access: ApiAccess, { statusCode, headers }: ApiResponse): FaultRow[] {
	const { displayName } = access;
	const seconds = firstText(headers, 'retry-after');
	const pause = seconds !== null && /^\d+$/.test(seconds) ? `${seconds} seconds` : 'a minute';
	return [
		{
			when: [429],
			message: `${displayName}'s rate limit was reached`,
			advice: `Wait ${pause}, then try again.`,
		},
		{
			when: ({ statusCode: status }) => status >= 500,
			message: `${displayName} reported an internal error (HTTP ${statusCode})`,
			advice: hasAutomaticSetup(access) ? `Try again later. ${OR_MANUAL}` : 'Try again later.',
		},
	];
}

/** An unknown fault doesn't blame anyone. */
function unknownFault(access: ApiAccess, { statusCode }: ApiResponse) {
	return {
		message: `${nameOfApi(access)} rejected the request (HTTP ${statusCode})`,
		advice: hasAutomaticSetup(access) ? `Try again. ${OR_MANUAL}` : 'Try again later.',
	};
}

/** A response the API doesn't document, whatever its status. */
function undocumented({ access }: DocumentedApi, response: ApiResponse): ApiFault {
	const { statusCode, body } = response;
	const form =
		body === undefined
			? 'empty'
			: typeof body === 'string'
				? oneLine(mediaTypeOf(response)) || 'text'
				: 'JSON';
	return new ApiFault(
		`The response isn't in the form that ${nameOfApi(access)} documents (HTTP ${statusCode}, ${form})`,
		hasAutomaticSetup(access)
			? `Another server, a sign-in page, or a proxy may respond in its place. Check the Base URL in the credential. ${OR_MANUAL}`
			: 'A proxy or a sign-in page may respond in its place. Check how n8n reaches the internet, then try again.',
		{ statusCode },
	);
}

const isWebPage = (response: ApiResponse) =>
	typeof response.body === 'string' && mediaTypeOf(response) === 'text/html';

/** Such as `application/json`, without parameters; empty if there is none. */
function mediaTypeOf({ headers }: ApiResponse): string {
	return (firstText(headers, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}
