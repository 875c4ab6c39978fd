import { freshJson, type Simulator } from '../../../test/kit/simulator';
import { API_KEY, Fake360dialog } from './fake-360dialog';

const SECRET_HEADER = 'X-Webhook-Secret';

/** A direct client's webhook; a partner's is in this folder's own tests. */
export const simulator: Simulator = {
	apiKey: {
		keyField: 'apiKey',
		data: { webhookSecret: 'secret of 360dialog', apiKey: 'd360-key' },
		headers: { 'D360-API-KEY': 'd360-key' },
		withoutKey: {
			message: 'The 360dialog credential has no API Key',
			description:
				"n8n didn't send the request. Open the credential and enter the API Key. Generate it for the number in the 360dialog Hub.",
		},
	},
	secret: 'playground 360dialog secret',
	otherSecret: 'another 360dialog secret',
	credential: { verifyBy: 'header', headerName: SECRET_HEADER },
	parameters: { webhookSetup: 'automatic' },
	relaysMeta: true,
	sign: (_, secret) => ({ [SECRET_HEADER]: secret }),
	freshen: freshJson('wamid'),
	// The value of 360dialog's own example ("Webhook", setting a webhook with headers), sent as it was set.
	knownAnswers: [
		{
			name: 'a header as it was set',
			rawBody: Buffer.from('{"object":"whatsapp_business_account","entry":[]}'),
			headers: { [SECRET_HEADER]: 'Basic dGVzdHVzZXI6dGVzdHBhc3M=' },
			secret: 'Basic dGVzdHVzZXI6dGVzdHBhc3M=',
			expected: 'items',
		},
	],
	schedule: {
		attempts: 12,
		waits: [2, 4, 8, 16],
		timeoutSeconds: 5,
		wants200: true,
	},
	async startApi() {
		const api = await new Fake360dialog().start();
		return {
			credential: { apiKey: API_KEY, baseUrl: api.baseUrl },
			log: api.log,
			stop: () => api.stop(),
		};
	},
};
