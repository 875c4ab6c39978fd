import { hmacKnownAnswers } from '../../../test/kit/known-answers';
import { freshJson, hmacHeader, type Simulator } from '../../../test/kit/simulator';

const HEADER = 'X-Chakra-Signature-256';

export const simulator: Simulator = {
	apiKey: {
		keyField: 'apiKey',
		data: { webhookSecret: 'secret of ChakraHQ', apiKey: 'chakra-token' },
		headers: { Authorization: 'Bearer chakra-token' },
		withoutKey: {
			message: 'The ChakraHQ credential has no Access Token',
			description:
				"n8n didn't send the request. Open the credential and enter the Access Token. In ChakraHQ, create a key under API Keys, open it, and copy the token under Access Tokens.",
		},
	},
	secret: 'playground_chakrahq',
	otherSecret: 'other_chakrahq',
	relaysMeta: true,
	sign: hmacHeader(HEADER),
	freshen: freshJson('wamid'),
	knownAnswers: hmacKnownAnswers(HEADER),
	schedule: {
		attempts: 1,
		waits: [],
		timeoutSeconds: 5,
	},
};
