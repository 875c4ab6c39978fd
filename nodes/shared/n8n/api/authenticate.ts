import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { apiKeyOf, type ApiAccess } from './access';
import { ApiFault } from './fault';

/**
 * How n8n adds the key of a credential to a request: one of an HTTP Request node with the credential as
 * Predefined Credential Type, or one of automatic setup. n8n also accepts a rule in place of a function,
 * but a rule would send an empty key.
 *
 * @returns a function that returns the request with the key's headers. It doesn't change the original,
 *   which the HTTP Request node shows in the browser. It throws an {@link ApiFault} if there is no key or a
 *   request can't carry it; n8n then sends nothing and shows the message and the description.
 */
export function authenticateWith(access: ApiAccess) {
	return async (
		credential: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const key = apiKeyOf(access, credential);
		if (key === '') throw emptyField(access, access.keyLabel, access.keyLocation);
		return {
			...request,
			headers: { ...request.headers, ...access.keyHeaders(key, credential) },
		};
	};
}

/**
 * The fault for an HTTP Request node that needs a field the credential leaves empty.
 *
 * @param location where it's found, in full sentences
 */
export function emptyField(
	{ displayName }: Pick<ApiAccess, 'displayName'>,
	label: string,
	location: string,
): ApiFault {
	return new ApiFault(
		`The ${displayName} credential has no ${label}`,
		`n8n didn't send the request. Open the credential and enter the ${label}. ${location}`,
	);
}
