import { NodeApiError } from 'n8n-workflow';
import {
	isWrite,
	redirectingTo,
	type FakeResponse,
	type FakeApiServer,
} from '../kit/fake-api-server';
import { startLoopbackServer } from '../kit/loopback-server';
import { LIMITS } from '../../nodes/shared/n8n/api/limits';

/** What goes wrong at every provider, and how its fake shows it. The words are those of no provider. */
const FAULTS = {
	'a sign-in page with 200 in place of its API': (api) => {
		api.outage = () => SIGN_IN_PAGE;
	},
	'a write that it forgets': (api) => {
		api.forgetsWrites = true;
	},
	'401': (api, error) => {
		api.outage = () => error(401, 'Not you');
	},
	'403': (api, error) => {
		api.outage = () => error(403, 'Not with this key');
	},
	'404': (api, error) => {
		api.outage = () => error(404, 'Nothing here');
	},
	'422 for the write': (api, error) => {
		api.outage = (request) => (isWrite(request) ? error(422, 'Not like this') : null);
	},
	'429': (api, error) => {
		api.outage = () => ({ ...error(429, 'Too fast'), headers: { 'retry-after': '7' } });
	},
	'500': (api, error) => {
		api.outage = () => error(500, 'Something broke');
	},
	'no response': (api) => {
		api.outage = () => ({ isSilent: true });
	},
	'no response to the write, which is not done': (api) => {
		api.outage = (request) => (isWrite(request) ? { isSilent: true } : null);
	},
} satisfies Record<string, Fault>;

type Fault = (
	api: FakeApiServer,
	/** An answer in the form in which the provider reports an error. */
	error: (status: number, words: string) => FakeResponse,
) => void;

export type SetupFault = keyof typeof FAULTS;

const SIGN_IN_PAGE: FakeResponse = {
	status: 200,
	headers: { 'content-type': 'text/html; charset=utf-8' },
	body: '<!doctype html><title>Sign in</title><form method="post">…</form>',
};

/** How long n8n waits in these tests, in which a busy machine still responds in time. */
const SHORT_MS = 2_000;

/** What a person reads in n8n's editor: the title of the error and the text below it. */
export interface FaultText {
	message: string;
	description: string;
}

/** How a provider's automatic setup is tested. */
export interface SetupUnderTest {
	displayName: string;
	/** Its API in messages. */
	apiName: string;
	/** What it has to store of a webhook, as a message lists it. */
	stored: string;
	/** The fake of its API, as it is now. */
	api: () => FakeApiServer;
	/** The body of an error, in the provider's form. */
	errorBody: (status: number, words: string) => unknown;
	/** Creates the webhook of a published node at the fake. */
	create: () => Promise<unknown>;
	/** Addresses and the like that differ between runs, and what the texts have in their place. */
	placeholders: () => Record<string, string>;
}

/** The texts that differ between providers by nothing but names. */
function usualTexts({ displayName, apiName, stored }: SetupUnderTest) {
	const orManual = 'Or set Webhook Setup to Manual.';
	const says = (words: string) => `${displayName} says: "${words}"`;
	const silent: FaultText = {
		message: `${apiName} at <Base URL> didn't respond within 10 seconds`,
		description: `Try again. If it keeps happening, check that ${displayName} is running and that n8n can reach the Base URL in the credential.`,
	};
	return {
		'a sign-in page with 200 in place of its API': {
			message: `The response isn't in the form that ${apiName} documents (HTTP 200, text/html)`,
			description: `Another server, a sign-in page, or a proxy may respond in its place. Check the Base URL in the credential. ${orManual}`,
		},
		'a write that it forgets': {
			message: `${displayName} accepted the webhook but didn't store its ${stored}`,
			description:
				'Something else may have changed it at the same moment. Try again. If it keeps happening, set Webhook Setup to Manual.',
		},
		'422 for the write': {
			message: `${apiName} rejected the request (HTTP 422)`,
			description: `Try again. ${orManual} ${says('Not like this')}`,
		},
		'429': {
			message: `${displayName}'s rate limit was reached`,
			description: `Wait 7 seconds, then try again. ${says('Too fast')}`,
		},
		'500': {
			message: `${displayName} reported an internal error (HTTP 500)`,
			description: `Try again later. ${orManual} ${says('Something broke')}`,
		},
		'no response': silent,
		'no response to the write, which is not done': silent,
	};
}

type UsualTexts = ReturnType<typeof usualTexts>;

/**
 * What a person reads when something goes wrong while a workflow is published, word for word. Nothing
 * waits longer than the tests need.
 *
 * @param own the provider's own texts
 */
export function describeSetupFaults(
	under: SetupUnderTest,
	own: Record<Exclude<SetupFault, keyof UsualTexts>, FaultText> & Partial<UsualTexts>,
): void {
	const { api, apiName, errorBody, create, placeholders } = under;
	const texts: Record<SetupFault, FaultText> = { ...usualTexts(under), ...own };

	describe('what a person reads in the editor', () => {
		beforeEach(() => {
			jest.replaceProperty(LIMITS, 'looksMs', [10, 10]);
		});

		afterEach(() => {
			jest.restoreAllMocks();
		});

		it.each(Object.keys(FAULTS) as SetupFault[])('for %s', async (name) => {
			const fault: Fault = FAULTS[name];
			const { responseMs } = LIMITS;
			if (name.startsWith('no response')) jest.replaceProperty(LIMITS, 'responseMs', SHORT_MS);
			fault(api(), (status, words) => ({ status, body: errorBody(status, words) }));

			const thrown: unknown = await create().catch((error: unknown) => error);

			expect(thrown).toBeInstanceOf(NodeApiError);
			const { message, description } = thrown as NodeApiError;
			const replaced = {
				...placeholders(),
				[`${LIMITS.responseMs / 1000} seconds`]: `${responseMs / 1000} seconds`,
			};
			const shown = (text: string) =>
				Object.entries(replaced).reduce(
					(result, [value, name]) => result.replaceAll(value, name),
					text,
				);
			expect({ message: shown(message), description: shown(String(description)) }).toEqual(
				texts[name],
			);
		});

		it.each([
			['every request', () => true],
			['the write', isWrite],
		])('for a redirect of %s, which gets no key to the other host', async (_, isRedirected) => {
			const received: string[] = [];
			const other = await startLoopbackServer((request, response) => {
				received.push(String(request.url));
				response.end('{}');
			}, '127.0.0.2');
			const redirect = redirectingTo(other.url);
			api().outage = (request) => (isRedirected(request) ? redirect(request) : null);

			await expect(create()).rejects.toMatchObject({
				message: `${apiName} returned a redirect to ${other.url} (HTTP 307)`,
				description: expect.stringContaining("n8n didn't follow it, because that would") as string,
				httpCode: '307',
			});
			expect(received).toEqual([]);
			await other.stop();
		});

		it('is nothing for a write that is done only after n8n stopped waiting', async () => {
			jest.replaceProperty(LIMITS, 'responseMs', SHORT_MS);
			jest.replaceProperty(LIMITS, 'looksMs', [500, 500, 1_000, 2_000]);
			api().writesTakeMs = 1.2 * SHORT_MS;

			await create();
		});
	});
}
