import { hmacKnownAnswers } from '../../../test/kit/known-answers';
import { freshJson, hmacHeader, type Simulator } from '../../../test/kit/simulator';

const HEADER = 'X-Chakra-Signature-256';

export const simulator: Simulator = {
	secret: 'playground_chakrahq',
	otherSecret: 'other_chakrahq',
	relaysMeta: true,
	sign: hmacHeader(HEADER),
	freshen: freshJson('wamid'),
	knownAnswers: hmacKnownAnswers(HEADER),
	schedule: {
		attempts: 1,
		waits: [],
		patience: 5,
	},
};
