import { hmacKnownAnswers } from '../../../test/kit/known-answers';
import { freshJson, hmacHeader, type Simulator } from '../../../test/kit/simulator';

const HEADER = 'X-Webhook-Signature';

export const simulator: Simulator = {
	secret: 'whsec_playground_chatmitra',
	otherSecret: 'whsec_other_chatmitra',

	sign: hmacHeader(HEADER),
	freshen: freshJson('wamid', 'msg_'),
	knownAnswers: hmacKnownAnswers(HEADER),
	schedule: {
		attempts: 3,
		waits: [10, 20],
		patience: 30,
	},
};
