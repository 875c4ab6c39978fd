import { credentialData } from '../../../playground/providers';
import {
	receivedMessage,
	startProviderServer,
	stopProviderServers,
	type ProviderServer,
} from '../../../test/support/provider-server';
import { providerUnderTest } from '../../../test/support/providers';

const meta = providerUnderTest('meta');
const { verifyToken } = credentialData(meta);

const RIGHT = {
	'hub.mode': 'subscribe',
	'hub.verify_token': verifyToken ?? '',
	'hub.challenge': '<b>1158201444</b>',
};

afterEach(stopProviderServers);

/** Asks as Meta does before it takes a URL. */
async function shake({ url }: ProviderServer, query: Record<string, string>) {
	const response = await fetch(`${url}?${new URLSearchParams(query).toString()}`);
	const type = response.headers.get('content-type');
	return { status: response.status, type, body: await response.text() };
}

describe('a handshake over HTTP', () => {
	it('is answered with the challenge as text, and leaves the URL to the deliveries', async () => {
		const server = await startProviderServer(meta);

		expect(await shake(server, RIGHT)).toEqual({
			status: 200,
			type: 'text/plain; charset=utf-8',
			body: RIGHT['hub.challenge'],
		});
		expect(server).toMatchObject({ executions: [], failures: [], secondAnswers: [] });

		expect((await server.send(receivedMessage(meta))).status).toBe(200);
		expect(server.executions).toHaveLength(1);
	});

	it.each([
		['with a wrong token', { ...RIGHT, 'hub.verify_token': 'guessed' }],
		['without a token', { 'hub.mode': 'subscribe', 'hub.challenge': '1' }],
		['that is none', {}],
	])('%s is answered 403 and starts nothing', async (_, query) => {
		const server = await startProviderServer(meta);

		expect(await shake(server, query)).toEqual({
			status: 403,
			type: 'text/plain; charset=utf-8',
			body: 'Forbidden',
		});
		expect(server).toMatchObject({ executions: [], failures: [], secondAnswers: [] });
	});

	it('is not answered with the challenge while the credential is gone', async () => {
		const server = await startProviderServer(meta, { credential: null });

		expect((await shake(server, RIGHT)).body).not.toContain('1158201444');
		expect((await shake(server, { ...RIGHT, 'hub.verify_token': '' })).status).toBe(403);
		expect(server.log.join()).not.toContain(verifyToken);
	});
});
