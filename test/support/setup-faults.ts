import { NodeApiError } from 'n8n-workflow';
import { isWrite, type FakeResponse, type FakeApiServer } from '../kit/fake-api-server';
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
	/** The fake of its API, as it is now. */
	api: () => FakeApiServer;
	/** The body of an error, in the provider's form. */
	errorBody: (status: number, words: string) => unknown;
	/** Creates the webhook of a published node at the fake. */
	create: () => Promise<unknown>;
	/** Addresses and the like that differ between runs, and what the texts have in their place. */
	placeholders: () => Record<string, string>;
}

/**
 * What a person reads when something goes wrong while a workflow is published, word for word. Nothing
 * waits longer than the tests need.
 */
export function describeSetupFaults(
	{ api, errorBody, create, placeholders }: SetupUnderTest,
	texts: Record<SetupFault, FaultText>,
): void {
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

		it('is nothing for a write that is done only after n8n stopped waiting', async () => {
			jest.replaceProperty(LIMITS, 'responseMs', SHORT_MS);
			jest.replaceProperty(LIMITS, 'looksMs', [500, 500, 1_000, 2_000]);
			api().writesTakeMs = 1.2 * SHORT_MS;

			await create();
		});
	});
}
