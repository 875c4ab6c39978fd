import type { IDataObject, IHookFunctions, ICredentialTestFunctions } from 'n8n-workflow';
import { isObject, objectOf, type JsonObject } from '../core/json';

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

/** Sends a request with the provider's key. Throws an {@link ApiFault} when no answer comes. */
export type Send = (request: ApiRequest) => Promise<ApiAnswer>;

/** Where a provider's API is. */
export interface ApiAddress {
	/** The provider, for messages. */
	displayName: string;
	/** Without a slash at its end. */
	baseUrl: string;
}

/** Why a provider's API did not do what was asked, for the person in n8n's editor. */
export class ApiFault extends Error {
	/**
	 * @param message what happened
	 * @param advice what to do about it
	 * @param statusCode the HTTP status, where there was an answer
	 */
	constructor(
		message: string,
		readonly advice: string,
		readonly statusCode?: number,
	) {
		super(message);
		this.name = 'ApiFault';
	}
}

/** How long an answer is waited for. */
const ANSWER_WITHIN_MS = 10_000;

export const isSuccess = ({ statusCode }: ApiAnswer) => statusCode >= 200 && statusCode < 300;

export const isRedirect = ({ statusCode }: ApiAnswer) => statusCode >= 300 && statusCode < 400;

/** Sends requests with a saved credential, whose key n8n adds by the credential's own rule. */
export function sendWithCredential(
	context: IHookFunctions,
	credentialType: string,
	address: ApiAddress,
): Send {
	return async ({ method, path, query, body }) => {
		try {
			return (await context.helpers.httpRequestWithAuthentication.call(context, credentialType, {
				method,
				baseURL: address.baseUrl,
				url: path,
				json: true,
				timeout: ANSWER_WITHIN_MS,
				// n8n would take the key along to whatever host the answer names.
				disableFollowRedirect: true,
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				...(query ? { qs: query } : {}),
				...(body ? { body: body as IDataObject } : {}),
			})) as ApiAnswer;
		} catch (error) {
			throw noAnswer(address, error);
		}
	};
}

/**
 * Sends requests with a credential that is being tested and that n8n may not have saved yet.
 *
 * @param headers those that carry its key
 */
export function sendInCredentialTest(
	{ helpers }: ICredentialTestFunctions,
	address: ApiAddress,
	headers: Record<string, string>,
): Send {
	return async ({ method, path, query, body }) => {
		try {
			const answer = (await helpers.request({
				method,
				uri: `${address.baseUrl}${path}`,
				qs: query,
				body,
				headers,
				json: true,
				timeout: ANSWER_WITHIN_MS,
				// n8n would take the key along to whatever host the answer names.
				followRedirect: false,
				simple: false,
				resolveWithFullResponse: true,
			})) as ApiAnswer;
			return {
				statusCode: answer.statusCode,
				headers: isObject(answer.headers) ? answer.headers : {},
				body: answer.body,
			};
		} catch (error) {
			throw noAnswer(address, error);
		}
	};
}

function noAnswer({ displayName, baseUrl }: ApiAddress, error: unknown): ApiFault {
	const { message, code } = objectOf(error);
	const why = [code, message].filter((part) => typeof part === 'string').join(': ');
	return new ApiFault(
		`${displayName}'s API at ${baseUrl} did not answer`,
		`Check the Base URL of the credential and that n8n can reach it, then try again. (${why})`,
	);
}
