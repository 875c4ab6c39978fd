import { credentialData } from '../../../test/kit/providers';
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

/** Asks as Meta does before it saves a URL. */
async function shake({ url }: ProviderServer, query: Record<string, string>) {
	const response = await fetch(`${url}?${new URLSearchParams(query).toString()}`);
	const type = response.headers.get('content-type');
	return { status: response.status, type, body: await response.text() };
}

describe('a handshake over HTTP', () => {
	it('gets the challenge back as text, and leaves the URL to the deliveries', async () => {
		const server = await startProviderServer(meta);

		expect(await shake(server, RIGHT)).toEqual({
			status: 200,
			type: 'text/plain; charset=utf-8',
			body: RIGHT['hub.challenge'],
		});
		expect(server).toMatchObject({ executions: [], failures: [], secondResponses: [] });

		expect((await server.send(receivedMessage(meta))).status).toBe(200);
		expect(server.executions).toHaveLength(1);
	});

	it.each(['webhook', 'manual'] as const)(
		'with a wrong token is rejected, and reported like a delivery (%s)',
		async (mode) => {
			const server = await startProviderServer(meta, { mode });

			expect(await shake(server, { ...RIGHT, 'hub.verify_token': 'guessed' })).toEqual({
				status: 403,
				type: 'text/plain; charset=utf-8',
				body: 'Forbidden',
			});
			const message = `Rejected a verification request from Meta: its verify token doesn't match the one in the credential`;
			const description = expect.stringMatching(/Verify Token to the App Dashboard/) as string;
			expect(server.failures).toMatchObject([{ message, description }]);
			expect(server.log).toEqual([expect.stringMatching(/^Rejected a verification request from/)]);
			expect(server).toMatchObject({ executions: [], secondResponses: [] });
			expect([...server.log, message].join()).not.toContain(verifyToken);
		},
	);

	it('with a wrong token makes one failed execution and one line in the log, however many there are', async () => {
		const server = await startProviderServer(meta);
		for (let n = 0; n < 20; n++) await shake(server, { ...RIGHT, 'hub.verify_token': String(n) });

		expect(server.failures).toHaveLength(1);
		expect(server.log).toHaveLength(1);
	});

	it('is to come again while n8n does not hand over the credential', async () => {
		const server = await startProviderServer(meta, { credential: null });

		expect(await shake(server, RIGHT)).toMatchObject({ status: 503, body: 'Service Unavailable' });
		expect(server.failures).toHaveLength(1);
		expect(server.log[0]).toContain('Credential with ID "1" does not exist');
		expect(server.log.join()).not.toContain(verifyToken);
	});
});

describe('another GET over HTTP', () => {
	it.each([
		['with the credential', {}],
		['without it', { credential: null }],
	])(
		'tells whoever opens the URL in a browser that it works, and reports nothing: %s',
		async (_, change) => {
			const server = await startProviderServer(meta, change);

			expect(await shake(server, {})).toEqual({
				status: 200,
				type: 'text/plain; charset=utf-8',
				body: 'This webhook works. It is waiting for events.',
			});
			expect(server).toMatchObject({ executions: [], failures: [], secondResponses: [], log: [] });
		},
	);
});
