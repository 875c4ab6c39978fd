import { firstText, objectOf, textOf } from '../shared/core/values/json';
import type { Send } from '../shared/n8n/api/send';
import { ask, type DocumentedApi } from '../shared/n8n/api/documented-api';
import { access } from './credential';

/**
 * Makes sure that ChakraHQ's API accepts a request with the access token, by the one that ChakraHQ's own
 * package for n8n tests its credential with. It changes nothing. Whether it checks the token, and the body
 * of its response, aren't documented; a web page isn't from the API. Throws an `ApiFault`.
 */
export async function checkHealth(send: Send): Promise<void> {
	await ask(chakraApi, send, { method: 'GET', path: '/v1/health' }, (body) =>
		typeof body === 'string' && body.includes('<') ? undefined : true,
	);
}

/** ChakraHQ's words about a fault: the list `_errors` ("Response Format"), whose entries aren't documented. */
function said(body: unknown): string | null {
	const { _errors: errors } = objectOf(body);
	const [first] = Array.isArray(errors) ? (errors as unknown[]) : [body];
	return textOf(first) ?? firstText(objectOf(first), 'message');
}

const chakraApi: DocumentedApi = {
	access,
	said,
	faults: [
		{
			when: [401],
			message: 'ChakraHQ rejected the access token',
			advice:
				'Open the key under API Keys in ChakraHQ, and copy the token under Access Tokens again.',
		},
	],
};
