import { hmacKnownAnswers } from '../../../test/kit/known-answers';
import { freshJson, hmacHeader, type Simulator } from '../../../test/kit/simulator';
import { ACCESS_TOKEN, APP_SECRET, FakeMeta, PHONE_NUMBER_ID } from './fake-meta';

const HEADER = 'X-Hub-Signature-256';

const sign = hmacHeader(HEADER);

/** As Meta writes it, with the name of the algorithm before it. */
const prefixed = (headers: Record<string, string>) => ({ [HEADER]: `sha256=${headers[HEADER]}` });

export const simulator: Simulator = {
	apiKey: {
		keyField: 'accessToken',
		data: { webhookSecret: 'secret-of-meta', verifyToken: 'a token', accessToken: 'meta-token' },
		headers: { Authorization: 'Bearer meta-token' },
		withoutKey: {
			message: 'The Meta credential has no Access Token',
			description:
				"n8n didn't send the request. Open the credential and enter the Access Token. Make one for a system user in Meta Business Suite: Settings → System users → Generate token.",
		},
	},
	secret: APP_SECRET,
	otherSecret: 'another_meta',
	credential: { verifyToken: 'playground verify token' },
	parameters: {
		webhookSetup: 'automatic',
		receiveFor: 'number',
		phoneNumberId: { __rl: true, mode: 'id', value: PHONE_NUMBER_ID },
	},
	relaysMeta: true,
	sign: (rawBody, secret, at) => prefixed(sign(rawBody, secret, at)),
	freshen: freshJson('wamid'),
	// Meta publishes the scheme ("Webhooks", validating payloads) and no example of it.
	knownAnswers: [
		...hmacKnownAnswers(HEADER).map((answer) => ({ ...answer, headers: prefixed(answer.headers) })),
		{
			// openssl dgst -sha256 -mac HMAC -macopt key:playground_meta
			name: 'a delivery with the escapes that Meta writes',
			rawBody: Buffer.from(
				'{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"messages":[{"id":"wamid.K1","from":"15550104455","type":"text","text":{"body":"\\u00bfQu\\u00e9 tal? \\ud83d\\ude4f a\\/b"}}]}}]}]}',
			),
			headers: {
				[HEADER]: 'sha256=299a33a0ca65c3b01b05dd82627fa4d1a49d3f4d708a1278411529a5a10e70b8',
			},
			secret: 'playground_meta',
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
		const meta = await new FakeMeta().start();
		return {
			credential: { accessToken: ACCESS_TOKEN, baseUrl: meta.baseUrl },
			log: meta.log,
			stop: () => meta.stop(),
		};
	},
};
