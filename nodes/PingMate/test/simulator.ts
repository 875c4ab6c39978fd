import { hmacKnownAnswers } from '../../../test/kit/known-answers';
import { freshJson, hmacHeader, type Simulator } from '../../../test/kit/simulator';

const HEADER = 'X-Webhook-Signature';

export const simulator: Simulator = {
	secret: 'whsec_playground_pingmate',
	otherSecret: 'whsec_other_pingmate',

	sign: hmacHeader(HEADER),
	freshen: freshJson('evt_', 'wamid', 'msg_'),
	knownAnswers: hmacKnownAnswers(HEADER),
	schedule: {
		attempts: 2,
		waits: [10],
		timeoutSeconds: 3,
	},
};
