import { freshJson, type Simulator } from '../../../test/kit/simulator';
import { FakeEvolution } from './fake-evolution';

const SECRET_HEADER = 'X-Webhook-Secret';

/** The API key that the fake takes; it serves this machine only. */
const API_KEY = 'playground-evolution-api-key';

const INSTANCE = 'shop';

const freshenIds = freshJson('3EB0');

export const simulator: Simulator = {
	apiKey: {
		keyField: 'apiKey',
		data: { webhookSecret: 'secret of Evolution', apiKey: 'evolution-key' },
		headers: { apikey: 'evolution-key' },
		withoutKey: {
			message: 'The Evolution API credential has no API Key',
			description:
				"n8n didn't send the request. Open the credential and enter the API Key. It is the instance's key in the manager, or the global AUTHENTICATION_API_KEY.",
		},
	},
	secret: 'playground evolution secret',
	otherSecret: 'another evolution secret',
	credential: { headerName: SECRET_HEADER },
	parameters: { webhookSetup: 'automatic', instance: { __rl: true, mode: 'id', value: INSTANCE } },
	sign: (_, secret) => ({ [SECRET_HEADER]: secret }),
	// What has no id is told from others by its time.
	freshen: (text, now) =>
		freshenIds(text, now)
			.replace(/"date_time":"[^"]*"/, `"date_time":"${now.toISOString()}"`)
			.replace(
				/"messageTimestamp":\d+/g,
				() => `"messageTimestamp":${Math.floor(now.getTime() / 1000)}`,
			),
	// The header carries the secret as it is (Evolution API, webhook of an instance, "headers").
	knownAnswers: [
		{
			name: 'the headers of a webhook as they were set',
			rawBody: Buffer.from('{"event":"messages.upsert","instance":"shop","data":{}}'),
			headers: { [SECRET_HEADER]: 'a text that the owner made up' },
			secret: 'a text that the owner made up',
			expected: 'items',
		},
	],
	schedule: {
		attempts: 10,
		waits: [5, 10, 20, 40, 80, 160, 300],
		timeoutSeconds: 30,
		final: [400, 401, 403, 404, 422],
	},
	async startApi() {
		const evolution = await new FakeEvolution(API_KEY).start();
		return {
			credential: { apiKey: API_KEY, baseUrl: evolution.baseUrl },
			log: evolution.log,
			stop: () => evolution.stop(),
		};
	},
};
