import { freshJson, type Simulator } from '../../../test/kit/simulator';
import { FakeChirp } from './fake-chirp';

/** The app key that the fake API takes; it serves this machine only. */
const APP_KEY = `sk_test_app_${'playground'.repeat(2)}`;

const SECRET_HEADER = 'X-Webhook-Secret';

export const simulator: Simulator = {
	apiKey: {
		keyField: 'apiKey',
		data: { webhookSecret: 'secret of Chirp', apiKey: 'sk_live_app_chirp' },
		headers: { Authorization: 'Bearer sk_live_app_chirp' },
		withoutKey: {
			message: 'The Chirp credential has no App Key',
			description:
				"n8n didn't send the request. Open the credential and enter the App Key. Copy it from your application in Chirp. It begins with sk_live_app_ or sk_test_app_.",
		},
	},
	secret: 'playground chirp secret',
	otherSecret: 'another chirp secret',
	credential: { headerName: SECRET_HEADER },
	parameters: { webhookSetup: 'automatic' },
	sign: (_, secret) => ({ [SECRET_HEADER]: secret }),
	freshen: freshJson('wamid', 'msg_'),
	// The header carries the secret as it is (Chirp, "WhatsApp webhooks", verification).
	knownAnswers: [
		{
			name: "the sample request of Chirp's page",
			rawBody: Buffer.from('{"event":"messages.whatsapp.received","data":{"id":"msg_1"}}'),
			headers: { [SECRET_HEADER]: 'your-secret-key' },
			secret: 'your-secret-key',
			expected: 'items',
		},
	],
	schedule: {
		attempts: 5,
		waits: [5, 10, 20],
		timeoutSeconds: 5,
		wants200: true,
	},
	async startApi() {
		const chirp = await new FakeChirp(APP_KEY).start();
		return {
			credential: { apiKey: APP_KEY, baseUrl: chirp.baseUrl },
			log: chirp.log,
			stop: () => chirp.stop(),
		};
	},
};
