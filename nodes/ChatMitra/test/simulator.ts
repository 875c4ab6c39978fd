import { hmacKnownAnswers } from '../../../test/kit/known-answers';
import { freshJson, hmacHeader, type Simulator } from '../../../test/kit/simulator';

const HEADER = 'X-Webhook-Signature';

export const simulator: Simulator = {
	apiKey: {
		keyField: 'apiKey',
		data: { webhookSecret: 'secret-of-chatmitra', apiKey: 'chatmitra-token' },
		headers: { Authorization: 'Bearer chatmitra-token' },
		withoutKey: {
			message: 'The ChatMitra credential has no API Token',
			description:
				"n8n didn't send the request. Open the credential and enter the API Token. Copy it from ChatMitra: Dashboard → Settings → API & Integrations.",
		},
	},
	secret: 'whsec_playground_chatmitra',
	otherSecret: 'whsec_other_chatmitra',

	sign: hmacHeader(HEADER),
	freshen: freshJson('wamid', 'msg_'),
	knownAnswers: hmacKnownAnswers(HEADER),
	schedule: {
		attempts: 3,
		waits: [10, 20],
		timeoutSeconds: 30,
	},
};
