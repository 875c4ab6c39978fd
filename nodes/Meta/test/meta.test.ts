import { provider } from '../provider';

const TOKEN = 'a long random text';

/** The reply to Meta's verification of a URL. */
const replyTo = (query: Record<string, unknown>, credential = { verifyToken: TOKEN }) =>
	provider.handshake?.(query, credential);

const RIGHT = { 'hub.mode': 'subscribe', 'hub.verify_token': TOKEN, 'hub.challenge': '1158201444' };

describe('a verification request', () => {
	it('gets its challenge back when it has the Verify Token', () => {
		const reply = { ok: true, challenge: '1158201444' };

		expect(replyTo(RIGHT)).toEqual(reply);
		expect(replyTo(RIGHT, { verifyToken: ` ${TOKEN} ` })).toEqual(reply);
	});

	it.each([
		['with another token', { 'hub.verify_token': 'a long random texu' }],
		['with the beginning of the token', { 'hub.verify_token': 'a long' }],
		['with an empty token', { 'hub.verify_token': '' }],
		['without a token', { 'hub.verify_token': undefined }],
		['with two tokens', { 'hub.verify_token': [TOKEN, TOKEN] }],
	])('is rejected %s', (_, change) => {
		expect(replyTo({ ...RIGHT, ...change })).toEqual({ ok: false, reason: 'token_mismatch' });
	});

	it.each([
		['of another mode', { 'hub.mode': 'unsubscribe' }],
		['without a mode', { 'hub.mode': undefined }],
		['without a challenge', { 'hub.challenge': undefined }],
		['with two challenges', { 'hub.challenge': ['1', '2'] }],
	])('is none %s', (_, change) => {
		expect(replyTo({ ...RIGHT, ...change })).toBeNull();
	});

	it.each(['', '  '])('is rejected for a credential whose token is "%s"', (verifyToken) => {
		const rejected = { ok: false, reason: 'token_missing' };

		for (const token of [verifyToken, '', TOKEN]) {
			expect(replyTo({ ...RIGHT, 'hub.verify_token': token }, { verifyToken })).toEqual(rejected);
		}
	});
});
