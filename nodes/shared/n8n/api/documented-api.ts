import { firstText } from '../../core/values/json';
import { oneLine } from '../../core/values/one-line';
import { hasAutomaticSetup, nameOfApi, type ApiAccess } from './access';
import type { ApiRequest, ApiResponse, Send } from './send';
import { ApiFault, OR_MANUAL } from './fault';

/** A fault that a provider's API can report: which responses mean it, and what a person does about it. */
export interface FaultRow {
	/** The HTTP statuses that mean it, or a test of the response. */
	when: readonly number[] | ((response: ApiResponse, request: ApiRequest) => boolean);
	/** What happened, without a final period. */
	message: string;
	/** What to do about it, in full sentences. */
	advice: string;
}

/** A provider's API as its documents describe it. */
export interface DocumentedApi {
	access: ApiAccess;
	/** Reads the provider's own words about a fault out of the body, or returns null. */
	said: (body: unknown) => string | null;
	/** The faults that it can report. The first row that fits counts. */
	faults: readonly FaultRow[];
}

/**
 * Sends a request and reads the response in its documented form. A response in any other form is no
 * success, whatever its status: a sign-in page or a proxy may respond in the API's place.
 *
 * @param read takes what is needed out of the body of a success; undefined where it isn't in the documented form
 * @throws ApiFault where the API didn't do what it was asked, or where nobody can say whether it did
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
 * @param isAbsent whether a response is how the API reports that there is no such thing
 * @returns null where there is no such thing
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

/** The fault that a response reports, with the provider's own words behind the advice. */
function faultOf(api: DocumentedApi, request: ApiRequest, response: ApiResponse): ApiFault {
	const { access, said, faults } = api;
	const { statusCode, body } = response;
	// An API documents no web pages: the page is a proxy's or another server's, and so is its status.
	if (isWebPage(response) && statusCode < 500 && statusCode !== 429) {
		return undocumented(api, response);
	}
	const row = [...faults, ...faultsOfAny(access, response)].find(({ when }) =>
		typeof when === 'function' ? when(response, request) : when.includes(statusCode),
	);
	const { message, advice } = row ?? unknownFault(access, response);
	const words = said(body);
	const quote = words === null ? '' : ` ${access.displayName} says: "${oneLine(words)}"`;
	// A gateway reports that it has no response yet, not that nothing was done.
	const isUndecided = statusCode === 502 || statusCode === 504;
	return new ApiFault(message, advice + quote, { statusCode, isUndecided });
}

/** The faults that mean the same at every provider. */
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
			message: `${displayName} reports a fault of its own (HTTP ${statusCode})`,
			advice: hasAutomaticSetup(access) ? `Try again later. ${OR_MANUAL}` : 'Try again later.',
		},
	];
}

/** A fault that nobody knows blames nobody. */
function unknownFault(access: ApiAccess, { statusCode }: ApiResponse) {
	return {
		message: `${nameOfApi(access)} rejected the request (HTTP ${statusCode})`,
		advice: hasAutomaticSetup(access) ? `Try again. ${OR_MANUAL}` : 'Try again later.',
	};
}

/** A response that isn't what the API documents, whatever its status. */
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

/** Such as `application/json`, without parameters; empty where there is none. */
function mediaTypeOf({ headers }: ApiResponse): string {
	return (firstText(headers, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}
