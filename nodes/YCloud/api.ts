import { firstText, objectOf } from '../shared/core/values/json';
import type { Send } from '../shared/n8n/api/send';
import { ask, type DocumentedApi } from '../shared/n8n/api/documented-api';
import { access } from './credential';

/** Makes sure that YCloud accepts the API key, by a page of the account's numbers. Throws an `ApiFault`. */
export async function checkKey(send: Send): Promise<void> {
	const path = '/v2/whatsapp/phoneNumbers';
	await ask(yCloudApi, send, { method: 'GET', path, query: { limit: '1' } }, (body) =>
		Array.isArray(objectOf(body).items) ? true : undefined,
	);
}

const yCloudApi: DocumentedApi = {
	access,
	// `{"error": {"status", "code", "message", "requestId"}}` ("Errors").
	said: (body) => firstText(objectOf(objectOf(body).error), 'message'),
	faults: [
		{
			when: [401],
			message: 'YCloud rejected the API key',
			advice: 'Copy the whole key again from YCloud: Developers → API Keys.',
		},
	],
};
