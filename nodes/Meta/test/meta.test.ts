import { provider } from '../provider';

const TOKEN = 'a long random text';

/** What Meta is answered when it makes sure of a URL. */
const answerTo = (query: Record<string, unknown>, credential = { verifyToken: TOKEN }) =>
	provider.handshake?.(query, credential);

const RIGHT = { 'hub.mode': 'subscribe', 'hub.verify_token': TOKEN, 'hub.challenge': '1158201444' };

describe('a verification request', () => {
	it('is answered with its challenge when it has the Verify Token', () => {
		expect(answerTo(RIGHT)).toBe('1158201444');
		expect(answerTo(RIGHT, { verifyToken: ` ${TOKEN} ` })).toBe('1158201444');
	});

	it.each([
		['with another token', { 'hub.verify_token': 'a long random texu' }],
		['with the beginning of the token', { 'hub.verify_token': 'a long' }],
		['with an empty token', { 'hub.verify_token': '' }],
		['without a token', { 'hub.verify_token': undefined }],
		['with two tokens', { 'hub.verify_token': [TOKEN, TOKEN] }],
		['of another mode', { 'hub.mode': 'unsubscribe' }],
		['without a mode', { 'hub.mode': undefined }],
		['without a challenge', { 'hub.challenge': undefined }],
		['with two challenges', { 'hub.challenge': ['1', '2'] }],
	])('is refused %s', (_, change) => {
		expect(answerTo({ ...RIGHT, ...change })).toBeNull();
	});

	it.each(['', '  '])('is refused by a credential whose token is "%s"', (verifyToken) => {
		expect(answerTo({ ...RIGHT, 'hub.verify_token': verifyToken }, { verifyToken })).toBeNull();
		expect(answerTo({ ...RIGHT, 'hub.verify_token': '' }, { verifyToken })).toBeNull();
	});
});
