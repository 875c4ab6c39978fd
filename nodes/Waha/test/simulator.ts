import { createHmac } from 'crypto';
import { freshJson, type Simulator } from '../../../test/kit/simulator';
import { FakeWaha } from './fake-waha';

const HEADER = 'X-Webhook-Hmac';
const SIGNED_WITH = 'waha_n8n_test_key';

/** The API key that the fake takes; it serves this machine only. */
const API_KEY = 'playground-waha-api-key';

const freshenEvents = freshJson('evt_');

export const simulator: Simulator = {
	apiKey: {
		keyField: 'apiKey',
		data: { webhookSecret: 'secret of WAHA', apiKey: 'waha-key' },
		headers: { 'X-Api-Key': 'waha-key' },
		withoutKey: {
			message: 'The WAHA credential has no API Key',
			description:
				"n8n didn't send the request. Open the credential and enter the API Key. Copy it from WAHA's setting WAHA_API_KEY. If your WAHA has no key, enter any text.",
		},
	},
	secret: 'playground waha hmac key',
	otherSecret: 'another waha hmac key',
	parameters: { webhookSetup: 'automatic', session: { __rl: true, mode: 'id', value: 'default' } },
	sign: (rawBody, secret) => ({
		[HEADER]: createHmac('sha512', secret).update(rawBody).digest('hex'),
		'X-Webhook-Hmac-Algorithm': 'sha512',
	}),
	// WhatsApp's own id is in the middle of WAHA's where a participant follows.
	freshen: (text, now) =>
		freshenEvents(text, now).replace(
			/"((?:true|false)_[^_"]+_[^_"]+)((?:_[^"]*)?)"/g,
			(_, id: string, participant: string) => `"${id}-${now.getTime().toString(36)}${participant}"`,
		),
	knownAnswers: [
		{
			// WAHA, "Events", section "HMAC authentication".
			name: "the example on WAHA's page",
			rawBody: Buffer.from('{"event":"message","session":"default","engine":"WEBJS"}'),
			headers: {
				[HEADER]:
					'208f8a55dde9e05519e898b10b89bf0d0b3b0fdf11fdbf09b6b90476301b98d8097c462b2b17a6ce93b6b47a136cf2e78a33a63f6752c2c1631777076153fa89',
				'X-Webhook-Hmac-Algorithm': 'sha512',
			},
			secret: 'my-secret-key',
			expected: 'items',
		},
		// Python's hmac, and OpenSSL: printf '%s' '<body>' | openssl dgst -sha512 -mac HMAC -macopt key:'<key>'
		{
			name: 'a body with unicode escapes and emoji, the header naming another algorithm',
			rawBody: Buffer.from(
				'{"event":"message","session":"default","payload":{"body":"\\u00e9 \\/ नमस्ते 🙏🏽"}}',
			),
			headers: {
				[HEADER]:
					'9e3e2802b0fbd5b6c5fa75ce8a95d338db7ac82e51b3375bd582f4a7a4c07ef32287695afab88d933b6b88e37f49d939ed9f5d14a09037322082569ff8120d59',
				'X-Webhook-Hmac-Algorithm': 'sha1',
			},
			secret: SIGNED_WITH,
			expected: 'items',
		},
		{
			name: 'an array',
			rawBody: Buffer.from('[{"event":"message"}]'),
			headers: {
				[HEADER]:
					'01dfe43da8d434121bb7f39065591ac44ddeaedafb7335a30b369a63429d6d3e5967a996b787f50102663400a0811ed8908590d1d376998c74cfdbaae8a706a4',
			},
			secret: SIGNED_WITH,
			expected: 'not an object',
		},
	],
	schedule: {
		attempts: 16,
		waits: [2],
		timeoutSeconds: 5,
	},
	async startApi() {
		const waha = await new FakeWaha(API_KEY).start();
		return {
			credential: { apiKey: API_KEY, baseUrl: waha.baseUrl },
			log: waha.log,
			stop: () => waha.stop(),
		};
	},
};
